/**
 * What one entry, or one's own change, makes of the summary of a conversation. Pure: the store holds the summaries.
 *
 * A record is what the server told of the conversation (`wire`), brought up to date by what was heard since, and its
 * count of the unread.
 */
import type { Entry, MessageEntry, Summary as WireSummary } from 'teahouse-client'

import { conversationPicture } from '../api/pictures'
import { expiry, folded, hiddenFrom, isMessage, isModification } from '../db/fold'
import type { Kind, LastMessage, Mark, Person, Role, Summary } from './types'
import { Ledger } from './unread'

export interface Kept {
  wire: WireSummary
  ledger: Ledger
  /** How far was read here; the server may not know yet. */
  wantedRead: number
  draft: string
  typing: readonly Person[]
  /** The file id of the picture; null: not known yet. */
  avatar: string | null
  /** When it was made, or one came in: places it in the list while it has no message. */
  since: number
}

/** What is to be done beside showing the new summary. */
export type After = 'nothing' | 'ask again' | 'gone'

const GONE = new Set(['left', 'kicked', 'banned'])

/** Takes an entry in. `ask again`: what it changed is not known here. */
export function takeIn(kept: Kept, entry: Entry, me: string): After {
  if (entry.seq > kept.wire.last_seq) kept.wire = { ...kept.wire, last_seq: entry.seq }
  if (isMessage(entry)) return heardMessage(kept, entry, me)
  if (isModification(entry)) {
    const last = kept.wire.last_message
    if (last && isMessage(last) && last.seq === entry.ref) {
      kept.wire = { ...kept.wire, last_message: folded(last, entry) }
    }
    return entry.ev === 'recall' && !kept.ledger.drop([entry.ref]) ? 'ask again' : 'nothing'
  }
  if (entry.ev === 'member') {
    if (entry.user.id !== me) return 'nothing'
    if (GONE.has(entry.change)) return 'gone'
    kept.since = entry.at
    if (entry.change === 'role' && entry.role) kept.wire = { ...kept.wire, role: entry.role }
    return 'nothing'
  }
  if (entry.dissolved) return 'gone'
  if (entry.members) kept.since = entry.at
  if (entry.avatar !== undefined) kept.avatar = entry.avatar
  const { title, expires_s = kept.wire.expires_s } = entry
  kept.wire = { ...kept.wire, title: kept.wire.kind === 'direct' ? kept.wire.title : title }
  if (expires_s !== undefined) kept.wire.expires_s = expires_s
  return 'nothing'
}

function heardMessage(kept: Kept, entry: MessageEntry, me: string): After {
  if (entry.hidden) return 'nothing'
  const before = kept.wire.last_message
  if (!before || entry.seq > before.seq) kept.wire = { ...kept.wire, last_message: entry }
  if (entry.sender.id === me) return readTo(kept, entry.seq)
  kept.ledger.add(entry, me)
  return 'nothing'
}

export function readTo(kept: Kept, seq: number): After {
  if (seq > kept.wire.read_seq) kept.wire = { ...kept.wire, read_seq: seq }
  return kept.ledger.readTo(seq) ? 'nothing' : 'ask again'
}

/** Messages deleted for oneself. Which one is the last now, only the server knows. */
export function hide(kept: Kept, seqs: readonly number[]): After {
  const exact = kept.ledger.drop(seqs)
  const last = kept.wire.last_message
  if (!last || !isMessage(last) || !seqs.includes(last.seq)) return exact ? 'nothing' : 'ask again'
  kept.wire = { ...kept.wire, last_message: hiddenFrom(last) }
  return 'ask again'
}

export function clear(kept: Kept, upto: number): After {
  const last = kept.wire.last_message
  const left = last && last.seq > upto ? last : null
  kept.wire = { ...kept.wire, cleared_seq: upto, last_message: left }
  return kept.ledger.readTo(upto) ? 'nothing' : 'ask again'
}

/** The conversation as views see it. */
export function shown(kept: Kept, me: string, markOf: (seq: number) => Mark): Summary {
  const { wire, ledger, draft, typing } = kept
  const last = wire.last_message && isMessage(wire.last_message) ? wire.last_message : null
  return {
    id: wire.conversation,
    kind: wire.kind as Kind,
    title: wire.title,
    peer: wire.peer ?? null,
    role: wire.role as Role,
    lastMessage: last && !last.hidden ? lastMessage(last, me, markOf) : null,
    lastAt: last?.at ?? kept.since,
    lastSeq: wire.last_seq,
    readSeq: wire.read_seq,
    clearedSeq: wire.cleared_seq ?? 0,
    unread: ledger.unread,
    mentions: ledger.mentions,
    pinned: wire.pinned,
    muted: wire.muted,
    archived: wire.archived,
    draft,
    typing,
    avatar: conversationPicture(wire.conversation, kept.avatar ?? ''),
    expiresS: wire.expires_s ?? 0,
  }
}

function lastMessage(message: MessageEntry, me: string, markOf: (seq: number) => Mark): LastMessage {
  const end = expiry(message)
  const over = end !== null && end <= Date.now()
  const own = message.sender.id === me
  return {
    seq: message.seq,
    sender: message.sender,
    at: message.at,
    body: over || !message.body ? { type: '' } : message.body,
    recalled: over || message.recalled === true,
    own,
    mark: own ? markOf(message.seq) : null,
    bot: message.bot === true,
  }
}

export interface MadeWith {
  wantedRead?: number
  avatar?: string | null
  since?: number
}

export function made(
  wire: WireSummary,
  { wantedRead = 0, avatar = wire.avatar ?? null, since = 0 }: MadeWith = {},
): Kept {
  const { unread, mentions, last_seq, read_seq } = wire
  const ledger = new Ledger({ unread, mentions, upto: last_seq, read: read_seq })
  const kept: Kept = { wire, ledger, wantedRead, draft: '', typing: [], avatar, since }
  if (wantedRead > read_seq) readTo(kept, wantedRead)
  return kept
}

/** What the server tells now. What was heard after its answer was made stays; so does what was read here. */
export function told(kept: Kept, wire: WireSummary): void {
  const { unread, mentions, last_seq, read_seq } = wire
  const { last_seq: heard, last_message } = kept.wire
  kept.ledger.recount({ unread, mentions, upto: last_seq, read: read_seq })
  kept.wire = heard > last_seq ? { ...wire, last_seq: heard, last_message: last_message ?? null } : wire
  kept.avatar = wire.avatar ?? kept.avatar
  if (kept.wantedRead > read_seq) readTo(kept, kept.wantedRead)
}

/** Pinned first, then by the last message, the newest first. */
export function inOrder(summaries: Iterable<Summary>): Summary[] {
  return [...summaries].sort(
    (one, other) => Number(other.pinned) - Number(one.pinned) || other.lastAt - one.lastAt,
  )
}
