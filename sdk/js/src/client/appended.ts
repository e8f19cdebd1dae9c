// Which entries an answer stands for: the session is told of them by the answer, and by no event.
//
// Rule: only what writes to a log; `read` answers a seq, too.
import type { Commands, Op, Results } from '../wire/frames.js'
import type { Sent } from '../wire/protocol.js'

const APPENDING: ReadonlySet<Op> = new Set<Op>([
  'send',
  'edit',
  'recall',
  'react',
  'pin',
  'create',
  'join',
  'leave',
  'invite',
  'kick',
  'role',
  'mute',
  'expire',
  'stream',
  'update',
  'dissolve',
  'ban',
  'unban',
  'approve',
])

export interface Appended {
  conversation: string
  seq: number
  /** Of a send: its answer. */
  sent?: Sent
}

interface Answered {
  conversation?: string
  seq?: number
  routed?: { conversation: string; seq: number }[]
}

export function appended(op: Op, fields: Commands[Op], ok: Results[Op]): Appended[] {
  if (!APPENDING.has(op)) return []
  const { conversation, seq, routed = [] } = ok as Answered
  const place = conversation ?? (fields as Answered).conversation
  if (place === undefined || seq === undefined) return []
  if (routed.length > 0) return routed.map(({ conversation, seq }) => ({ conversation, seq }))
  return [{ conversation: place, seq, ...(op === 'send' && { sent: ok as Sent }) }]
}
