/**
 * What stands in for the server in tests of the stores: a log that answers history as the server does (folded anew from
 * the whole log each time), and a client with the public face of TeahouseClient that is told what to say.
 */
import 'fake-indexeddb/auto'

import type {
  ClientEvents,
  ClientState,
  Entry,
  HistoryPage,
  MessageEntry,
  OutboxRecord,
  Outgoing,
  Pending,
  Sent,
  Summary,
  TeahouseClient,
} from 'teahouse-client'
import { Disconnected, Refused } from 'teahouse-client'

import { openDatabase, type Database } from '@/db/database'
import { Log } from '@/db/log'
import { SharedOutbox } from '@/db/outbox'
import { Journal } from '@/stores/journal'
import type { Link } from '@/stores/link'
import { Tabs } from '@/stores/tabs'

export const ME = { id: 'u-me', nick: 'me' }
export const BOB = { id: 'u-bob', nick: 'bob' }
export const EVE = { id: 'u-eve', nick: 'eve' }

type Fields = Record<string, unknown>
type Handler = (fields: never) => unknown

type Public = Pick<TeahouseClient, keyof TeahouseClient>

function grouped(entries: readonly Entry[], key: (entry: Entry) => number): Map<number, Entry[]> {
  const groups = new Map<number, Entry[]>()
  for (const entry of entries) {
    const group = groups.get(key(entry))
    if (group) group.push(entry)
    else groups.set(key(entry), [entry])
  }
  return groups
}

/** A log as it is on the server. */
export class FakeLog {
  readonly entries: Entry[] = []

  constructor(readonly conversation = 'c1') {}

  get last(): number {
    return this.entries.length
  }

  add(sender: { id: string; nick: string }, fields: Fields): Entry {
    const seq = this.entries.length + 1
    const entry = {
      conversation: this.conversation,
      seq,
      message: `${this.conversation}.${seq}`,
      sender,
      at: 1_700_000_000_000 + seq * 1000,
      ...fields,
    } as unknown as Entry
    this.entries.push(entry)
    // The content of what is taken back is erased from the log, of its edits, too.
    if (entry.ev === 'recall') this.erase(entry.ref, entry.expired === true)
    return entry
  }

  say(sender: { id: string; nick: string }, text: string, more: Fields = {}): Entry {
    return this.add(sender, { ev: 'message', body: { type: 'text', text }, ...more })
  }

  private erase(ref: number, expired: boolean): void {
    for (const [index, entry] of this.entries.entries()) {
      if (entry.ev === 'message' && entry.seq === ref) {
        const { body: _b, mentions: _m, reply_to: _r, ...rest } = entry
        this.entries[index] = { ...rest, recalled: true, ...(expired && { expired }) }
      }
      if (entry.ev === 'edit' && entry.ref === ref) {
        const { body: _b, mentions: _m, ...rest } = entry
        this.entries[index] = rest
      }
    }
  }

  /** The whole log folded anew, in the plainest way. */
  folded(): Entry[] {
    const about = grouped(this.entries, (entry) => ('ref' in entry ? entry.ref : 0))
    const replies = grouped(this.entries, (entry) => (entry.ev === 'message' && entry.thread) || 0)
    return this.entries.map((entry) =>
      entry.ev === 'message'
        ? this.fold(entry, about.get(entry.seq) ?? [], replies.get(entry.seq) ?? [])
        : entry,
    )
  }

  private fold(message: MessageEntry, about: readonly Entry[], replies: readonly Entry[]): MessageEntry {
    let now: MessageEntry = { ...message }
    const reactions = new Map<string, Set<string>>()
    for (const change of about) {
      if (now.recalled) break
      if (change.ev === 'edit' && change.body) {
        now = { ...now, body: change.body, edited: { seq: change.seq, at: change.at } }
        if (change.mentions) now.mentions = change.mentions
        else delete now.mentions
      }
      if (change.ev === 'pin') now.pinned = change.on
      if (change.ev === 'reaction') {
        const users = reactions.get(change.emoji) ?? new Set()
        if (change.on) users.add(change.sender.id)
        else users.delete(change.sender.id)
        if (users.size > 0) reactions.set(change.emoji, users)
        else reactions.delete(change.emoji)
      }
    }
    if (reactions.size > 0) {
      now.reactions = [...reactions].map(([emoji, users]) => ({
        emoji,
        count: users.size,
        users: [...users],
      }))
    }
    if (replies.length > 0 && !now.recalled) {
      const standing = replies.filter((entry) => entry.ev === 'message' && !entry.recalled)
      const last = replies.at(-1)!
      now.replies = { replies: standing.length, last_seq: last.seq, last_at: last.at }
    }
    return now
  }

  history({
    before,
    after,
    limit = 50,
    thread,
  }: Fields & { before?: number; after?: number; limit?: number; thread?: number }): HistoryPage {
    const within = this.folded().filter(
      (entry) =>
        entry.seq < (before ?? Infinity) &&
        entry.seq > (after ?? 0) &&
        (thread === undefined || (entry.ev === 'message' && entry.thread === thread)),
    )
    const oldest = after !== undefined && before === undefined
    const entries = oldest ? within.slice(0, limit) : within.slice(-limit)
    return { entries: entries.map((entry) => this.quoted(entry)), more: within.length > entries.length }
  }

  private quoted(entry: Entry): Entry {
    if (entry.ev !== 'message' || entry.reply_to === undefined || !entry.body) return entry
    const answered = this.folded()[entry.reply_to - 1] as MessageEntry
    const quote = { seq: answered.seq, sender: answered.sender }
    if (!answered.body) return { ...entry, quote: { ...quote, recalled: true } }
    return { ...entry, quote: { ...quote, type: answered.body.type, text: answered.body.text ?? '' } }
  }

