/** What the palette can do, apart from going somewhere. Only what can be done now is offered. */
import {
  Bell,
  BellOff,
  CheckCheck,
  Keyboard,
  Languages,
  LogOut,
  Monitor,
  Moon,
  Rows3,
  Rows4,
  Search,
  Settings,
  ShieldCheck,
  Sun,
  UserRound,
  UsersRound,
} from '@lucide/vue'
import { type Component, computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'

import { useConfirm } from '@/components/kit'
import { doAction, isOffered } from '@/composables/actions'
import { SHORTCUTS, type ShortcutId } from '@/composables/shortcuts'
import { useAttempt } from '@/composables/useAttempt'
import { usePalette } from '@/composables/usePalette'
import { useSearchPanel } from '@/composables/useSearchPanel'
import { useConversationsStore } from '@/stores/conversations'
import { useNoticesStore } from '@/stores/notices'
import { usePreferencesStore } from '@/stores/preferences'
import { useSessionStore } from '@/stores/session'
import { useTimelinesStore } from '@/stores/timelines'

export interface Command {
  id: string
  label: string
  /** Further words it is found by. */
  aliases: string
  icon: Component
  keys?: string | undefined
  run: () => void
}

interface Wanted {
  id: string
  icon: Component
  run: () => void
  when?: boolean
  named?: Record<string, unknown>
  shortcut?: ShortcutId
}

function useReadAll(): () => void {
  const conversations = useConversationsStore()
  const timelines = useTimelinesStore()
  const notices = useNoticesStore()
  const { t } = useI18n()
  return () => {
    for (const one of conversations.byId.values()) {
      if (one.unread > 0) timelines.read(one.id, one.lastSeq)
    }
    notices.push({ text: t('palette.markedRead'), kind: 'success' })
  }
}

function useLogout(): () => Promise<void> {
  const { t } = useI18n()
  const { ask } = useConfirm()
  const { attempt } = useAttempt()
  const session = useSessionStore()
  return async () => {
    const sure = await ask({
      title: t('palette.logoutTitle'),
      text: t('palette.logoutTextPlain'),
      confirm: t('palette.actions.logout'),
    })
    if (sure) await attempt(() => session.logout(), { aloud: true })
  }
}

export function useCommands(): ComputedRef<Command[]> {
  const { t } = useI18n()
  const router = useRouter()
  const session = useSessionStore()
  const preferences = usePreferencesStore()
  const conversations = useConversationsStore()
  const palette = usePalette()
  const search = useSearchPanel()
  const { attempt } = useAttempt()
  const readAll = useReadAll()
  const logout = useLogout()

  const go = (name: string, section?: string) => (): void =>
    void router.push({ name, params: section ? { section } : {} })
  const theme = (wanted: 'light' | 'dark' | 'system'): Omit<Wanted, 'icon'> => ({
    id: wanted,
    run: () => (preferences.theme = wanted),
    when: preferences.theme !== wanted,
  })

  function ofConversation(): Wanted[] {
    const open = conversations.byId.get(conversations.current ?? '')
    if (!open) return []
    return [
      {
        id: open.muted ? 'unmute' : 'mute',
        icon: open.muted ? Bell : BellOff,
        named: { title: open.title },
        shortcut: 'mute',
        run: () => void attempt(() => conversations.mute(open.id, !open.muted), { aloud: true }),
      },
    ]
  }

  const wanted = (): Wanted[] => [
    {
      id: 'newGroup',
      icon: UsersRound,
      run: () => doAction('newGroup'),
      when: isOffered('newGroup'),
      shortcut: 'newGroup',
    },
    { id: 'search', icon: Search, run: () => search.show(null), shortcut: 'searchAll' },
    ...ofConversation(),
    {
      id: 'markRead',
      icon: CheckCheck,
      run: readAll,
      when: conversations.ordered.some((one) => one.unread > 0),
    },
    { id: 'settings', icon: Settings, run: go('settings'), shortcut: 'settings' },
    { id: 'profile', icon: UserRound, run: go('settings', 'profile') },
    { id: 'admin', icon: ShieldCheck, run: go('admin'), when: session.user?.admin ?? false },
    { ...theme('light'), icon: Sun },
    { ...theme('dark'), icon: Moon },
    { ...theme('system'), icon: Monitor },
    {
      id: 'language',
      icon: Languages,
      run: () => (preferences.language = preferences.language === 'en' ? 'zh-CN' : 'en'),
    },
    {
      id: preferences.density === 'compact' ? 'comfortable' : 'compact',
      icon: preferences.density === 'compact' ? Rows3 : Rows4,
      run: () => (preferences.density = preferences.density === 'compact' ? 'comfortable' : 'compact'),
    },
    { id: 'shortcuts', icon: Keyboard, run: () => (palette.help = true), shortcut: 'help' },
    { id: 'logout', icon: LogOut, run: () => void logout() },
  ]

  return computed(() =>
    wanted()
      .filter((one) => one.when !== false)
      .map(({ id, icon, run, named, shortcut }) => ({
        id,
        icon,
        run,
        label: t(`palette.actions.${id}`, named ?? {}),
        aliases: t(`palette.aliases.${id}`),
        keys: SHORTCUTS.find((one) => one.id === shortcut)?.keys[0],
      })),
  )
}
