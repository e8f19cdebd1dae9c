/**
 * Writes what the client hears of the logs into the database, a batch at a time and in order.
 *
 * Rule: what is remembered is never ahead of what is written: the cursors that a later start sends are those of the
 * database. Whoever reads a log waits for `settled()` first.
 */
import type { Entry, TeahouseClient } from 'teahouse-client'

import type { Heard, Log } from '../db/log'
import type { Tabs } from './tabs'

const PAUSE_MS = 120
/** So many conversations, and of each about so many entries, are kept for reading offline. */
const KEPT_CONVERSATIONS = 100
const KEPT_ENTRIES = 5000

export interface JournalParts {
  client: TeahouseClient
  log: Log
  tabs: Tabs
  /** The cursors of what is kept, as the client was made with them. */
  cursors: Readonly<Record<string, number>>
}

/** An entry, and since when everything up to it was heard. */
export type EntryListener = (entry: Entry, from: number) => void

export class Journal {
  /** The last entry of each conversation that was told without a gap. */
  private readonly known: Map<string, number>
  private batches = new Map<string, Heard & { entries: Entry[] }>()
  private writing: Promise<void> = Promise.resolve()
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly endings: (() => void)[]
  private readonly listeners = new Set<EntryListener>()

  constructor(private readonly link: JournalParts) {
    const { client, log, tabs } = link
    this.known = new Map(Object.entries(link.cursors))
    const flush = (): void => void this.settled()
    globalThis.addEventListener('pagehide', flush)
    this.endings = [
      client.on('conversations', ({ conversations }) => {
        for (const { conversation, last_seq } of conversations) this.follow(conversation, last_seq)
      }),
      client.on('entry', (entry) => this.take(entry)),
      client.on('reset', ({ conversation, seq }) => {
        this.known.set(conversation, seq)
        this.batches.delete(conversation)
        this.write(() => log.forget(conversation))
      }),
      client.on('hidden', ({ conversation, seqs }) => this.hide(conversation, seqs)),
      client.on('cleared', ({ conversation, upto }) => this.clear(conversation, upto)),
      tabs.on((message) => {
        if (message.type === 'hidden') this.hide(message.conversation, message.seqs)
        if (message.type === 'cleared') this.clear(message.conversation, message.upto)
      }),
      () => globalThis.removeEventListener('pagehide', flush),
    ]
  }

  onEntry(listener: EntryListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Everything heard so far is in the database. */
  settled(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    const batches = this.batches
    this.batches = new Map()
    for (const [conversation, heard] of batches) this.write(() => this.link.log.append(conversation, heard))
    return this.writing
  }

  /** The last entry that is known to be there, also if what is before it was not read. */
  last(conversation: string): number {
    return this.known.get(conversation) ?? 0
  }

  write(change: () => Promise<unknown>): void {
    // A full disk or a closed database costs the copy, not the conversation.
    this.writing = this.carryOut(this.writing, change)
  }

  private async carryOut(before: Promise<void>, change: () => Promise<unknown>): Promise<void> {
    await before
    await change().catch(() => {})
  }

  hide(conversation: string, seqs: readonly number[]): void {
    void this.settled()
    this.write(() => this.link.log.hide(conversation, seqs))
  }

  clear(conversation: string, upto: number): void {
    void this.settled()
    this.write(() => this.link.log.cut(conversation, upto + 1))
  }

  forget(conversation: string): void {
    this.known.delete(conversation)
    this.batches.delete(conversation)
    this.link.client.forget(conversation)
    this.write(() => this.link.log.forget(conversation))
  }

  trim(): void {
    this.write(() => this.link.log.trim(KEPT_CONVERSATIONS, KEPT_ENTRIES))
  }

  async end(): Promise<void> {
    for (const end of this.endings) end()
    await this.settled()
  }

  /** Of a conversation of which nothing was kept: where its log ends. Its last entries may come all the same. */
  private follow(conversation: string, seq: number): void {
    if (this.known.has(conversation)) return
    this.known.set(conversation, seq)
  }

  private take(entry: Entry): void {
    const { conversation, seq } = entry
    const before = this.known.get(conversation)
    this.known.set(conversation, Math.max(before ?? 0, seq))
    const from = before === undefined || before >= seq ? seq : before + 1
    const batch = this.batches.get(conversation)
    if (batch) batch.entries.push(entry)
    else this.batches.set(conversation, { from, entries: [entry] })
    this.timer ??= setTimeout(() => void this.settled(), PAUSE_MS)
    for (const listener of this.listeners) listener(entry, from)
  }
}
