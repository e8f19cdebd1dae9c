/**
 * Tells of new messages while nobody looks: title and icons count, the system notifies, a sound is heard. The rules:
 * a conversation one is looking at is silent, a muted one tells only of mentions, and of several tabs one speaks.
 */
import type { Entry } from 'teahouse-client'
import { onScopeDispose, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'

import { useConversationsStore } from '@/stores/conversations'
import { useNoticesStore } from '@/stores/notices'
import { usePeopleStore } from '@/stores/people'
import { usePreferencesStore } from '@/stores/preferences'
import { useSessionStore } from '@/stores/session'
import type { Summary } from '@/stores/types'
import { tellWorker } from '@/worker/register'

import { bodyLine } from './bodies'
import { chime } from './chime'
import { askToNotify, mayNotify, notify, takeAwayNotifications } from './desktopNotifications'
import { pageTitle, showBadge } from './pageBadge'

/** What is older was missed, not sent now: the badge tells of it. */
const NEW_MS = 60_000
/** Another device or tab that shows the message has this long to say that it was read. */
const PATIENCE_MS = 400
const PREVIEW = 160

type MessageEntry = Entry & { ev: 'message' }

/** Whether a message is worth a notification, apart from whether anybody looks. */
export function deserves(entry: Entry, me: string, summary: Summary | undefined, now: number): boolean {
  if (entry.ev !== 'message' || !entry.body || entry.sender.id === me) return false
  if (now - entry.at > NEW_MS || summary?.archived) return false
  const mentioned = entry.mentions?.some((id) => id === me || id === '*') ?? false
  return mentioned || !summary?.muted
}

/** The tab that speaks: whoever gets the lock keeps it until it is closed. */
function speaker(): () => boolean {
  let mine = !('locks' in navigator)
  if (!mine) {
    let release = (): void => {}
    const held = new Promise<void>((done) => (release = done))
    const waiting = new AbortController()
    navigator.locks
      .request('teahouse.notifications', { signal: waiting.signal }, () => {
        mine = true
        return held
      })
      .catch(() => undefined)
    onScopeDispose(() => {
      waiting.abort()
      release()
    })
  }
  return () => mine
}

export function useNotifications(): void {
  const { t, locale } = useI18n()
  const router = useRouter()
  const session = useSessionStore()
  const conversations = useConversationsStore()
  const people = usePeopleStore()
  const preferences = usePreferencesStore()
  const notices = useNoticesStore()
  const speaks = speaker()

  const open = (conversation: string, seq?: number): void =>
    void router.push({ name: 'conversation', params: { conversation }, query: seq ? { seq } : {} })
  const looking = (conversation: string): boolean =>
    conversations.current === conversation && document.visibilityState === 'visible' && document.hasFocus()
  const wasRead = (conversation: string, seq: number): boolean =>
    (conversations.byId.get(conversation)?.readSeq ?? 0) >= seq

  async function tell(entry: MessageEntry): Promise<void> {
    await new Promise((later) => setTimeout(later, PATIENCE_MS))
    const { conversation, seq } = entry
    if (!speaks() || looking(conversation) || wasRead(conversation, seq)) return
    if (people.mine === 'dnd') return
    if (preferences.sounds) void chime()
    if (!preferences.desktopNotifications || !mayNotify()) return
    const summary = conversations.byId.get(conversation)
    const line = bodyLine(entry.body, t).slice(0, PREVIEW)
    const direct = summary?.kind === 'direct'
    const told = {
      conversation,
      seq,
      title: direct ? entry.sender.nick : (summary?.title ?? entry.sender.nick),
      body: direct ? line : t('notify.said', { nick: entry.sender.nick, line }),
      lang: locale.value,
      at: entry.at,
    }
    await notify(told, () => open(conversation, seq))
  }

  // Messages as they come.
  watch(
    () => session.client,
    (client, _before, ended) => {
      if (!client) return
      const off = client.on('entry', (entry) => {
        const summary = conversations.byId.get(entry.conversation)
        if (!deserves(entry, session.user?.id ?? '', summary, Date.now())) return
        void tell(entry as MessageEntry).catch(() => undefined)
      })
      ended(off)
    },
    { immediate: true },
  )

  // How many wait, and what was read meanwhile.
  watch(() => conversations.badge, showBadge, { immediate: true })
  watch(
    () =>
      pageTitle(
        conversations.badge,
        conversations.byId.get(conversations.current ?? '')?.title ?? '',
        t('notify.name'),
      ),
    (title) => (document.title = title),
    { immediate: true },
  )
  watch([() => conversations.badge, () => conversations.current], () => void takeAwayNotifications(wasRead))

  // Synchronous: browsers let a page ask only while the press on the switch is handled.
  watch(
    () => preferences.desktopNotifications,
    async (wanted) => {
      if (!wanted || mayNotify() || (await askToNotify())) return
      preferences.desktopNotifications = false
      notices.push({ text: t('notify.denied'), kind: 'error' })
    },
    { flush: 'sync' },
  )

  // The worker speaks the same language, and knows when somebody logged out.
  watch(locale, (language) => void tellWorker({ type: 'language', language }), { immediate: true })
  onScopeDispose(() => {
    void tellWorker({ type: 'logout' })
    showBadge(0)
    document.title = t('notify.name')
  })
  if ('serviceWorker' in navigator) {
    const heard = ({ data }: MessageEvent<{ type?: string; conversation?: string; seq?: number }>): void => {
      if (data?.type === 'open' && data.conversation) open(data.conversation, data.seq)
    }
    navigator.serviceWorker.addEventListener('message', heard)
    onScopeDispose(() => navigator.serviceWorker.removeEventListener('message', heard))
  }
}
