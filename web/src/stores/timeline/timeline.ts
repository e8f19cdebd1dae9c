/**
 * One conversation, or one thread, as a view shows it: a window of its log that is moved by pages, with what waits to be
 * sent and what is being written behind it.
 *
 * Rule: whatever comes late is dropped: each move of the window counts, and an answer to a question asked before the
 * last move is not taken in.
 */
import type { Entry, EphemeralEvent, StreamEvent } from 'teahouse-client'
import { Disconnected, Refused } from 'teahouse-client'
import { shallowReactive } from 'vue'

import { hiddenFrom, isMessage, quoteOf, requoted } from '../../db/fold'
import type { Failure, MessageRow, Row, Timeline } from '../types'
import { counts } from '../unread'
import { ephemeralRow, rowOf, waitingRow, type Reader, type Waiting } from './rows'
import type { Page, Source } from './source'
import { Streams } from './streams'
import { Window } from './window'

/** Rows of a window that nobody looks at; and the most there may be, before the far end is let go. */
const KEPT_ROWS = 120
const MOST_ROWS = 30_000

export interface Around {
  reader: Reader
  source: Source
  /** The last entry there is, as far as anybody told. */
  last: () => number
  /** Everything up to here was read, or cleared, before. */
  readSeq: () => number
  clearedSeq: () => number
  /** The last entry of the conversation, as the list knows it. */
  lastSeq: () => number
  /** What waits to be sent here. */
  waiting: () => readonly Waiting[]
  /** A page was taken in. */
  placed: () => void
}

export function failureOf(error: unknown): Failure {
  if (error instanceof Refused) return { code: error.code, message: error.message }
  if (error instanceof Disconnected) return { code: 'disconnected', message: error.message }
  return { code: 'internal', message: String(error) }
}

