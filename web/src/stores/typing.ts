/** Who is writing. Each word of it is over by itself after some seconds: the one that says so may be lost. */
import { defineStore } from 'pinia'

import { useConversationsStore } from './conversations'
import { isStored } from './details'
import { link, whenLinked } from './link'
import { usePeopleStore } from './people'
import type { Person } from './types'

const OVER_MS = 6500
const TELL_MS = 3000
const NOBODY: readonly Person[] = []

export const useTypingStore = defineStore('typing', () => {
  const conversations = useConversationsStore()
  const people = usePeopleStore()
  /** By conversation and user: what ends it. */
  const writing = new Map<string, Map<string, ReturnType<typeof setTimeout>>>()
  const told = new Map<string, number>()

  /** Reactive: the others who write there now. */
  const users = (conversation: string): readonly Person[] =>
    conversations.byId.get(conversation)?.typing ?? NOBODY

  function show(conversation: string): void {
    const here = [...(writing.get(conversation)?.keys() ?? [])]
    const typing = here.filter((id) => !people.isBlocked(id)).map((id) => people.person(id))
    conversations.patch(conversation, { typing })
  }

  function begin(conversation: string, user: string): void {
    const here = writing.get(conversation) ?? new Map<string, ReturnType<typeof setTimeout>>()
    writing.set(conversation, here)
    const before = here.get(user)
    clearTimeout(before)
    here.set(
      user,
      setTimeout(() => end(conversation, user), OVER_MS),
    )
    if (before === undefined) show(conversation)
  }

  function end(conversation: string, user: string): void {
    const here = writing.get(conversation)
    clearTimeout(here?.get(user))
    if (!here?.delete(user)) return
    if (here.size === 0) writing.delete(conversation)
    show(conversation)
  }

  /** Call it with each key; it is told at most every 3 s. `false` when the text was sent or deleted. */
  function mine(conversation: string, on: boolean): void {
    const client = link()?.client
    const before = told.get(conversation) ?? 0
    if (client?.state !== 'online' || !isStored(conversation)) return
    if (on ? Date.now() - before < TELL_MS : before === 0) return
    if (on) told.set(conversation, Date.now())
    else told.delete(conversation)
    // Never answered, and nobody minds if it is lost.
    void client.call('typing', { conversation, on }).catch(() => {})
  }

  whenLinked(({ client, me }) => {
    const endings = [
      client.on('typing', ({ conversation, user, on }) => {
        if (user === me.id) return
        if (on) begin(conversation, user)
        else end(conversation, user)
      }),
      client.on('entry', ({ ev, conversation, sender }) => {
        if (ev !== 'message') return
        end(conversation, sender.id)
        if (sender.id === me.id) told.delete(conversation)
      }),
      client.on('state', ({ state }) => {
        if (state === 'online') return
        for (const [conversation, here] of writing) for (const user of here.keys()) end(conversation, user)
      }),
    ]
    return () => {
      for (const end of endings) end()
      for (const here of writing.values()) for (const timer of here.values()) clearTimeout(timer)
      writing.clear()
      told.clear()
    }
  })

  return { users, mine }
})
