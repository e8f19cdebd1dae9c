/** Who others are, and whether they are there. (The bodies follow.) */
import { defineStore } from 'pinia'
import { ref, shallowReactive } from 'vue'

import type { Person, Status, User } from './types'

const soon = (): never => {
  throw new Error('not there yet')
}

export const usePeopleStore = defineStore('people', () => {
  /** Reactive. Whoever is not known yet is shown by `nick` (or as nobody) and asked for. */
  const user = (id: string, nick = ''): User => ({
    id,
    nick,
    avatar: null,
    status: null,
    text: '',
    lastSeen: null,
    guest: false,
    bot: false,
    bio: '',
  })
  /** People whose nick begins so; those one knows first. */
  const find = (_query: string): Promise<User[]> => soon()
  const mine = ref<Status>('online')
  const mineText = ref('')
  const setPresence = (_status: Exclude<Status, 'offline'>, _text?: string): Promise<void> => soon()
  const blocks = shallowReactive(new Map<string, { user: Person; at: number }>())
  const isBlocked = (id: string): boolean => blocks.has(id)
  const block = (_id: string): Promise<void> => soon()
  const unblock = (_id: string): Promise<void> => soon()
  const contacts = shallowReactive(new Map<string, { user: Person; alias: string; at: number }>())
  const setContact = (_id: string, _on: boolean, _alias?: string): Promise<void> => soon()
  /** Who is online in a conversation (at most 1,000 of the lobby). */
  const online = (_conversation: string): Promise<{ users: User[]; count: number }> => soon()

  return {
    user,
    find,
    mine,
    mineText,
    setPresence,
    blocks,
    isBlocked,
    block,
    unblock,
    contacts,
    setContact,
    online,
  }
})
