// What a client is made with, and what it expects of a WebSocket.
import type { Commands } from '../wire/frames.js'
import type { OutboxStorage } from './outbox_storage.js'

/** The fields of `hello` that say who one is. */
export type Hello = Omit<Commands['hello'], 'cursors'>

/** The part of the browsers' WebSocket that is used. The class of the package `ws` has it, too. */
export interface Socket {
  readonly readyState: number
  addEventListener(type: 'open' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void
  send(data: string): void
  close(code?: number, reason?: string): void
}

export type SocketClass = new (url: string) => Socket

export interface ClientOptions {
  /** ws://host:port/ws or wss://...; in a page a path of its own origin will do. */
  url: string
  /** Who one is, asked anew for each connection: tokens expire. A Refused that is not to be retried ends the client. */
  credentials: () => Promise<Hello>
  /** A name for this device, unless the credentials have one. */
  device?: string
  /** The last seq this device has of each conversation. What comes after it is told. */
  cursors?: Record<string, number>
  outbox?: OutboxStorage
  /** The class to connect with, where there is none in the surroundings (Node.js before 22). */
  WebSocket?: SocketClass
  /** How long to wait for an answer, milliseconds: 15,000. */
  timeoutMs?: number
  /** How many missed entries of a conversation are told one by one; of more, there is a `reset`: 2,000. */
  catchUp?: number
  /** Messages of the outbox on their way at once, in different conversations: 8. */
  inFlight?: number
  /** Tell the server what this device has received, so that others see it delivered: true. */
  confirm?: boolean
}

/** The class to connect with. */
export function socketClass(options: ClientOptions): SocketClass {
  const found = options.WebSocket ?? (globalThis as { WebSocket?: SocketClass }).WebSocket
  if (!found) throw new TypeError('there is no WebSocket here: give one as the option `WebSocket`')
  return found
}

/** The whole address. In a page, `/ws` is a path of its own origin. TypeError if it is no address. */
export function addressOf(url: string): string {
  const page = (globalThis as { location?: { href: string } }).location
  const whole = new URL(url, page?.href)
  whole.protocol = whole.protocol.replace('http', 'ws')
  return whole.href
}
