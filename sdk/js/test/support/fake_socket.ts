// A WebSocket that leads to a script in the place of a server.
//
// Rule: as with a real one, what is sent arrives later and in order, and nothing arrives after the end.
import type { SocketClass } from '../../src/index.js'

type Listener = (event: never) => void

/** The server's end: commands come by `heard`, frames go by `say`. */
export class FakeSocket {
  readyState = 0
  heard: (command: Record<string, unknown>) => void = () => {}
  /** The client has closed it, or it was cut. */
  ended = false
  readonly commands: Record<string, unknown>[] = []
  private readonly listeners = new Map<string, Listener[]>()

  constructor(readonly url: string) {}

  addEventListener(type: string, listener: Listener): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener])
  }

  send(text: string): void {
    const command = JSON.parse(text) as Record<string, unknown>
    this.commands.push(command)
    queueMicrotask(() => this.heard(command))
  }

  close(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.ended = true
  }

  open(): void {
    this.readyState = 1
    this.tell('open', {})
  }

  say(frame: object): void {
    if (this.readyState === 1) this.tell('message', { data: JSON.stringify(frame) })
  }

  /** End it from the server's side. */
  cut(code = 1006): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.ended = true
    this.tell('close', { code })
  }

  answer(command: { id?: unknown }, ok: object): void {
    this.say({ re: command.id, ok })
  }

  private tell(type: string, event: object): void {
    for (const listener of this.listeners.get(type) ?? []) listener(event as never)
  }
}

/** A class whose sockets are handed to `made`, which opens them or does not. */
export function socketsOf(made: (socket: FakeSocket) => void): SocketClass {
  return class extends FakeSocket {
    constructor(url: string) {
      super(url)
      queueMicrotask(() => made(this))
    }
  }
}
