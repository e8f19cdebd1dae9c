/**
 * The logs of conversations as far as they are known here, for reading offline and for opening at once.
 *
 * Rule: the entries of a conversation are kept folded, as the log was at its cursor; entries, gap map and cursor are
 * written in one transaction. So what lies in a range can be shown as it is, and what lies in none is never passed over.
 */
import type { Entry, MessageEntry } from 'teahouse-client'
import type { IDBPTransaction } from 'idb'

import type { Database, LogState, Schema } from './database'
import { consequences, hiddenFrom, isMessage, isModification, quoteOf, requoted } from './fold'
import { around, fromFloor, withRange, type Range } from './ranges'

/** Entries that were heard one after the other; all from `from` on is known with them. */
export interface Heard {
  from: number
  entries: readonly Entry[]
}

type Writing = IDBPTransaction<Schema, ('entries' | 'logs')[], 'readwrite'>

const keysOf = (conversation: string, from: number, to: number): IDBKeyRange =>
  IDBKeyRange.bound([conversation, from], [conversation, to])

export class Log {
  constructor(private readonly database: Database) {}

  /** The cursors of what is kept: the server tells what came after them. */
  async cursors(): Promise<Record<string, number>> {
    const states = await this.database.getAll('logs')
    return Object.fromEntries(states.map((state) => [state.conversation, state.cursor]))
  }

  state(conversation: string): Promise<LogState | undefined> {
    return this.database.get('logs', conversation)
  }

  get(conversation: string, seq: number): Promise<Entry | undefined> {
    return this.database.get('entries', [conversation, seq])
  }

  /** The entries of `from` to `to`, the newest `limit` of them, or the oldest. */
  async read(conversation: string, [from, to]: Range, limit: number, newest = true): Promise<Entry[]> {
    if (to < from) return []
    const direction = newest ? 'prev' : 'next'
    const found: Entry[] = []
    const store = this.database.transaction('entries').store
    let at = await store.openCursor(keysOf(conversation, from, to), direction)
    while (at && found.length < limit) {
      found.push(at.value)
      at = await at.continue()
    }
    return newest ? found.toReversed() : found
  }

  /** The replies to a message, as far as they are here. */
  async thread(conversation: string, root: number): Promise<MessageEntry[]> {
    const found = await this.database.getAllFromIndex('entries', 'thread', [conversation, root])
    return found.filter(isMessage).sort((one, other) => one.seq - other.seq)
  }

  /** Takes in what was heard, and what it makes of the messages before it. */
  async append(conversation: string, { from, entries }: Heard): Promise<void> {
    const last = entries.at(-1)
    if (!last) return
    const writing = this.writing()
    for (const entry of entries) await this.take(writing, entry)
    await this.mark(writing, conversation, [from, last.seq], last.seq)
    await writing.done
  }

  /** Takes in a page of history, which shows messages as they are now. `range`: what is known with it. */
  async page(conversation: string, entries: readonly Entry[], range: Range, cursor: number): Promise<void> {
    const writing = this.writing()
    const store = writing.objectStore('entries')
    for (const entry of entries) void store.put(entry)
    await this.mark(writing, conversation, range, cursor)
    await writing.done
  }

  /** Keeps a newer form of messages that are kept; others are passed over. */
  async update(conversation: string, messages: readonly MessageEntry[]): Promise<void> {
    const writing = this.writing()
    const store = writing.objectStore('entries')
    for (const message of messages) {
      if (await store.getKey([conversation, message.seq])) void store.put(message)
    }
    await writing.done
  }

  /** Messages that the reader deleted for themselves. */
  async hide(conversation: string, seqs: readonly number[]): Promise<void> {
    const writing = this.writing()
    const store = writing.objectStore('entries')
    for (const seq of seqs) {
      const entry = await store.get([conversation, seq])
      if (!entry || !isMessage(entry)) continue
      const quoting = await store.index('quoting').getAll([conversation, seq])
      for (const changed of [hiddenFrom(entry), ...requoted(hiddenFrom(entry), quoting.filter(isMessage))]) {
        void store.put(changed)
      }
    }
    await writing.done
  }

  /** Forgets what is older than `floor`: cleared by the reader, or too much to keep. */
  async cut(conversation: string, floor: number): Promise<void> {
    const writing = this.writing()
    const logs = writing.objectStore('logs')
    const state = await logs.get(conversation)
    if (state) {
      void writing.objectStore('entries').delete(keysOf(conversation, 0, floor - 1))
      void logs.put({ ...state, ranges: fromFloor(state.ranges, floor) })
    }
    await writing.done
  }

  async forget(conversation: string): Promise<void> {
    const writing = this.writing()
    void writing.objectStore('entries').delete(keysOf(conversation, 0, Number.MAX_SAFE_INTEGER))
    void writing.objectStore('logs').delete(conversation)
    await writing.done
  }

  /** Keeps the logs of the `conversations` used last, and of each about the newest `entries`. */
  async trim(conversations: number, entries: number): Promise<void> {
    const states = await this.database.getAll('logs')
    states.sort((one, other) => other.touched - one.touched)
    for (const state of states.slice(conversations)) await this.forget(state.conversation)
    for (const { conversation, cursor, ranges } of states.slice(0, conversations)) {
      const floor = cursor - entries
      if ((ranges[0]?.[0] ?? floor) < floor - entries) await this.cut(conversation, floor)
    }
  }

  /** The range that is known around `seq`, or null. */
  async known(conversation: string, seq: number): Promise<Range | null> {
    const state = await this.state(conversation)
    return state ? around(state.ranges, seq) : null
  }

  private writing(): Writing {
    return this.database.transaction(['entries', 'logs'], 'readwrite')
  }

  private async take(writing: Writing, entry: Entry): Promise<void> {
    const store = writing.objectStore('entries')
    const { conversation } = entry
    // Another tab may have taken it in already, and what changed it since.
    if (isMessage(entry) && (await store.getKey([conversation, entry.seq]))) return
    const message = async (seq?: number): Promise<MessageEntry | undefined> => {
      const found = seq === undefined ? undefined : await store.get([conversation, seq])
      return found && isMessage(found) ? found : undefined
    }
    const answered =
      isMessage(entry) && entry.body && !entry.quote ? await message(entry.reply_to) : undefined
    void store.put(isMessage(entry) && answered ? { ...entry, quote: quoteOf(answered) } : entry)
    const target = isModification(entry) ? await message(entry.ref) : undefined
    const root = await message((isMessage(entry) ? entry : target)?.thread)
    const quoting = target ? await store.index('quoting').getAll([conversation, target.seq]) : []
    for (const changed of consequences(entry, { target, root, quoting: quoting.filter(isMessage) })) {
      void store.put(changed)
    }
  }

  private async mark(writing: Writing, conversation: string, range: Range, cursor: number): Promise<void> {
    const logs = writing.objectStore('logs')
    const state = await logs.get(conversation)
    void logs.put({
      conversation,
      cursor: Math.max(state?.cursor ?? 0, cursor),
      ranges: withRange(state?.ranges ?? [], range),
      touched: Date.now(),
    })
  }
}
