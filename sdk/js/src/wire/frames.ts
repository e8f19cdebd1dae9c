// Frames: what goes over the WebSocket, taken apart.
//
// Rule: no I/O and no state. What a newer server adds is passed over, not an error.
import type {
  Answer,
  CommandByOp,
  EphemeralEvent,
  Entry,
  Failure,
  KnownBody,
  Body,
  MembershipEvent,
  Results,
  ServerEvent,
} from './protocol.js'

export type Op = keyof CommandByOp

/** What each op takes: its command without `op` and `id`, which the client adds. */
export type Commands = { [O in Op]: Omit<CommandByOp[O], 'op' | 'id'> }

export type { Results }

export type ServerFrame = Answer | Failure | ServerEvent | EphemeralEvent | MembershipEvent

/** The frame in a text; null if it is none. */
export function decode(text: unknown): ServerFrame | null {
  if (typeof text !== 'string') return null
  try {
    const frame: unknown = JSON.parse(text)
    return typeof frame === 'object' && frame !== null ? (frame as ServerFrame) : null
  } catch {
    return null
  }
}

export function isAnswer(frame: ServerFrame): frame is Answer {
  return 'ok' in frame
}

export function isFailure(frame: ServerFrame): frame is Failure {
  return 'error' in frame
}

export function isEntry(event: ServerEvent): event is Entry {
  return 'seq' in event
}

/** Whether a body is of a type whose fields are known; the server has checked them. */
export function isBody<T extends KnownBody['type']>(
  body: Body | undefined,
  type: T,
): body is Body & Extract<KnownBody, { type: T }> {
  return body?.type === type
}

/** A key by which a message is known again, never made twice. `crypto.randomUUID` is missing in pages without TLS. */
export function newCid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
