/**
 * Rows: an entry, a message that waits, or one that is being written, as a view shows it.
 *
 * Rule: pure. The key of one's own message is its cid, of a bot's stream its id: so the row that was there before the
 * entry goes on as the same row.
 */
import type {
  ConversationEntry,
  Entry,
  EphemeralEvent,
  MemberEntry,
  MessageEntry,
  StreamEvent,
} from 'teahouse-client'

import { expiry, isMessage, quoteOf, timely } from '../../db/fold'
import type { Body, Failure, Mark, MessageRow, Person, Row, SendState, SystemRow } from '../types'
import { mentions } from '../unread'

/** What rows need to know beside the entry. */
export interface Reader {
  me: Person
  mark: (seq: number) => Mark
  readCount: (seq: number) => number
}

const NOTHING: Body = { type: '' }

const BLANK = {
  kind: 'message',
  seq: null,
  cid: null,
  edited: null,
  recalled: false,
  expired: false,
  pinned: false,
  reactions: [],
  mentions: [],
  mentionsMe: false,
  replyTo: null,
  quote: null,
  thread: null,
  replies: null,
  forwarded: null,
  bot: false,
  webhook: null,
  high: false,
  expiresAt: null,
  ephemeral: false,
  streaming: false,
  state: 'sent',
  error: null,
  mark: null,
  readCount: 0,
  upload: null,
} as const

/** null: this entry has no row of its own. */
export function rowOf(entry: Entry, reader: Reader): Row | null {
  if (isMessage(entry)) return messageRow(timely(entry, Date.now()), reader)
  if (entry.ev === 'member') return memberRow(entry)
  if (entry.ev === 'conversation') return conversationRow(entry)
  if (entry.ev === 'pin' && entry.on)
    return { ...systemRow(entry), event: 'pin', change: 'on', ref: entry.ref }
  return null
}

function keyOf(message: MessageEntry, own: boolean): string {
  if (own && message.cid) return pendingKey(message.cid)
  return message.stream ? streamKey(message.stream.id) : `s${message.seq}`
}

const pendingKey = (cid: string): string => `c${cid}`
const streamKey = (stream: string): string => `w${stream}`

function messageRow(message: MessageEntry, reader: Reader): MessageRow | null {
  if (message.hidden) return null
  const { seq, sender } = message
  const own = sender.id === reader.me.id
  return {
    ...BLANK,
    ...answered(message),
    ...marked(message, reader, own),
    key: keyOf(message, own),
    conversation: message.conversation,
    seq,
    order: seq,
    sender,
    at: message.at,
    body: (message.body as Body | undefined) ?? NOTHING,
    own,
    cid: message.cid ?? null,
    edited: message.edited?.at ?? null,
    recalled: message.recalled === true,
    expired: message.expired === true,
    mentions: message.mentions ?? [],
    mentionsMe: !own && mentions(message, reader.me.id),
    forwarded: message.forwarded ?? null,
    bot: message.bot === true,
    webhook: message.webhook ?? null,
    high: message.priority === 'high',
    expiresAt: expiry(message),
  }
}

/** What stands around what is said: the message it answers, its thread. */
function answered(message: MessageEntry): Pick<MessageRow, 'replyTo' | 'quote' | 'thread' | 'replies'> {
  const { quote, replies } = message
  return {
    replyTo: message.reply_to ?? null,
    quote: shownQuote(quote),
    thread: message.thread ?? null,
    replies: replies?.replies
      ? { count: replies.replies, lastSeq: replies.last_seq, lastAt: replies.last_at }
      : null,
  }
}

function shownQuote(quote: MessageEntry['quote']): MessageRow['quote'] {
  if (!quote) return null
  return { ...quote, type: quote.type ?? '', text: quote.text ?? '', recalled: quote.recalled === true }
}

/** What others did with it. */
function marked(
  message: MessageEntry,
  { me, mark, readCount }: Reader,
  own: boolean,
): Pick<MessageRow, 'pinned' | 'reactions' | 'mark' | 'readCount'> {
  const reactions = message.reactions ?? []
  return {
    pinned: message.pinned === true,
    reactions: reactions.map((reaction) => ({ ...reaction, mine: reaction.users.includes(me.id) })),
    mark: own ? mark(message.seq) : null,
    readCount: own ? readCount(message.seq) : 0,
  }
}

function systemRow(entry: Entry): Omit<SystemRow, 'event' | 'change'> {
  const { conversation, seq, sender, at } = entry
  return {
    kind: 'system',
    key: `s${seq}`,
    conversation,
    seq,
    order: seq,
    sender,
    at,
    user: null,
    role: '',
    until: 0,
    reason: '',
    title: '',
    expiresS: null,
    ref: null,
  }
}

function memberRow(entry: MemberEntry): SystemRow {
  const { user, change, role = '', until = 0, reason = '' } = entry
  return { ...systemRow(entry), event: 'member', change, user, role, until, reason }
}

function conversationRow(entry: ConversationEntry): SystemRow {
  const { title, expires_s: expiresS = null } = entry
  const change = entry.members
    ? 'created'
    : entry.dissolved
      ? 'dissolved'
      : entry.join === undefined && expiresS !== null
        ? 'expires'
        : 'settings'
  return { ...systemRow(entry), event: 'conversation', change, title, expiresS }
}

/** A message that is not stored yet. */
export interface Waiting {
  cid: string
  conversation: string
  body: Body
  replyTo: number | null
  thread: number | null
  at: number
  state: SendState
  error: Failure | null
  upload: string | null
}

export function waitingRow(waiting: Waiting, me: Person, answered?: MessageEntry): MessageRow {
  const { cid, conversation, body, at, replyTo, thread, state, error, upload } = waiting
  const place = { key: pendingKey(cid), conversation, order: Number.MAX_SAFE_INTEGER, sender: me, at }
  const quote = answered ? shownQuote(quoteOf(answered)) : null
  return { ...BLANK, ...place, body, own: true, cid, replyTo, quote, thread, state, error, upload }
}

/** `order`: behind which entry it came. */
export function ephemeralRow(event: EphemeralEvent, order: number, key: string): MessageRow {
  const { conversation, sender, at } = event
  const body = event.body as Body
  return { ...BLANK, key, conversation, order, sender, at, body, own: false, ephemeral: true }
}

export function streamRow(event: StreamEvent, text: string, at: number): MessageRow {
  const { conversation, sender, type, thread = null, reply_to: replyTo = null } = event
  const place = { key: streamKey(event.stream), conversation, order: Number.MAX_SAFE_INTEGER - 1, sender, at }
  return { ...BLANK, ...place, body: { type, text }, own: false, bot: true, streaming: true, thread, replyTo }
}
