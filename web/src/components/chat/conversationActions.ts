/** What can be done with a conversation as a whole, for its header and for the list. */
import { Archive, ArchiveRestore, Bell, BellOff, CheckCheck, Eraser, LogOut, Pin, PinOff } from '@lucide/vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'

import { type MenuItem, type MenuItems, useConfirm } from '@/components/kit'
import { useAloud } from '@/composables/useAloud'
import { useConversationsStore } from '@/stores/conversations'
import { useTimelinesStore } from '@/stores/timelines'
import type { Summary } from '@/stores/types'

const HOUR_MS = 3_600_000

export function useConversationActions() {
  const { t } = useI18n()
  const { ask } = useConfirm()
  const aloud = useAloud()
  const router = useRouter()
  const conversations = useConversationsStore()
  const timelines = useTimelinesStore()

  const mute = (one: Summary, hours?: number): void =>
    void aloud(() => conversations.mute(one.id, true, hours ? Date.now() + hours * HOUR_MS : undefined))

  async function leave(one: Summary): Promise<void> {
    const question = { title: t('chat.leaveTitle', { title: one.title }), text: t('chat.leaveText') }
    if (!(await ask({ ...question, confirm: t('chat.leave'), danger: true }))) return
    if (await aloud(() => conversations.leave(one.id))) await router.push({ name: 'chat' })
  }
  async function clear(one: Summary): Promise<void> {
    const question = {
      title: t('chat.clearTitle'),
      text: t('chat.clearText'),
      confirm: t('chat.clear'),
      danger: true,
    }
    if (await ask(question)) await aloud(() => conversations.clear(one.id))
  }

  function muteItems(one: Summary): MenuItem[] {
    if (one.muted) {
      const unmute = (): void => void aloud(() => conversations.mute(one.id, false))
      return [{ label: t('chat.unmute'), icon: Bell, onSelect: unmute }]
    }
    return [
      { label: t('chat.muteHours', { count: 1 }, 1), icon: BellOff, onSelect: () => mute(one, 1) },
      { label: t('chat.muteHours', { count: 8 }, 8), icon: BellOff, onSelect: () => mute(one, 8) },
      { label: t('chat.muteForGood'), icon: BellOff, onSelect: () => mute(one) },
    ]
  }

  function menu(one: Summary): MenuItems {
    const pin = (): void => void aloud(() => conversations.pin(one.id, !one.pinned))
    const archive = (): void => void aloud(() => conversations.archive(one.id, !one.archived))
    const items: (MenuItem | null)[] = [
      { label: t(one.pinned ? 'chat.unpin' : 'chat.pin'), icon: one.pinned ? PinOff : Pin, onSelect: pin },
      ...muteItems(one),
      {
        label: t(one.archived ? 'chat.unarchive' : 'chat.archive'),
        icon: one.archived ? ArchiveRestore : Archive,
        onSelect: archive,
      },
    ]
    if (one.unread) {
      const read = (): void => timelines.read(one.id, one.lastSeq)
      items.push({ label: t('chat.markRead'), icon: CheckCheck, onSelect: read })
    }
    items.push(null, { label: t('chat.clear'), icon: Eraser, danger: true, onSelect: () => void clear(one) })
    if (one.kind !== 'direct' && one.id !== conversations.lobby) {
      items.push({ label: t('chat.leave'), icon: LogOut, danger: true, onSelect: () => void leave(one) })
    }
    return items
  }

  return { menu, leave, clear }
}
