// TeahouseClient: one user's connection to a server, for as long as one wants it.
//
// Rule: put together here, decided elsewhere: link.ts stays connected, sequence.ts keeps the order, repairs.ts fills
// gaps, outbox.ts sends. What a listener is told is true at that moment: cursors already count the entry it hears.
import { Disconnected, Refused } from '../wire/errors.js'
import { isEntry, type Commands, type Op, type Results } from '../wire/frames.js'
import type { ConversationList, Entry, Sent, ServerEvent, User, Welcome } from '../wire/protocol.js'
import { appended } from './appended.js'
import { Backoff } from './backoff.js'
import { Emitter } from './emitter.js'
import type { ClientEvents, ClientState, OutboxRecord, Outgoing, Pending, StateChange } from './events.js'
import { Link } from './link.js'
import { addressOf, socketClass, type ClientOptions, type Hello } from './options.js'
import { Outbox } from './outbox.js'
import { MemoryOutbox } from './outbox_storage.js'
import { ownEntry } from './own_entry.js'
import { Receipts } from './receipts.js'
import { Repairs } from './repairs.js'
import { Sequence } from './sequence.js'

const CATCH_UP = 2000
const IN_FLIGHT = 8
const HELLO_CURSORS = 500 // so that hello stays well below the 64 KiB of a frame
const NEWCOMER = 200 // of a conversation one was brought into while away, at most so many entries are told
const MOST_EARLY = 1000

export class TeahouseClient {
  /** Who the last welcome said one is. */
  me: User | null = null
  /** The id of the lobby, once welcomed. */
  lobby = ''
  private readonly emitter = new Emitter<ClientEvents>()
  private readonly link: Link
  private readonly sequence: Sequence
  private readonly repairs: Repairs
  private readonly outbox: Outbox
  private readonly receipts: Receipts
  private readonly expiries = new Map<string, number>()
  private bot = false
  /** The cursors that hello told; entries of other conversations that come before one knows where those stand. */
  private told: Record<string, number> = {}
  private early: Entry[] | null = null
  /** Whether one knows where all conversations stood once: what is new after that came while one was away. */
  private placed = false

  constructor(private readonly options: ClientOptions) {
    // Both complain now rather than later.
    socketClass(options)
    addressOf(options.url)
    this.sequence = new Sequence(
      (entry) => this.deliver(entry),
      (conversation) => this.repairs.start(conversation),
    )
    for (const [conversation, seq] of Object.entries(options.cursors ?? {})) this.setCursor(conversation, seq)
    this.repairs = new Repairs(
      this.sequence,
      {
        history: (conversation, after, limit) => this.call('history', { conversation, after, limit }),
        reset: (conversation, seq) => this.emitter.emit('reset', { conversation, seq }),
      },
      options.catchUp ?? CATCH_UP,
    )
    this.outbox = new Outbox(
      options.outbox ?? new MemoryOutbox(),
      {
        transmit: (message) => this.transmit(message),
        changed: (change) => this.emitter.emit('pending', change),
        trouble: (error) => this.emitter.emit('trouble', { error }),
      },
      options.inFlight ?? IN_FLIGHT,
    )
    this.receipts = new Receipts((cursors) => this.link.current()?.tell('delivered', { cursors }))
    this.link = new Link(options, {
      cursors: () => this.tellCursors(),
      welcomed: (welcome, hello) => this.welcomed(welcome, hello),
      answered: (op, fields, ok) => this.answered(op, fields, ok),
      event: (event) => this.heard(event),
      refused: ({ code, message }) => this.emitter.emit('notice', { ev: 'notice', code, text: message }),
      changed: (change) => this.changed(change),
    })
  }

  get state(): ClientState {
    return this.link.state
  }

  /** While waiting: when the next try is made, milliseconds UTC. */
  get retryAt(): number | null {
    return this.link.retryAt
  }

  /** Connect, and stay connected until `stop` or until the server does not want this client back. */
  start(): void {
    if (this.state !== 'idle' && this.state !== 'closed') return
    this.outbox.open()
    this.link.start()
  }

  /** Say nothing more. What is in the outbox stays there. */
  stop(): void {
    if (this.state === 'idle') return
    this.link.stop()
    this.outbox.close()
  }

  /** Do not wait for `retryAt`; and if online, see whether that is still true. For when a page becomes visible again,
   * or the network comes back. */
  retryNow(): void {
    this.link.retryNow()
  }

