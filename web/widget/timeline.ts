/**
 * The conversation as it is shown: entries of the log and messages that are not there yet, made into rows.
 *
 * Rule: nothing here knows the page or the network; what the log says of a message later is laid over it.
 */
import type { Body, Entry, MessageEntry, OutboxRecord } from 'teahouse-client'

/** The bot's user id; see docs/how-to/desk.md. */
export const BOT = 'desk'
const GROUP_MS = 5 * 60_000

export type Author = 'own' | 'bot' | 'agent'
export type Sending = 'sending' | 'sent' | 'failed'

export interface Said {
  kind: 'said'
  key: string
  author: Author
  nick: string
  at: number
  body: Body | null
  /** Of one's own. */
  sending: Sending | null
  cid: string
  /** The first of several by the same. */
  first: boolean
}

export interface Day {
  kind: 'day'
  key: string
  at: number
}

export type Row = Said | Day

interface Waiting {
  record: OutboxRecord
  sending: Sending
  /** Once it is stored. */
  seq: number
}

export class Timeline {
  private readonly said = new Map<number, MessageEntry>()
  private readonly pending = new Map<string, Waiting>()
  me = ''

  /** The last seq of a message. */
  get newest(): number {
    return Math.max(0, ...this.said.keys())
  }

  clear(): void {
    this.said.clear()
  }

  forgetPending(): void {
    this.pending.clear()
  }

  /** Take in an entry; whether it is a new message of somebody else's. */
  take(entry: Entry): boolean {
    if (entry.ev === 'message') {
      const isNew = !this.said.has(entry.seq)
      const cid = entry.cid ?? this.cidOf(entry.seq)
      this.said.set(entry.seq, cid ? { ...entry, cid } : entry)
      this.pending.delete(cid)
      return isNew && entry.sender.id !== this.me
    }
    if (entry.ev !== 'edit' && entry.ev !== 'recall') return false
    const message = this.said.get(entry.ref)
    if (message && entry.ev === 'edit' && entry.body) {
      this.said.set(entry.ref, { ...message, body: entry.body })
    } else if (message && entry.ev === 'recall') {
      const { body: _, ...bare } = message
      this.said.set(entry.ref, { ...bare, recalled: true })
    }
    return false
  }

  /** A message that is on its way, or failed. */
  wait(record: OutboxRecord, sending: Sending): void {
    this.pending.set(record.cid, { record, sending, seq: 0 })
  }

  /** It is stored as `seq`; it stays until its entry is here. */
  stored(cid: string, seq: number): void {
    const waiting = this.pending.get(cid)
    const entry = this.said.get(seq)
    if (entry) {
      this.said.set(seq, { ...entry, cid })
      this.pending.delete(cid)
    } else if (waiting) {
      this.pending.set(cid, { ...waiting, sending: 'sent', seq })
    }
  }

  /** How many messages of others came after `seq`. */
  unread(seq: number): number {
    return [...this.said.values()].filter((entry) => entry.seq > seq && entry.sender.id !== this.me).length
  }

  rows(): Row[] {
    const logged = [...this.said.values()].sort((a, b) => a.seq - b.seq).map((entry) => this.logged(entry))
    const waiting = [...this.pending.values()]
      .sort((a, b) => a.record.order - b.record.order)
      .map(({ record, sending }) => waitingRow(record, sending))
    return grouped([...logged, ...waiting])
  }

  private cidOf(seq: number): string {
    for (const [cid, waiting] of this.pending) if (waiting.seq === seq) return cid
    return ''
  }

  private logged(entry: MessageEntry): Said {
    const own = entry.sender.id === this.me
    return {
      kind: 'said',
      key: entry.cid ? `c${entry.cid}` : `s${entry.seq}`,
      author: own ? 'own' : entry.sender.id === BOT ? 'bot' : 'agent',
      nick: entry.sender.nick,
      at: entry.at,
      body: entry.body ?? null,
      sending: own ? 'sent' : null,
      cid: entry.cid ?? '',
      first: true,
    }
  }
}

function waitingRow({ cid, message, created }: OutboxRecord, sending: Sending): Said {
  const body = message.body ?? { type: 'text', text: message.text ?? '' }
  return {
    kind: 'said',
    key: `c${cid}`,
    author: 'own',
    nick: '',
    at: created,
    body,
    sending,
    cid,
    first: true,
  }
}

/** With a line between days, and of several by the same one after the other only the first saying who it is. */
export function grouped(said: Said[]): Row[] {
  const rows: Row[] = []
  let before: Said | null = null
  for (const row of said) {
    const sameDay: boolean = before !== null && dayOf(before.at) === dayOf(row.at)
    if (!sameDay) rows.push({ kind: 'day', key: `d${dayOf(row.at)}-${row.key}`, at: row.at })
    const follows: boolean =
      sameDay && before!.author === row.author && before!.nick === row.nick && row.at - before!.at < GROUP_MS
    rows.push({ ...row, first: !follows })
    before = row
  }
  return rows
}

export function dayOf(at: number): string {
  const day = new Date(at)
  return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`
}
