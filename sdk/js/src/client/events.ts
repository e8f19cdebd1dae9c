// What a client tells its listeners, by name; and the messages that wait in its outbox.
import type { Disconnected, Refused } from '../wire/errors.js'
import type {
  ByeEvent,
  ClearedEvent,
  ConversationList,
  DeskEvent,
  Entry,
  EphemeralEvent,
  HiddenEvent,
  MembershipEvent,
  NoticeEvent,
  PresenceEvent,
  ReceiptEvent,
  RequestEvent,
  SendCommand,
  Sent,
  StreamEvent,
  TypingEvent,
  Welcome,
} from '../wire/protocol.js'

/** idle: not started · connecting · online: hello was answered · waiting: until `retryAt` · closed: stopped or dismissed. */
export type ClientState = 'idle' | 'connecting' | 'online' | 'waiting' | 'closed'

export interface StateChange {
  state: ClientState
  /** While waiting: when the next try is made, in milliseconds UTC. */
  retryAt: number | null
  /** Why: of `waiting`, what went wrong; of `closed`, why the server does not let this client come back. */
  error: Refused | Disconnected | null
}

/** What one sends: the fields of the op `send` that belong to a message which is stored. */
export type Outgoing = Pick<SendCommand, 'to'> &
  Partial<Omit<SendCommand, 'op' | 'id' | 'to' | 'ephemeral' | 'only' | 'at'>>

export type PendingState = 'waiting' | 'sending' | 'sent' | 'failed'

/** A message on its way. `conversation` is what it is addressed to, until the answer tells the id. */
export interface PendingChange {
  cid: string
  conversation: string
  state: PendingState
  /** Once sent. */
  sent?: Sent
  seq?: number
  /** Once failed: why. */
  error?: Refused
}

/** A message in the outbox as it is kept. It holds what is needed to send it after a reload, and nothing else. */
export interface OutboxRecord {
  cid: string
  message: Outgoing
  /** When it was written, milliseconds UTC; with `order`, its place among the others. */
  created: number
  order: number
  /** It was refused with this, and is not sent again before somebody says so. */
  failed?: { code: string; message: string }
}

/** A message that was handed to `send`. */
export interface Pending {
  readonly cid: string
  /** Resolves when it is stored. Rejects with Refused when the server refuses it for good, with Disconnected when it
   * was dropped. It may wait for days; nobody has to look at it. */
  readonly done: Promise<Sent>
}

export interface ClientEvents {
  state: StateChange
  /** A hello was answered. After it comes what was missed. */
  welcome: Welcome
  /** The conversations one is in, as they are now: after each welcome. */
  conversations: ConversationList
  /** An entry of a log; per conversation in order of seq, each once, one's own, too. What was missed longer ago may
   * come as history shows it, with edits and reactions in it: to apply those again changes nothing. */
  entry: Entry
  ephemeral: EphemeralEvent
  receipt: ReceiptEvent
  typing: TypingEvent
  presence: PresenceEvent
  notice: NoticeEvent
  stream: StreamEvent
  request: RequestEvent
  desk: DeskEvent
  /** One's own place in a large conversation changed. */
  membership: MembershipEvent
  hidden: HiddenEvent
  cleared: ClearedEvent
  /** Too much was missed to be told one by one. Entries go on after `seq`; what is before is to be asked for. */
  reset: { conversation: string; seq: number }
  pending: PendingChange
  bye: ByeEvent
  /** The outbox could not be read or written. Messages are sent all the same, but would not outlive a reload. */
  trouble: { error: unknown }
}
