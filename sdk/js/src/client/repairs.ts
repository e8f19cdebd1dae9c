// Repairs: read from history what is missing, a page at a time, few conversations at once.
//
// Rule: a gap is either closed or given up for good; nothing is held for ever. When the connection is lost meanwhile,
// the next one brings what was missing, from the cursors on.
import { Disconnected, Refused } from '../wire/errors.js'
import type { HistoryPage } from '../wire/protocol.js'
import { Backoff } from './backoff.js'
import type { Sequence } from './sequence.js'

const PAGE = 200 // entries; the most one page may have
const AT_ONCE = 2 // questions about history hold up the commands after them

export interface Ask {
  history(conversation: string, after: number | null, limit: number): Promise<HistoryPage>
  /** Too much is missing to be told one by one: entries go on after `seq`. */
  reset(conversation: string, seq: number): void
}

export class Repairs {
  private waiting = new Set<string>()
  private running = new Set<string>()
  private turn = 0

  /** Of more than `catchUp` missing entries none is told. */
  constructor(
    private readonly sequence: Sequence,
    private readonly ask: Ask,
    private readonly catchUp: number,
  ) {}

  start(conversation: string): void {
    if (this.running.has(conversation)) return
    this.waiting.add(conversation)
    this.next()
  }

  /** The connection was lost: what is under way leads nowhere. */
  reset(): void {
    this.turn += 1
    this.waiting = new Set()
    this.running = new Set()
  }

  private next(): void {
    for (const conversation of this.waiting) {
      if (this.running.size >= AT_ONCE) return
      this.waiting.delete(conversation)
      this.running.add(conversation)
      void this.run(conversation, this.turn)
    }
  }

  private async run(conversation: string, turn: number): Promise<void> {
    const backoff = new Backoff(500, 15_000)
    let closed = false
    while (!closed) {
      try {
        closed = await this.step(conversation, turn)
      } catch (error) {
        if (turn !== this.turn) return
        closed = this.refused(conversation, error)
        if (!closed) await pause(backoff.next(error instanceof Refused ? error.retryAfterMs : 0))
      }
      if (turn !== this.turn) return
    }
    this.running.delete(conversation)
    // A gap that opened while this one was being closed.
    if (this.sequence.gap(conversation)) this.waiting.add(conversation)
    this.next()
  }

  /** One question. True: the gap is closed. */
  private async step(conversation: string, turn: number): Promise<boolean> {
    const gap = this.sequence.gap(conversation)
    if (!gap) return true
    if (gap.before === null || gap.before - gap.after > this.catchUp) {
      const newest = await this.ask.history(conversation, null, 1)
      if (turn !== this.turn) return true
      const last = newest.entries.at(-1)?.seq ?? 0
      if (last - gap.after > this.catchUp) {
        this.ask.reset(conversation, last)
        this.sequence.advanceTo(conversation, last)
        return this.sequence.fill(conversation, [], false)
      }
    }
    const page = await this.ask.history(conversation, gap.after, PAGE)
    if (turn !== this.turn) return true
    return this.sequence.fill(conversation, page.entries, page.more)
  }

  /** What is refused for good is not for this user to see: go on with what is there. */
  private refused(conversation: string, error: unknown): boolean {
    if (error instanceof Disconnected || (error instanceof Refused && error.retry)) return false
    this.sequence.gap(conversation)
    return this.sequence.fill(conversation, [], false)
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