  /** Listen; the function that is given back ends it. */
  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): () => void {
    return this.emitter.on(name, listener)
  }

  /** Give a command and get its answer. Rejects with Refused; or with Disconnected, and then nobody knows whether it
   * was carried out. Waits while a connection is being made; rejects at once when there is none. */
  async call<O extends Op>(op: O, fields: Commands[O]): Promise<Results[O]> {
    const connection = await this.link.online()
    if (op !== 'typing') return connection.request(op, fields)
    connection.tell(op, fields) // never answered
    return undefined as Results[O]
  }

  /** Send a message, however often the connection is lost until the server has it. RangeError when thousands wait. */
  send(message: Outgoing): Pending {
    return this.outbox.send(message)
  }

  /** Send a message again that failed; undefined if there is none. */
  retrySend(cid: string): Pending | undefined {
    return this.outbox.retry(cid)
  }

  /** Forget a message of the outbox. One that is on its way may arrive nevertheless. */
  dropSend(cid: string): void {
    this.outbox.drop(cid)
  }

  /** What is in the outbox, in order. */
  outgoing(): OutboxRecord[] {
    return this.outbox.list()
  }

  /** The last seq told of a conversation. */
  cursor(conversation: string): number | undefined {
    return this.sequence.cursor(conversation)
  }

  /** Everything up to `seq` is here already, as from a page of history: what comes after it is told. Never goes back. */
  setCursor(conversation: string, seq: number): void {
    this.sequence.advanceTo(conversation, seq)
  }

  /** Forget how far one is in a conversation. What is told of it next is where one stands. */
  forget(conversation: string): void {
    this.sequence.forget(conversation)
  }

  // --- being connected --------------------------------------------------------------------------------

  private changed(change: StateChange): void {
    if (change.state !== 'online') {
      this.outbox.setOnline(false)
      this.sequence.reset()
      this.repairs.reset()
      this.receipts.reset()
      this.early = null
    }
    this.emitter.emit('state', change)
  }

  private tellCursors(): Record<string, number> {
    this.told = Object.fromEntries(Object.entries(this.sequence.cursors()).slice(-HELLO_CURSORS))
    return this.told
  }

  private welcomed(welcome: Welcome, hello: Hello): void {
    const again = this.placed
    this.me = welcome.user
    this.lobby = welcome.lobby
    this.bot = hello.token?.startsWith('tb_') ?? false
    this.expiries.clear()
    if (again) this.early = []
    this.emitter.emit('welcome', welcome)
    void this.look(again, this.early)
    this.outbox.setOnline(true)
  }

  /** See where each conversation stands; of hello nothing is known of those it did not speak of. */
  private async look(again: boolean, early: Entry[] | null): Promise<void> {
    const backoff = new Backoff(500, 15_000)
    const connection = this.link.current()
    for (;;) {
      try {
        await connection?.request('conversations', {}, undefined, (list) => this.looked(list, again, early))
        return
      } catch (error) {
        if (connection !== this.link.current()) return
        if (!(error instanceof Refused && error.retry)) {
          this.release(early) // a bot that may not ask
          return
        }
        await new Promise((resolve) => setTimeout(resolve, backoff.next(error.retryAfterMs)))
        if (connection !== this.link.current()) return
      }
    }
  }

  private looked(list: ConversationList, again: boolean, early: Entry[] | null): void {
    this.placed = true
    for (const { conversation, last_seq, read_seq, expires_s } of list.conversations) {
      this.expiries.set(conversation, expires_s ?? 0)
      const cursor = this.sequence.cursor(conversation)
      if (cursor !== undefined && cursor === this.told[conversation] && last_seq < cursor) {
        this.restart(conversation, last_seq)
      } else if (cursor === undefined) {
        if (!again) this.sequence.expectAfter(conversation, last_seq)
        else this.sequence.lost(conversation, Math.max(0, read_seq - 1, last_seq - NEWCOMER))
      } else if (!(conversation in this.told) && last_seq > cursor) {
        this.sequence.lost(conversation, cursor)
      }
    }
    this.release(early)
    this.emitter.emit('conversations', list)
  }

  private release(early: Entry[] | null): void {
    if (early === null || early !== this.early) return
    this.early = null
    for (const entry of early) this.sequence.entry(entry)
  }

  /** The log is shorter than what we know of it: the server was put back to an older copy of its data. */
  private restart(conversation: string, seq: number): void {
    this.sequence.forget(conversation)
    this.emitter.emit('reset', { conversation, seq })
    this.sequence.advanceTo(conversation, seq)
  }

  // --- what the server says, in order -----------------------------------------------------------------

  private heard(event: ServerEvent): void {
    if (isEntry(event)) {
      if (!this.early || this.sequence.knows(event.conversation)) this.sequence.entry(event)
      else if (this.early.length < MOST_EARLY) this.early.push(event)
      return
    }
    switch (event.ev) {
      case 'resync':
        this.sequence.lost(event.conversation, event.from)
        break
      case 'message':
        this.emitter.emit('ephemeral', event)
        break
      case 'member':
        this.emitter.emit('membership', event)
        break
      default:
        this.emitter.emit(event.ev, event as never)
    }
  }

  private answered(op: Op, fields: Commands[Op], ok: Results[Op]): void {
    for (const { conversation, seq, sent } of appended(op, fields, ok)) {
      // An answer to a repetition may be about something from long ago.
      if (sent?.duplicate && !this.sequence.knows(conversation)) continue
      const entry = sent && this.me ? ownEntry(fields as Outgoing, sent, this.author(this.me)) : null
      if (sent) this.outbox.answered((fields as Outgoing).cid, sent)
      this.sequence.own(conversation, seq, entry)
    }
  }

  private author(user: User) {
    const expires = (conversation: string) => this.expiries.get(conversation)
    return { user, bot: this.bot, expires }
  }

  private deliver(entry: Entry): void {
    const own = entry.sender.id === this.me?.id
    if (own) this.outbox.seen(entry)
    else if (this.options.confirm ?? true) this.receipts.note(entry)
    if (entry.ev === 'conversation') {
      const expires = entry.expires_s ?? -1
      if (expires >= 0) this.expiries.set(entry.conversation, expires)
      else if (entry.members) this.expiries.set(entry.conversation, 0) // it was made
    }
    this.emitter.emit('entry', entry)
  }

  private async transmit(message: Outgoing & { cid: string }): Promise<Sent> {
    const connection = this.link.current()
    try {
      if (!connection) throw new Disconnected('not connected')
      return (await connection.request('send', message)) as Sent
    } catch (error) {
      // Without an answer in time the connection is worth nothing, and a new one tells what became of the message.
      if (error instanceof Disconnected && connection === this.link.current()) this.link.renew()
      throw error
    }
  }
}
