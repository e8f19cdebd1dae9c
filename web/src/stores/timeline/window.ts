/**
 * A part of a log in memory: entries from one seq to another without a gap, and their rows in order.
 *
 * Rule: a change touches the rows it concerns and no others. `rows` gives the same array until something changes, and a
 * new one then, so a view compares by identity; the copy is made once, however many changes come before it is asked for.
 */
import type { Entry, MessageEntry } from 'teahouse-client'

import { consequences, isMessage, isModification } from '../../db/fold'
import type { Range } from '../../db/ranges'
import type { Row } from '../types'

export class Window {
  private entries = new Map<number, Entry>()
  /** Which messages answer which. */
  private quoted = new Map<number, Set<number>>()
  /** Keys that the writer gave to messages which are here. */
  private cids = new Set<string>()
  private list: Row[] = []
  private shown = false
  from = 1
  to = 0

  constructor(private readonly rowOf: (entry: Entry) => Row | null) {}

  get rows(): readonly Row[] {
    this.shown = true
    return this.list
  }

  has(seq: number): boolean {
    return seq >= this.from && seq <= this.to
  }

  hasCid(cid: string): boolean {
    return this.cids.has(cid)
  }

  message(seq: number | undefined | null): MessageEntry | undefined {
    const found = seq === undefined || seq === null ? undefined : this.entries.get(seq)
    return found && isMessage(found) ? found : undefined
  }

  row(seq: number): Row | null {
    const row = this.list[this.place(seq)]
    return row?.order === seq ? row : null
  }

  replace([from, to]: Range, entries: readonly Entry[]): void {
    this.entries.clear()
    this.quoted.clear()
    this.cids.clear()
    this.list = []
    this.shown = false
    this.from = from
    this.to = to
    for (const entry of entries) this.remember(entry)
    this.list.push(...this.rowsOf(entries))
  }

  addOlder(from: number, entries: readonly Entry[]): void {
    for (const entry of entries) this.remember(entry)
    this.from = from
    this.list = [...this.rowsOf(entries), ...this.list]
    this.shown = false
  }

  addNewer(to: number, entries: readonly Entry[]): void {
    for (const entry of entries) this.remember(entry)
    this.to = to
    this.own().push(...this.rowsOf(entries))
  }

  /** The next entry. `kept`: whether it has a place here, or only says something of what has. */
  hear(entry: Entry, kept = true): void {
    if (entry.seq <= this.to) return
    this.to = entry.seq
    if (kept) {
      this.remember(entry)
      const row = this.rowOf(entry)
      if (row) this.own().push(row)
    }
    this.apply(entry)
  }

  /** What an entry says of messages that are here. */
  apply(entry: Entry): void {
    const target = isModification(entry) ? this.message(entry.ref) : undefined
    const root = this.message((isMessage(entry) ? entry : target)?.thread)
    const quoting = target ? this.quoting(target.seq) : []
    for (const changed of consequences(entry, { target, root, quoting })) this.put(changed)
  }

  quoting(seq: number): MessageEntry[] {
    const found = [...(this.quoted.get(seq) ?? [])].map((answer) => this.message(answer))
    return found.filter((message) => message !== undefined)
  }

  /** A newer form of a message that is here. */
  put(message: MessageEntry): void {
    if (!this.entries.has(message.seq)) return
    this.entries.set(message.seq, message)
    this.redraw(message.seq)
  }

  /** Makes the row of an entry anew: something else it shows has changed. */
  redraw(seq: number): void {
    const entry = this.entries.get(seq)
    if (!entry) return
    const row = this.rowOf(entry)
    const place = this.place(seq)
    const there = this.list[place]?.order === seq
    if (row && there) this.own()[place] = row
    else if (row) this.own().splice(place, 0, row)
    else if (there) this.own().splice(place, 1)
  }

  /** One's own rows among those of `from` (exclusive) to `to`. */
  ownSeqs(from: number, to: number): number[] {
    const seqs: number[] = []
    for (let index = this.place(from + 1); index < this.list.length; index += 1) {
      const row = this.list[index]!
      if (row.order > to) break
      if (row.kind === 'message' && row.own && row.seq !== null) seqs.push(row.seq)
    }
    return seqs
  }

  /** A row without an entry, at the place its `order` gives it. */
  insert(row: Row): void {
    this.own().splice(this.place(row.order), 0, row)
  }

  /** Forgets what is older than `floor`. */
  cut(floor: number): void {
    if (floor <= this.from) return
    for (const seq of this.entries.keys()) if (seq < floor) this.forget(seq)
    this.list = this.list.slice(this.place(floor))
    this.shown = false
    this.from = floor
  }

  /** Forgets what is newer than `ceiling`. */
  cutNewer(ceiling: number): void {
    if (ceiling >= this.to) return
    for (const seq of this.entries.keys()) if (seq > ceiling) this.forget(seq)
    this.list = this.list.slice(0, this.place(ceiling + 1))
    this.shown = false
    this.to = ceiling
  }

  /** The index of the first row that is not before `order`. */
  place(order: number): number {
    let low = 0
    let high = this.list.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.list[middle]!.order < order) low = middle + 1
      else high = middle
    }
    return low
  }

  private rowsOf(entries: readonly Entry[]): Row[] {
    return entries.map((entry) => this.rowOf(entry)).filter((row) => row !== null)
  }

  private remember(entry: Entry): void {
    this.entries.set(entry.seq, entry)
    if (entry.cid !== undefined) this.cids.add(entry.cid)
    if (!isMessage(entry) || entry.reply_to === undefined) return
    const answers = this.quoted.get(entry.reply_to)
    if (answers) answers.add(entry.seq)
    else this.quoted.set(entry.reply_to, new Set([entry.seq]))
  }

  private forget(seq: number): void {
    const entry = this.entries.get(seq)
    this.entries.delete(seq)
    if (entry && isMessage(entry) && entry.reply_to !== undefined)
      this.quoted.get(entry.reply_to)?.delete(seq)
  }

  /** The rows, to be changed: a copy, if somebody was shown them. */
  private own(): Row[] {
    if (this.shown) {
      this.list = [...this.list]
      this.shown = false
    }
    return this.list
  }
}
