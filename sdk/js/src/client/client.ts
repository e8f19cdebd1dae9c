import type { Commands, Op, Results } from '../wire/frames.js'
import type { User } from '../wire/protocol.js'
import type { ClientEvents, ClientState, OutboxRecord, Outgoing, Pending } from './events.js'
import type { ClientOptions } from './options.js'

export declare class TeahouseClient {
  constructor(options: ClientOptions)
  readonly state: ClientState
  /** Who the last welcome said one is. */
  readonly me: User | null
  readonly lobby: string
  readonly retryAt: number | null
  start(): void
  stop(): void
  retryNow(): void
  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): () => void
  call<O extends Op>(op: O, fields: Commands[O]): Promise<Results[O]>
  send(message: Outgoing): Pending
  retrySend(cid: string): void
  dropSend(cid: string): void
  outgoing(): OutboxRecord[]
  cursor(conversation: string): number | undefined
  setCursor(conversation: string, seq: number): void
  forget(conversation: string): void
}
