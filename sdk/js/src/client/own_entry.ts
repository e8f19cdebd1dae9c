// The entry that one's own send became, made from the command and its answer.
//
// Rule: either it is what all others are told, or it is not made, and is asked for. Who is mentioned, what a slash
// command means, what a file is: the server alone knows.
import type { Body, MessageEntry, Sent, User } from '../wire/protocol.js'
import type { Outgoing } from './events.js'

/** Who sends, and for how long messages stay in a conversation (undefined: nobody told us). */
export interface Author {
  user: User
  bot: boolean
  expires(conversation: string): number | undefined
}

export function ownEntry(message: Outgoing, sent: Sent, author: Author): MessageEntry | null {
  const body = plainBody(message)
  const expires = message.expires_s ?? author.expires(sent.conversation)
  if (!body || expires === undefined || sent.duplicate || message.to.startsWith('topic:')) return null
  return {
    ev: 'message',
    conversation: sent.conversation,
    seq: sent.seq,
    message: sent.message,
    sender: { id: author.user.id, nick: author.user.nick },
    at: sent.at,
    ...(message.cid && { cid: message.cid }),
    body,
    ...(message.reply_to && { reply_to: message.reply_to }),
    ...(message.thread && { thread: message.thread }),
    ...(message.priority === 'high' && { priority: 'high' }),
    ...(expires > 0 && { expires_s: expires }),
    ...(author.bot && { bot: true }),
  }
}

/** The body as it is stored, if nothing in it is for the server to interpret. */
function plainBody({ text, body, forward }: Outgoing): Body | null {
  const said = text !== undefined && text !== null ? { type: 'text', text } : body
  if (!said || forward || (said.type !== 'text' && said.type !== 'markdown')) return null
  const words = said.text ?? ''
  return words.includes('@') || words.startsWith('/') ? null : said
}