  summary(fields: Partial<Summary> = {}): Summary {
    const messages = this.folded().filter((entry) => entry.ev === 'message')
    return {
      conversation: this.conversation,
      kind: 'group',
      title: 'Tea',
      role: 'member',
      last_seq: this.last,
      read_seq: 0,
      unread: 0,
      mentions: 0,
      pinned: false,
      muted: false,
      archived: false,
      last_message: messages.at(-1) ?? null,
      ...fields,
    }
  }
}

/** A client that says what the test tells it to. */
export class FakeClient implements Public {
  state: ClientState = 'idle'
  me: TeahouseClient['me'] = { ...ME, guest: false }
  lobby = 'lobby'
  retryAt: number | null = null
  readonly calls: { op: string; fields: Fields }[] = []
  readonly handlers: Record<string, Handler> = {}
  /** What the outbox does with a message; by default it waits. */
  transmit: ((record: OutboxRecord) => Promise<Sent>) | null = null
  started = 0
  private readonly listeners = new Map<string, Set<(event: never) => void>>()
  private readonly records = new Map<string, OutboxRecord>()
  private readonly cursors = new Map<string, number>()
  private order = 0

  constructor(readonly outbox?: SharedOutbox) {}

  start(): void {
    this.started += 1
  }
  stop(): void {
    this.state = 'closed'
  }
  retryNow(): void {}

  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): () => void {
    const set = this.listeners.get(name) ?? new Set()
    this.listeners.set(name, set)
    set.add(listener as (event: never) => void)
    return () => set.delete(listener as (event: never) => void)
  }

  emit<Name extends keyof ClientEvents>(name: Name, event: ClientEvents[Name]): void {
    for (const listener of this.listeners.get(name) ?? []) listener(event as never)
  }

  get listening(): number {
    return [...this.listeners.values()].reduce((sum, set) => sum + set.size, 0)
  }

  call = (async (op: string, fields: Fields) => {
    this.calls.push({ op, fields })
    if (this.state !== 'online') throw new Disconnected('not connected')
    const handler = this.handlers[op]
    if (!handler) throw new Refused('bad_request', `nobody answers ${op}`)
    return handler(fields as never)
  }) as Public['call']

  send(message: Outgoing): Pending {
    const cid = message.cid ?? crypto.randomUUID()
    this.order += 1
    const record: OutboxRecord = { cid, message: { ...message, cid }, created: Date.now(), order: this.order }
    this.records.set(cid, record)
    void this.outbox?.put(record)
    this.emit('pending', { cid, conversation: message.to, state: 'waiting' })
    const done = new Promise<Sent>(() => {})
    void this.attempt(record)
    return { cid, done }
  }

  async attempt(record: OutboxRecord): Promise<void> {
    if (!this.transmit) return
    const { cid } = record
    const conversation = record.message.to
    this.emit('pending', { cid, conversation, state: 'sending' })
    try {
      const sent = await this.transmit(record)
      this.records.delete(cid)
      await this.outbox?.remove(cid)
      this.emit('pending', { cid, conversation: sent.conversation, state: 'sent', sent, seq: sent.seq })
    } catch (error) {
      if (!(error instanceof Refused)) return this.emit('pending', { cid, conversation, state: 'waiting' })
      this.emit('pending', { cid, conversation, state: 'failed', error })
    }
  }

  retrySend(cid: string): Pending | undefined {
    const record = this.records.get(cid)
    if (!record) return undefined
    this.emit('pending', { cid, conversation: record.message.to, state: 'waiting' })
    void this.attempt(record)
    return { cid, done: new Promise(() => {}) }
  }

  dropSend(cid: string): void {
    this.records.delete(cid)
    void this.outbox?.remove(cid)
  }

  outgoing(): OutboxRecord[] {
    return [...this.records.values()]
  }

  cursor(conversation: string): number | undefined {
    return this.cursors.get(conversation)
  }
  setCursor(conversation: string, seq: number): void {
    this.cursors.set(conversation, seq)
  }
  forget(conversation: string): void {
    this.cursors.delete(conversation)
  }

  /** As after a welcome. */
  welcome(...conversations: Summary[]): void {
    this.state = 'online'
    this.emit('state', { state: 'online', retryAt: null, error: null })
    this.emit('welcome', { user: this.me!, session: 's', heartbeat_s: 30, server: 't', lobby: 'lobby' })
    this.emit('conversations', { conversations, badge: 0 })
  }

  lose(): void {
    this.state = 'waiting'
    this.emit('state', { state: 'waiting', retryAt: Date.now() + 1000, error: null })
  }
}

export interface FakeLink extends Link {
  fake: FakeClient
}

let names = 0
/** A user whom no other test has. */
export const someUser = (): string => `u-${(names += 1)}`

export async function fakeLink(user = ME.id, locks?: LockManager): Promise<FakeLink> {
  const database: Database = await openDatabase(user)
  const log = new Log(database)
  const tabs = new Tabs(user)
  const outbox = new SharedOutbox({
    database,
    owner: crypto.randomUUID(),
    tell: (told) => tabs.tell(told),
    locks,
  })
  const fake = new FakeClient(outbox)
  const client = fake as unknown as TeahouseClient
  const cursors = await log.cursors()
  const journal = new Journal({ client, log, tabs, cursors })
  return { client, fake, database, log, outbox, tabs, journal, me: { ...ME }, cursors }
}

/** Lets everything that was begun come to its end. */
export async function settle(turns = 12): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2))
}

export async function until(condition: () => boolean, ms = 2000): Promise<void> {
  const end = Date.now() + ms
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
