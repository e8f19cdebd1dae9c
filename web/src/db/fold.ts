/**
 * What edits, recalls, reactions and pins make of a message: the fold of the log, one entry at a time.
 *
 * Rule: pure. `folded` returns the very same message if nothing changes. To apply entries in their order to a message
 * that has them already ends in the same message, so whoever hears an entry twice needs not mind.
 */
import type { Entry, MessageEntry, Reacted } from 'teahouse-client'

export type Modification = Exclude<Entry, { ev: 'message' | 'member' | 'conversation' }>

export function isMessage(entry: Entry): entry is MessageEntry {
  return entry.ev === 'message'
}

export function isModification(entry: Entry): entry is Modification {
  return 'ref' in entry
}

export function folded(message: MessageEntry, change: Modification): MessageEntry {
  if (message.hidden) return message
  if (change.ev === 'recall') return tombstone(message, change.expired === true)
  if (message.recalled) return message
  switch (change.ev) {
    case 'edit':
      return edited(message, change)
    case 'reaction':
      return reacted(message, change)
    case 'pin':
      if (Boolean(message.pinned) === change.on) return message
      return { ...message, pinned: change.on }
  }
}

/** What is left of a message that was taken back: its place, who wrote it and when. */
export function tombstone(message: MessageEntry, expired = false): MessageEntry {
  if (message.recalled && Boolean(message.expired) === expired) return message
  const { ev, conversation, seq, message: id, sender, at, cid, thread } = message
  const left: MessageEntry = { ev, conversation, seq, message: id, sender, at, recalled: true }
  if (cid !== undefined) left.cid = cid
  if (thread !== undefined) left.thread = thread
  if (expired) left.expired = true
  return left
}

/** The place of a message that the reader deleted for themselves. */
export function hiddenFrom(message: MessageEntry): MessageEntry {
  if (message.hidden) return message
  const { ev, conversation, seq, message: id, sender, at } = message
  return { ev, conversation, seq, message: id, sender, at, hidden: true }
}

function edited(message: MessageEntry, edit: Extract<Modification, { ev: 'edit' }>): MessageEntry {
  // Without a body it was hidden or erased since; and an older edit cannot undo a newer one.
  if (!edit.body || edit.hidden || edit.expired) return message
  if (message.edited && message.edited.seq >= edit.seq) return message
  const { mentions: _, ...rest } = message
  const next: MessageEntry = { ...rest, body: edit.body, edited: { seq: edit.seq, at: edit.at } }
  if (edit.mentions) next.mentions = edit.mentions
  return next
}

function reacted(message: MessageEntry, change: Extract<Modification, { ev: 'reaction' }>): MessageEntry {
  const before = message.reactions ?? []
  const had = before.find((reaction) => reaction.emoji === change.emoji)?.users ?? []
  if (had.includes(change.sender.id) === change.on) return message
  const users = change.on ? [...had, change.sender.id] : had.filter((user) => user !== change.sender.id)
  const now: Reacted = { emoji: change.emoji, count: users.length, users }
  const reactions = before
    .map((reaction) => (reaction.emoji === change.emoji ? now : reaction))
    .filter((reaction) => reaction.users.length > 0)
  if (had.length === 0) reactions.push(now)
  const { reactions: _, ...rest } = message
  return reactions.length > 0 ? { ...rest, reactions } : rest
}

/** What a reply shows of the message it answers, as that is now; nothing if it is hidden. */
export function quoteOf(message: MessageEntry): MessageEntry['quote'] {
  const quote = { seq: message.seq, sender: message.sender }
  if (message.hidden) return undefined
  if (message.recalled || !message.body) return { ...quote, recalled: true }
  const { type, text, title, name } = message.body
  const words = [text, title, name].find((word) => typeof word === 'string' && word !== '')
  return { ...quote, type, text: typeof words === 'string' ? words.slice(0, 100) : '' }
}

/** The messages around an entry that it may change. */
export interface Around {
  /** The message it speaks of. */
  target?: MessageEntry | undefined
  /** The root of the thread that it, or its target, is in. */
  root?: MessageEntry | undefined
  /** The messages that answer the target. */
  quoting?: readonly MessageEntry[]
}

/** What an entry makes of the messages around it: those that changed, as they are now. */
export function consequences(entry: Entry, { target, root, quoting = [] }: Around): MessageEntry[] {
  if (isMessage(entry)) return entry.thread !== undefined && root ? [withReply(root, entry)] : []
  if (!isModification(entry) || !target) return []
  const next = folded(target, entry)
  if (next === target) return []
  const changed = [next]
  if (entry.ev === 'edit' || entry.ev === 'recall') changed.push(...requoted(next, quoting))
  if (next.recalled && !target.recalled && root?.replies) {
    const { replies, ...rest } = root.replies
    changed.push({ ...root, replies: { ...rest, replies: Math.max(0, replies - 1) } })
  }
  return changed
}

/** The answers to `message` with the quote as it is now. */
export function requoted(message: MessageEntry, quoting: readonly MessageEntry[]): MessageEntry[] {
  const quote = quoteOf(message)
  return quoting.filter((answer) => answer.body).map((answer) => ({ ...answer, quote }))
}

function withReply(root: MessageEntry, reply: MessageEntry): MessageEntry {
  const before = root.replies ?? { replies: 0, last_seq: 0, last_at: 0 }
  if (reply.seq <= before.last_seq || reply.recalled) return root
  return {
    ...root,
    replies: { replies: before.replies + 1, last_seq: reply.seq, last_at: reply.at },
  }
}

/** The message as it may be shown at `now`: nobody is shown one whose time is over, also while offline. */
export function timely(message: MessageEntry, now: number): MessageEntry {
  const end = expiry(message)
  return end !== null && end <= now ? tombstone(message, true) : message
}

export function expiry(message: MessageEntry): number | null {
  return message.expires_s && message.body ? message.at + message.expires_s * 1000 : null
}
