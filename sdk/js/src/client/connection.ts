// One connection: commands out, answers back by id, events to whoever hears them.
//
// Rule: frames are looked at in the order they come, and `answered` and `event` are called in that order, at once: the
// answer to one's own send is the place of that message among the others. A connection ends once, and is not used again.
import { Disconnected, Refused } from '../wire/errors.js'
import { decode, isAnswer, isFailure, type Commands, type Op, type Results } from '../wire/frames.js'
import type { Problem, ServerEvent } from '../wire/protocol.js'
import type { Socket, SocketClass } from './options.js'

const OPEN = 1

export interface Hears {
  /** A command succeeded; called before its promise resolves. */
  answered(op: Op, fields: Commands[Op], ok: Results[Op]): void
  event(event: ServerEvent): void
  /** A command without an id was refused. */
  refused(problem: Problem): void
  /** The connection has ended; called once, after all that waited was told. */
  lost(error: Disconnected): void
}

interface Waiting {
  op: Op
  fields: Commands[Op]
  resolve(ok: Results[Op]): void
  reject(error: Refused | Disconnected): void
  at: ((ok: Results[Op]) => void) | undefined
  timer: ReturnType<typeof setTimeout>
}

export class Connection {
  private readonly waiting = new Map<number, Waiting>()
  private lastId = 0
  private lastHeard = Date.now()
  private frames = 0
  private beat: ReturnType<typeof setInterval> | null = null
  private opened = false
  private ended = false
  /** What the socket was closed with; 0: it was not, or nobody knows. */
  closeCode = 0

  private constructor(
    private readonly socket: Socket,
    private readonly hears: Hears,
    private readonly timeoutMs: number,
  ) {}

  /** Connect. Disconnected if nobody answers there in time. */
  static open(url: string, type: SocketClass, hears: Hears, timeoutMs: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = new type(url)
      const connection = new Connection(socket, hears, timeoutMs)
      const fail = () => {
        clearTimeout(timer)
        connection.end('the server cannot be reached', false)
        reject(new Disconnected('the server cannot be reached'))
      }
      const timer = setTimeout(fail, timeoutMs)
      // Of `ws`, an error that nobody listens for would be thrown.
      socket.addEventListener('error', () => connection.opened || fail())
      socket.addEventListener('close', (event: { code: number }) => {
        if (connection.opened) connection.closed(event.code)
        else fail()
      })
      socket.addEventListener('message', (event: { data: unknown }) => connection.take(event.data))
      socket.addEventListener('open', () => {
        clearTimeout(timer)
        connection.opened = true
        resolve(connection)
      })
    })
  }

  /** Send a command and wait for its answer. Refused by the server; Disconnected if nothing comes in time, or the
   * connection ends before: then nobody knows whether it was carried out. `at` is called with the answer before the
   * next frame is looked at, which a promise does not promise. */
  request<O extends Op>(
    op: O,
    fields: Commands[O],
    timeoutMs = this.timeoutMs,
    at?: (ok: Results[O]) => void,
  ): Promise<Results[O]> {
    return new Promise<Results[O]>((resolve, reject) => {
      const id = ++this.lastId
      if (!this.write({ op, id, ...fields })) {
        reject(new Disconnected('the connection was lost'))
        return
      }
      const timer = setTimeout(() => {
        this.waiting.delete(id)
        reject(new Disconnected(`no answer to ${op} in ${timeoutMs} ms`))
      }, timeoutMs)
      this.waiting.set(id, {
        op,
        fields,
        resolve: resolve as Waiting['resolve'],
        reject,
        at: at as Waiting['at'],
        timer,
      })
    })
  }

  /** Send a command that needs no answer. */
  tell<O extends Op>(op: O, fields: Commands[O]): void {
    this.write({ op, ...fields })
  }

  /** Ask for a sign of life now and then, and give the connection up when there is none. */
  keepAlive(everyMs: number, deadlineMs: number): void {
    this.beat = setInterval(() => {
      if (Date.now() - this.lastHeard >= everyMs / 2) void this.probe(deadlineMs)
    }, everyMs)
  }

  /** Ask for a sign of life; without one the connection has ended. A refusal is one, too. */
  async probe(deadlineMs: number): Promise<void> {
    const before = this.frames
    try {
      await this.request('ping', {}, deadlineMs)
    } catch (error) {
      if (error instanceof Disconnected && this.frames === before) this.end('the server is silent')
    }
  }

  /** End it from this side. A socket that is half dead would take minutes to close: nothing waits for it. */
  close(): void {
    this.end('the connection was closed')
  }

  private closed(code: number): void {
    this.closeCode = code
    this.end('the connection was lost')
  }

  private take(text: unknown): void {
    if (this.ended) return
    this.lastHeard = Date.now()
    this.frames += 1
    const frame = decode(text)
    if (!frame) return
    if (!isAnswer(frame) && !isFailure(frame)) {
      this.hears.event(frame)
      return
    }
    const command = this.waiting.get(Number(frame.re))
    if (!command) {
      if (isFailure(frame) && frame.re === undefined) this.hears.refused(frame.error)
      return
    }
    this.waiting.delete(Number(frame.re))
    clearTimeout(command.timer)
    if (isFailure(frame)) {
      command.reject(Refused.of(frame.error))
      return
    }
    const ok = frame.ok as unknown as Results[Op]
    this.hears.answered(command.op, command.fields, ok)
    command.at?.(ok)
    command.resolve(ok)
  }

  private write(command: object): boolean {
    if (this.ended || this.socket.readyState !== OPEN) return false
    try {
      this.socket.send(JSON.stringify(command))
      return true
    } catch {
      return false // closed in this very moment: onclose follows
    }
  }

  private end(reason: string, tell = true): void {
    if (this.ended) return
    this.ended = true
    if (this.beat) clearInterval(this.beat)
    this.socket.close()
    const error = new Disconnected(reason)
    for (const command of this.waiting.values()) {
      clearTimeout(command.timer)
      command.reject(error)
    }
    this.waiting.clear()
    if (tell) this.hears.lost(error)
  }
}
