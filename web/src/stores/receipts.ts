/**
 * How far the others have received and read: two marks of each member, which only ever move forward.
 *
 * Receipts are told once to whoever is there, so they are kept; and whoever writes has read what was before.
 */
import type { Entry } from 'teahouse-client'
import { defineStore } from 'pinia'

import type { ReceiptRow } from '../db/database'
import { link, whenLinked } from './link'
import type { Mark } from './types'

/** Marks of a conversation moved: messages after `from` and up to `to` may be marked otherwise than before. */
export interface Moved {
  conversation: string
  from: number
  to: number
}

/** More members than this are not remembered: in such conversations nobody is told of receipts. */
const MOST_MEMBERS = 200
const PAUSE_MS = 1000

interface Watermarks {
  users: Map<string, { delivered: number; read: number }>
  /** The furthest of all. */
  delivered: number
  read: number
}

export const useReceiptsStore = defineStore('receipts', () => {
  const marks = new Map<string, Watermarks>()
  const loading = new Map<string, Promise<void>>()
  const listeners = new Set<(moved: Moved) => void>()
  const unsaved = new Map<string, ReceiptRow>()
  /** Conversations in which it was asked since the last welcome. */
  const asked = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function of(conversation: string): Watermarks {
    let found = marks.get(conversation)
    if (!found) marks.set(conversation, (found = { users: new Map(), delivered: 0, read: 0 }))
    return found
  }

  function move(conversation: string, user: string, delivered = 0, read = 0): void {
    const here = of(conversation)
    const before = here.users.get(user) ?? { delivered: 0, read: 0 }
    const after = {
      delivered: Math.max(before.delivered, delivered, read),
      read: Math.max(before.read, read),
    }
    if (after.delivered === before.delivered && after.read === before.read) return
    if (here.users.size >= MOST_MEMBERS && !here.users.has(user)) return
    here.users.set(user, after)
    here.delivered = Math.max(here.delivered, after.delivered)
    here.read = Math.max(here.read, after.read)
    save({ conversation, user, ...after })
    const from = after.read > before.read ? before.read : before.delivered
    const moved = { conversation, from, to: after.delivered }
    for (const listener of listeners) listener(moved)
  }

  function save(row: ReceiptRow): void {
    unsaved.set(`${row.conversation} ${row.user}`, row)
    timer ??= setTimeout(() => void flush(), PAUSE_MS)
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const rows = [...unsaved.values()]
    unsaved.clear()
    const writing = link()?.database.transaction('receipts', 'readwrite')
    for (const row of rows) void writing?.store.put(row)
    await writing?.done.catch(() => {})
  }

  /** Reads what was kept of a conversation; once. */
  function load(conversation: string): Promise<void> {
    let reading = loading.get(conversation)
    if (!reading) loading.set(conversation, (reading = read(conversation)))
    return reading
  }

  async function read(conversation: string): Promise<void> {
    const rows = await link()?.database.getAllFromIndex('receipts', 'conversation', conversation)
    for (const row of rows ?? []) move(conversation, row.user, row.delivered, row.read)
  }

  /** How far a message of one's own has come: the furthest of the others counts. */
  function mark(conversation: string, seq: number): Mark {
    const here = marks.get(conversation)
    if (!here) return 'sent'
    return here.read >= seq ? 'read' : here.delivered >= seq ? 'delivered' : 'sent'
  }

  function readCount(conversation: string, seq: number): number {
    let count = 0
    for (const user of marks.get(conversation)?.users.values() ?? []) if (user.read >= seq) count += 1
    return count
  }

  /** Receipts of the time one was away are told to nobody: so it is asked, once a connection, how far the others are. */
  async function catchUp(conversation: string): Promise<void> {
    const here = link()
    if (!here || here.client.state !== 'online' || asked.has(conversation)) return
    asked.add(conversation)
    await load(conversation)
    const { receipts = [] } = await here.client.call('receipts', { conversation })
    if (link() !== here) return
    for (const { user, delivered, read } of receipts) move(conversation, user, delivered, read)
  }

  function onMoved(listener: (moved: Moved) => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  whenLinked(({ client, me }) => {
    const wrote = ({ ev, sender, conversation, seq }: Entry): void => {
      if (ev === 'message' && sender.id !== me.id && sender.id !== 'system') {
        move(conversation, sender.id, seq - 1, seq - 1)
      }
    }
    const endings = [
      client.on('receipt', ({ conversation, user, delivered, read }) => {
        if (user !== me.id) move(conversation, user, delivered, read)
      }),
      client.on('entry', wrote),
      client.on('welcome', () => asked.clear()),
    ]
    return () => {
      for (const end of endings) end()
      void flush()
      marks.clear()
      loading.clear()
      asked.clear()
    }
  })

  return { load, mark, readCount, catchUp, onMoved }
})
