// The link: one connection after the other, for as long as the server lets us in.
//
// Rule: a lost connection is not an error but a pause. Who one is, is asked anew each time. The link ends by `stop`, or
// when the server says that it does not want this client back as it is.
import { Disconnected, Refused } from '../wire/errors.js'
import type { Commands, Op, Results } from '../wire/frames.js'
import type { ByeEvent, Problem, ServerEvent, Welcome } from '../wire/protocol.js'
import { Backoff } from './backoff.js'
import { Connection, type Hears } from './connection.js'
import type { ClientState, StateChange } from './events.js'
import { addressOf, socketClass, type ClientOptions, type Hello } from './options.js'

const FIRST_DELAY_MS = 300
const LONGEST_DELAY_MS = 15_000
const STEADY_MS = 10_000 // a connection that lasted so long was a good one
const PING_MS = 10_000 // a sign of life takes no longer
const WAKE_MS = 4_000 // nor when a page comes back and people look at it
const TIMEOUT_MS = 15_000

export interface LinkHears {
  /** What to say hello with, besides who one is. */
  cursors(): Record<string, number>
  /** Called before anything that follows the welcome. */
  welcomed(welcome: Welcome, hello: Hello): void
  answered(op: Op, fields: Commands[Op], ok: Results[Op]): void
  event(event: ServerEvent): void
  refused(problem: Problem): void
  changed(change: StateChange): void
}

export class Link {
  state: ClientState = 'idle'
  retryAt: number | null = null
  private connection: Connection | null = null
  private hello: Hello = {}
  private resume: string | null = null
  private bye: ByeEvent | null = null
  private turn = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private steady: ReturnType<typeof setTimeout> | undefined
  private readonly backoff = new Backoff(FIRST_DELAY_MS, LONGEST_DELAY_MS)
  private arrivals: { resolve(connection: Connection): void; reject(error: Error): void }[] = []

  constructor(
    private readonly options: ClientOptions,
    private readonly hears: LinkHears,
  ) {}

  start(): void {
    if (this.state !== 'idle' && this.state !== 'closed') return
    this.backoff.reset()
    void this.connect()
  }

  stop(): void {
    if (this.state === 'idle' || this.state === 'closed') return
    this.end()
    this.enter('closed', null)
  }

  /** Try again now; and when online, see whether one still is. */
  retryNow(): void {
    if (this.state === 'waiting') void this.connect()
    else if (this.state === 'online') void this.connection?.probe(WAKE_MS)
  }

  /** The connection is of no use any more: make a new one. */
  renew(): void {
    this.connection?.close()
  }

  /** The connection that is online; waits while one is being made, and for nothing else. */
  async online(): Promise<Connection> {
    if (this.state === 'online' && this.connection) return this.connection
    if (this.state !== 'connecting') throw new Disconnected('not connected')
    return new Promise((resolve, reject) => this.arrivals.push({ resolve, reject }))
  }

  /** The connection that is online, for what is not worth waiting. */
  current(): Connection | null {
    return this.state === 'online' ? this.connection : null
  }

  private async connect(): Promise<void> {
    clearTimeout(this.timer)
    const turn = ++this.turn
    this.bye = null
    this.enter('connecting', null)
    try {
      const credentials = await within(this.options.credentials(), this.timeoutMs)
      if (turn !== this.turn) return
      this.hello = this.known(credentials)
      const type = socketClass(this.options)
      const connection = await Connection.open(
        addressOf(this.options.url),
        type,
        this.ear(turn),
        this.timeoutMs,
      )
      if (turn !== this.turn) {
        connection.close()
        return
      }
      this.connection = connection
      await connection.request('hello', { ...this.hello, cursors: this.hears.cursors() })
    } catch (error) {
      if (turn === this.turn) this.failed(error)
    }
  }

  /** Credentials with the device, and for a guest who has been here before the secret of that time. */
  private known(credentials: Hello): Hello {
    const anonymous = !credentials.token && !credentials.user && !credentials.resume
    return {
      ...(this.options.device !== undefined && { device: this.options.device }),
      ...(anonymous && this.resume !== null && { resume: this.resume }),
      ...credentials,
    }
  }

  private ear(turn: number): Hears {
    const live = () => turn === this.turn
    return {
      answered: (op, fields, ok) => {
        if (!live()) return
        if (op === 'hello') this.welcomed(ok as Welcome)
        else this.hears.answered(op, fields, ok)
      },
      event: (event) => {
        if (!live()) return
        if (event.ev === 'bye') this.bye = event
        this.hears.event(event)
        if (event.ev === 'bye') this.renew()
      },
      refused: (problem) => live() && this.hears.refused(problem),
      // While hello is not answered, its own rejection says so.
      lost: (error) => live() && this.state === 'online' && this.failed(error),
    }
  }

  private welcomed(welcome: Welcome): void {
    if (welcome.resume) this.resume = welcome.resume
    this.connection?.keepAlive(welcome.heartbeat_s * 1000, PING_MS)
    this.steady = setTimeout(() => this.backoff.reset(), STEADY_MS)
    this.state = 'online'
    this.hears.welcomed(welcome, this.hello)
    if (this.state !== 'online') return // a listener stopped us
    this.enter('online', null)
    for (const { resolve } of this.arrivals.splice(0)) if (this.connection) resolve(this.connection)
  }

  private failed(cause: unknown): void {
    const error = asError(cause)
    const code = this.connection?.closeCode ?? 0
    const bye = this.bye
    this.end()
    const dismissed = bye ? !bye.reconnect : code >= 4500 && code < 5000
    const refused = error instanceof Refused && !error.retry
    if (dismissed || refused) {
      this.enter('closed', bye ? new Disconnected(bye.reason) : error)
      return
    }
    const least = error instanceof Refused ? error.retryAfterMs : (bye?.after_ms ?? 0)
    const delay = this.backoff.next(least)
    this.retryAt = Date.now() + delay
    this.timer = setTimeout(() => void this.connect(), delay)
    this.enter('waiting', bye ? new Disconnected(bye.reason) : error)
  }

  private end(): void {
    this.turn += 1
    clearTimeout(this.timer)
    clearTimeout(this.steady)
    this.retryAt = null
    const connection = this.connection
    this.connection = null
    connection?.close()
  }

  private enter(state: ClientState, error: StateChange['error']): void {
    this.state = state
    if (state !== 'waiting') this.retryAt = null
    if (state === 'waiting' || state === 'closed') {
      for (const { reject } of this.arrivals.splice(0)) reject(error ?? new Disconnected('not connected'))
    }
    this.hears.changed({ state, retryAt: this.retryAt, error })
  }

  private get timeoutMs(): number {
    return this.options.timeoutMs ?? TIMEOUT_MS
  }
}

function asError(cause: unknown): Refused | Disconnected {
  if (cause instanceof Refused || cause instanceof Disconnected) return cause
  return new Disconnected(cause instanceof Error ? cause.message : 'the server cannot be reached', { cause })
}

/** What takes longer than that is given up. */
function within<T>(coming: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Disconnected('no credentials in time')), ms)
    coming.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
