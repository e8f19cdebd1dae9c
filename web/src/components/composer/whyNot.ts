/** Why one cannot write in a conversation just now. The server decides; this says it before one has typed in vain. */
import { useNow } from '@vueuse/core'
import { computed, type ComputedRef } from 'vue'

import { useConversationsStore } from '@/stores/conversations'
import { usePeopleStore } from '@/stores/people'
import { useSessionStore } from '@/stores/session'

export type WhyNot =
  | { code: 'gone' }
  | { code: 'blocked'; user: string; nick: string }
  /** Until a time, or (null) for good. */
  | { code: 'muted'; until: number | null }
  | { code: 'readers' }

export function useWhyNot(conversation: () => string): ComputedRef<WhyNot | null> {
  const conversations = useConversationsStore()
  const people = usePeopleStore()
  const session = useSessionStore()
  const now = useNow({ interval: 15_000 })

  return computed(() => {
    const summary = conversations.byId.get(conversation())
    // What has not come yet is no reason; a direct conversation is made by its first message.
    if (!summary) return conversations.loaded && conversation().startsWith('c') ? { code: 'gone' } : null
    const { peer, kind, role } = summary
    if (peer && people.isBlocked(peer.id)) return { code: 'blocked', user: peer.id, nick: peer.nick }
    if (kind === 'direct') return null
    const runs = role === 'owner' || role === 'admin'
    const post = conversations.detailsOf(summary.id)?.post
    if (!runs && (post ? post === 'admins' : kind === 'channel')) return { code: 'readers' }
    const me = conversations.membersOf(summary.id).find((one) => one.id === session.user?.id)
    const until = me?.mutedUntil ?? 0
    if (until === -1) return { code: 'muted', until: null }
    return until > now.value.getTime() ? { code: 'muted', until } : null
  })
}
