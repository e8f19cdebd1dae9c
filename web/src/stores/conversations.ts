/** The list of one's conversations. (The bodies follow.) */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'

import type { Details, Member, Summary } from './types'

const soon = (): never => {
  throw new Error('not there yet')
}

export const useConversationsStore = defineStore('conversations', () => {
  /** By id; a summary is replaced when something of it changes. */
  const byId = shallowReactive(new Map<string, Summary>())
  /** Pinned first, then by the last message; without those put away. */
  const ordered = computed<readonly Summary[]>(() => [])
  const archived = computed<readonly Summary[]>(() => [])
  /** What an icon shows: all unread, of muted conversations the mentions. */
  const badge = computed(() => 0)
  /** The id of the conversation that is open, or null. */
  const current = ref<string | null>(null)
  /** The list has come from the server, or from what is kept here. */
  const loaded = ref(false)
  const lobby = shallowRef('lobby')

  const load = (): Promise<void> => soon()
  const open = (_id: string | null): void => soon()
  /** The direct conversation with somebody, by user id or `@nick`; made by the first message if there is none:
   *  then the answer is `@nick` or the id, which `send` takes as well. */
  const openDirect = (_user: string): Promise<string> => soon()
  const pin = (_id: string, _on: boolean): Promise<void> => soon()
  /** `until`: milliseconds UTC; left out: for good. */
  const mute = (_id: string, _on: boolean, _until?: number): Promise<void> => soon()
  const archive = (_id: string, _on: boolean): Promise<void> => soon()
  const clear = (_id: string): Promise<void> => soon()
  /** The id of the new conversation. */
  const create = (_fields: {
    kind: 'group' | 'channel' | 'room'
    title: string
    members: readonly string[]
    join?: 'open' | 'approval' | 'invite'
    reach?: 'joined' | 'all' | 'last'
    last?: number
    topic?: string
  }): Promise<string> => soon()
  const join = (_by: {
    conversation?: string
    link?: string
    text?: string
  }): Promise<{ conversation: string; pending: boolean }> => soon()
  const preview = (_link: string): Promise<{ title: string; members: number }> => soon()
  const leave = (_id: string): Promise<void> => soon()
  const details = (_id: string): Promise<Details> => soon()
  /** Reactive: what is known of the settings; asks for them if nothing is. */
  const detailsOf = (_id: string): Details | null => null
  const update = (_id: string, _changes: Partial<Omit<Details, 'conversation' | 'kind'>>): Promise<void> =>
    soon()
  const members = (_id: string, _after?: string): Promise<{ members: Member[]; more: boolean }> => soon()
  /** Reactive: all members of small conversations, the first of large ones; asks for them if need be. */
  const membersOf = (_id: string): readonly Member[] => []

  return {
    byId,
    ordered,
    archived,
    badge,
    current,
    loaded,
    lobby,
    load,
    open,
    openDirect,
    pin,
    mute,
    archive,
    clear,
    create,
    join,
    preview,
    leave,
    details,
    detailsOf,
    update,
    members,
    membersOf,
  }
})
