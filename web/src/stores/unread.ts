/**
 * How much of a conversation is unread: what the server counted up to some entry, and what was heard after it.
 *
 * Rule: nothing is guessed. A change that reaches into what the server counted, and whose effect is not known here,
 * answers false: then the server is asked again.
 */
import type { MessageEntry } from 'teahouse-client'

export interface Counted {
  unread: number
  mentions: number
  /** The last entry that was counted. */
  upto: number
  read: number
}

/** Whether a message counts, for whoever is `me`: not one's own, not the server's, not taken back or deleted. */
export function counts(message: MessageEntry, me: string): boolean {
  if (message.sender.id === me || message.sender.id === 'system') return false
  return message.body !== undefined && message.body.type !== 'system' && !message.recalled && !message.hidden
}

export function mentions(message: MessageEntry, me: string): boolean {
  return message.mentions?.some((id) => id === me || id === '*') ?? false
}

export class Ledger {
  /** Unread messages after `counted.upto`, by seq: whether they mention one. */
  private heard = new Map<number, boolean>()

  constructor(private counted: Counted) {}

  get unread(): number {
    return this.counted.unread + this.heard.size
  }

  get mentions(): number {
    let count = this.counted.mentions
    for (const mention of this.heard.values()) if (mention) count += 1
    return count
  }

  get read(): number {
    return this.counted.read
  }

  add(message: MessageEntry, me: string): void {
    if (message.seq <= Math.max(this.counted.upto, this.counted.read)) return
    if (counts(message, me)) this.heard.set(message.seq, mentions(message, me))
  }

  /** Everything up to `seq` was read (or cleared). */
  readTo(seq: number): boolean {
    if (seq <= this.counted.read) return true
    for (const heard of this.heard.keys()) if (heard <= seq) this.heard.delete(heard)
    const exact = seq >= this.counted.upto || this.counted.unread === 0
    this.counted = exact
      ? { unread: 0, mentions: 0, upto: Math.max(seq, this.counted.upto), read: seq }
      : { ...this.counted, read: seq }
    return exact
  }

  /** These messages do not count any more. */
  drop(seqs: readonly number[]): boolean {
    let exact = true
    for (const seq of seqs) {
      if (this.heard.delete(seq)) continue
      if (seq > this.counted.read && seq <= this.counted.upto && this.counted.unread > 0) exact = false
    }
    return exact
  }

  /** What the server counts now; what was heard after it stays. */
  recount(counted: Counted): void {
    for (const seq of this.heard.keys()) {
      if (seq <= Math.max(counted.upto, counted.read)) this.heard.delete(seq)
    }
    this.counted = counted
  }
}