export class TimelineView implements Timeline {
  private readonly window: Window
  private readonly streams: Streams
  private readonly state = shallowReactive({
    rows: [] as readonly Row[],
    firstUnread: null as number | null,
    hasOlder: false,
    hasNewer: false,
    loadingOlder: false,
    loadingNewer: false,
    opening: true,
    error: null as Failure | null,
  })
  private moves = 0
  private drawing = false
  private loading: Promise<void> | null = null
  private readBefore = 0
  private lastBefore = 0
  private ephemeral = 0
  /** Heard while a page was on its way; they come behind it. */
  private loads = 0
  private late: { entry: Entry; from: number }[] = []
  /** Messages whose quote was looked for. */
  private readonly quotesAsked = new Set<number>()
  /** Rows of what waits: one that has not changed is the same row. */
  private readonly waitingShown = new WeakMap<Waiting, MessageRow>()
  private expiring: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly conversation: string,
    private readonly around: Around,
  ) {
    this.window = new Window((entry) => rowOf(entry, around.reader))
    this.streams = new Streams(() => this.draw())
    this.open()
  }

  get rows(): readonly Row[] {
    return this.state.rows
  }
  get firstUnread(): number | null {
    return this.state.firstUnread
  }
  get hasOlder(): boolean {
    return this.state.hasOlder
  }
  get hasNewer(): boolean {
    return this.state.hasNewer
  }
  get loadingOlder(): boolean {
    return this.state.loadingOlder
  }
  get loadingNewer(): boolean {
    return this.state.loadingNewer
  }
  get opening(): boolean {
    return this.state.opening
  }
  get error(): Failure | null {
    return this.state.error
  }

  /** Somebody begins to look: what is unread from here on is marked as it is now. */
  open(): void {
    this.readBefore = Math.max(this.around.readSeq(), this.around.clearedSeq())
    this.lastBefore = Math.max(this.around.last(), this.around.lastSeq())
    this.state.firstUnread = null
    if (this.state.opening) void this.newest().catch(() => {})
    else this.markUnread()
  }

  /** Nobody looks any more: only the newest rows stay. */
  close(): void {
    if (this.state.hasNewer) {
      this.moves += 1
      this.window.replace([1, 0], [])
      this.state.opening = true
    } else if (this.window.rows.length > KEPT_ROWS) {
      this.window.cut(this.window.rows.at(-KEPT_ROWS)?.seq ?? this.window.from)
    }
    this.draw()
  }

  end(): void {
    this.moves += 1
    this.streams.end()
    clearTimeout(this.expiring)
  }

  newest(): Promise<void> {
    if (!this.state.opening && !this.state.hasNewer) return Promise.resolve()
    this.loading ??= this.move(() => this.around.source.tail()).finally(() => (this.loading = null))
    return this.loading
  }

  async jumpTo(seq: number): Promise<boolean> {
    if (!this.window.has(seq)) {
      await this.loading
      if (!this.window.has(seq)) await this.move(() => this.around.source.around(seq))
    }
    return this.window.row(seq) !== null
  }

  async loadOlder(): Promise<void> {
    if (this.state.loadingOlder || !this.state.hasOlder) return
    this.state.loadingOlder = true
    try {
      await this.extend(
        () => this.around.source.older(this.window.from),
        ({ entries, range }) => {
          this.window.addOlder(range[0], entries)
          if (this.window.rows.length > MOST_ROWS) {
            this.window.cutNewer(this.window.rows[MOST_ROWS >>> 1]!.seq ?? this.window.to)
          }
        },
      )
    } finally {
      this.state.loadingOlder = false
    }
  }

  async loadNewer(): Promise<void> {
    if (this.state.loadingNewer || !this.state.hasNewer) return
    this.state.loadingNewer = true
    try {
      await this.extend(
        () => this.around.source.newer(this.window.to),
        ({ entries, range }) => {
          this.window.addNewer(range[1], entries)
          if (this.window.rows.length > MOST_ROWS) {
            this.window.cut(this.window.rows.at(-MOST_ROWS >>> 1)?.seq ?? this.window.from)
          }
        },
      )
    } finally {
      this.state.loadingNewer = false
    }
  }

  /** An entry; everything from `from` on is known with it. */
  hear(entry: Entry, from: number): void {
    const { source } = this.around
    source.hear(entry)
    if (isMessage(entry) && entry.stream) this.streams.stored(entry.stream.id)
    if (this.loads > 0) this.late.push({ entry, from })
    this.place(entry, from)
    this.draw()
  }

  private place(entry: Entry, from: number): void {
    if (this.state.opening || this.window.to < from - 1) this.window.apply(entry)
    else this.window.hear(entry, this.around.source.takes(entry))
  }

  hearEphemeral(event: EphemeralEvent): void {
    if (this.state.opening || this.state.hasNewer) return
    this.ephemeral += 1
    const order = this.window.to + 1 - 1 / (this.ephemeral + 1)
    this.window.insert(ephemeralRow(event, order, `e${this.ephemeral}`))
    this.draw()
  }

  hearStream(event: StreamEvent): void {
    this.streams.hear(event)
  }

  hide(seqs: readonly number[]): void {
    for (const seq of seqs) {
      const message = this.window.message(seq)
      if (!message) continue
      const hidden = hiddenFrom(message)
      for (const changed of [hidden, ...requoted(hidden, this.window.quoting(seq))]) this.window.put(changed)
    }
    this.draw()
  }

  clear(upto: number): void {
    this.window.cut(upto + 1)
    this.readBefore = Math.max(this.readBefore, upto)
    this.draw()
  }

  /** Too much was missed: what is here does not join what comes. */
  reset(): void {
    this.moves += 1
    this.window.replace([1, 0], [])
    this.state.opening = true
    this.draw()
  }

  /** Receipts came for messages after `from` and up to `to`. */
  receipts(from: number, to: number): void {
    const seqs = this.window.ownSeqs(from, to)
    for (const seq of seqs) this.window.redraw(seq)
    if (seqs.length > 0) this.draw()
  }

  /** Who looks at it wants to know how far the others have read. */
  placed(): void {
    if (!this.state.opening) this.around.placed()
  }

  /** Shows at once what one is about to do to a message; gives what it was before. */
  foresee(seq: number, change: Parameters<Window['apply']>[0]): void {
    if (this.window.has(seq)) this.window.apply(change)
    this.draw()
  }

  /** What `seq` reads as: everything up to the end, if no message that counts follows. */
  readUpTo(seq: number): number {
    if (this.state.hasNewer || !this.window.has(seq)) return seq
    const { rows, to } = this.window
    const later = rows.slice(this.window.place(seq + 1))
    const counted = later.some((row) => {
      const message = this.window.message(row.seq)
      return message !== undefined && counts(message, this.around.reader.me.id)
    })
    return counted ? seq : Math.max(seq, to)
  }

  row(seq: number): Row | null {
    return this.window.row(seq)
  }

  /** Shows what is here now, once for all that changes in this turn. */
  draw(): void {
    if (this.drawing) return
    this.drawing = true
    queueMicrotask(() => {
      this.drawing = false
      this.show()
    })
  }

  private show(): void {
    const { window, state, around } = this
    const floor = around.clearedSeq() + 1
    state.hasOlder = !state.opening && window.from > Math.max(1, floor)
    state.hasNewer = !state.opening && window.to < around.last()
    const behind = state.hasNewer ? [] : [...this.streams.rows(), ...this.waitingRows()]
    state.rows = behind.length > 0 ? [...window.rows, ...behind] : window.rows
    this.markUnread()
    this.watchExpiry()
    this.fillQuotes()
  }

  /** An answer that was heard as it was written does not say what it answers. */
  private fillQuotes(): void {
    for (const row of this.window.rows.slice(-KEPT_ROWS)) {
      if (row.kind !== 'message' || row.replyTo === null || row.quote || row.recalled) continue
      if (row.seq === null || this.quotesAsked.has(row.seq)) continue
      this.quotesAsked.add(row.seq)
      void this.fillQuote(row.seq, row.replyTo)
    }
  }

  private async fillQuote(seq: number, answered: number): Promise<void> {
    const { source } = this.around
    const found = this.window.message(answered) ?? (await source.message(answered).catch(() => null))
    const message = this.window.message(seq)
    if (!found || !message?.body || message.quote) return
    this.window.put({ ...message, quote: quoteOf(this.window.message(answered) ?? found) })
    this.draw()
  }

  private waitingRows(): MessageRow[] {
    // Stored already, but whoever sends it has not heard of it yet.
    const waiting = this.around.waiting().filter(({ cid }) => !this.window.hasCid(cid))
    return waiting.map((waiting) => {
      const known = this.waitingShown.get(waiting)
      if (known && (waiting.replyTo === null || known.quote)) return known
      const answered = this.window.message(waiting.replyTo)
      const row = waitingRow(waiting, this.around.reader.me, answered)
      this.waitingShown.set(waiting, row)
      return row
    })
  }

  private markUnread(): void {
    const { state, window } = this
    if (state.firstUnread !== null && window.has(state.firstUnread)) return
    const { me } = this.around.reader
    if (this.lastBefore <= this.readBefore) return
    if (state.opening || window.from > this.readBefore + 1) return
    for (let at = window.place(this.readBefore + 1); at < window.rows.length; at += 1) {
      const message = window.message(window.rows[at]!.seq)
      // What comes while somebody looks is no news.
      if (message && message.seq > this.lastBefore) return
      if (!message || !counts(message, me.id)) continue
      state.firstUnread = message.seq
      return
    }
  }

  private watchExpiry(): void {
    clearTimeout(this.expiring)
    let next = Infinity
    for (const row of this.window.rows.slice(-KEPT_ROWS)) {
      if (row.kind === 'message' && row.expiresAt !== null) next = Math.min(next, row.expiresAt)
    }
    const wait = next - Date.now()
    if (wait > 24 * 3_600_000) return
    this.expiring = setTimeout(() => this.expire(), Math.max(0, wait) + 50)
  }

  private expire(): void {
    const now = Date.now()
    for (const row of this.window.rows) {
      if (row.kind === 'message' && row.expiresAt !== null && row.expiresAt <= now)
        this.window.redraw(row.order)
    }
    this.draw()
  }

  /** Moves the window to another page. */
  private move(load: () => Promise<Page>): Promise<void> {
    this.moves += 1
    const move = this.moves
    return this.load(load, ({ range, entries }) => {
      if (move !== this.moves) return
      this.window.replace(range, entries)
      this.state.opening = false
    })
  }

  private extend(load: () => Promise<Page>, take: (page: Page) => void): Promise<void> {
    const move = this.moves
    const { from, to } = this.window
    return this.load(load, (page) => {
      if (move === this.moves && this.window.from <= from && this.window.to >= to) take(page)
    })
  }

  /** Takes a page in, and behind it what was heard while it was on its way. */
  private async load(load: () => Promise<Page>, take: (page: Page) => void): Promise<void> {
    this.loads += 1
    try {
      take(await load())
      for (const { entry, from } of this.late) this.place(entry, from)
      this.state.error = null
      this.placed()
    } catch (error) {
      this.state.error = failureOf(error)
      throw error
    } finally {
      this.loads -= 1
      if (this.loads === 0) this.late = []
      this.show()
    }
  }
}
