// Teahouse for browsers and Node.js: a client that stays connected, tells everything once and in order, and sends what
// it was given until it is stored; and typed calls of the REST interface.
export { TeahouseClient } from './client/client.js'
export type {
  ClientEvents,
  ClientState,
  Outgoing,
  OutboxRecord,
  Pending,
  PendingChange,
  PendingState,
  StateChange,
} from './client/events.js'
export type { ClientOptions, Hello, Socket, SocketClass } from './client/options.js'
export { MemoryOutbox } from './client/outbox_storage.js'
export type { OutboxStorage } from './client/outbox_storage.js'
export { createRest } from './rest/rest.js'
export type { AnswerOf, CallOf, Method, Rest, RestOptions, Schemas } from './rest/rest.js'
export { Disconnected, Refused } from './wire/errors.js'
export { isBody, newCid } from './wire/frames.js'
export type { Commands, Op } from './wire/frames.js'
export type * from './wire/protocol.js'
