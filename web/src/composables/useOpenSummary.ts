/**
 * The conversation of an address. Whoever was never written to has none yet: then it is one with that person and
 * nothing in it, and becomes the real one with the first message.
 */
import { computed, type ComputedRef, watch } from 'vue'
import { useRouter } from 'vue-router'

import { useConversationsStore } from '@/stores/conversations'
import { usePeopleStore } from '@/stores/people'
import type { Person, Summary } from '@/stores/types'

const NOTHING: Omit<Summary, 'id' | 'title' | 'peer' | 'avatar'> = {
  kind: 'direct',
  role: 'member',
  lastMessage: null,
  lastAt: 0,
  lastSeq: 0,
  readSeq: 0,
  clearedSeq: 0,
  unread: 0,
  mentions: 0,
  pinned: false,
  muted: false,
  archived: false,
  draft: '',
  typing: [],
  expiresS: 0,
}

export function useOpenSummary(id: () => string | null): ComputedRef<Summary | null> {
  const router = useRouter()
  const conversations = useConversationsStore()
  const people = usePeopleStore()

  /** Whom the address names, if it names a person. */
  const named = computed<Person | null>(() => {
    const address = id()
    if (!address || conversations.byId.has(address)) return null
    if (address.startsWith('@')) return { id: '', nick: address.slice(1) }
    return /^u[0-9a-f]{32}$/.test(address) ? { id: address, nick: people.user(address).nick } : null
  })
  const real = computed(() => {
    const person = named.value
    if (!person) return null
    const nick = person.nick.toLowerCase()
    for (const one of conversations.byId.values()) {
      if (!one.peer) continue
      if (one.peer.id === person.id || (!person.id && one.peer.nick.toLowerCase() === nick)) return one.id
    }
    return null
  })
  watch(
    real,
    (conversation) => {
      if (conversation) void router.replace({ name: 'conversation', params: { conversation } })
    },
    { immediate: true },
  )

  return computed(() => {
    const address = id()
    if (!address) return null
    const person = named.value
    if (!person) return conversations.byId.get(address) ?? null
    const { avatar } = people.user(person.id || address, person.nick)
    return { ...NOTHING, id: address, title: person.nick, peer: person, avatar }
  })
}
