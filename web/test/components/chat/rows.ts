// Rows as the stores make them, for tests that need some.
import type { MessageRow, SystemRow } from '@/stores/types'

export function message(fields: Partial<MessageRow> = {}): MessageRow {
  const seq = fields.seq === undefined ? 1 : fields.seq
  return {
    kind: 'message',
    key: `k${seq ?? fields.cid}`,
    conversation: 'c1',
    seq,
    order: seq ?? Number.POSITIVE_INFINITY,
    sender: { id: 'u1', nick: 'alice' },
    at: 1_795_477_496_834,
    body: { type: 'text', text: 'hello' },
    own: false,
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
    ...fields,
  }
}

export function system(fields: Partial<SystemRow> = {}): SystemRow {
  const seq = fields.seq === undefined ? 1 : fields.seq
  return {
    kind: 'system',
    key: `k${seq}`,
    conversation: 'c1',
    seq,
    order: seq ?? 0,
    sender: { id: 'u1', nick: 'alice' },
    at: 1_795_477_496_834,
    event: 'member',
    change: 'joined',
    user: { id: 'u2', nick: 'bob' },
    role: '',
    until: 0,
    reason: '',
    title: '',
    expiresS: null,
    ref: null,
    ...fields,
  }
}
