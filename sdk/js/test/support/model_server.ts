// A server in memory that does everything a network and a server may do to a client: late, twice, not at all, cut before
// or after it was done, refused for a while.
//
// Rule: it keeps what the protocol promises (a cid is stored once, seq without gaps, frames of a connection in order,
// the answer in the place of the event), and nothing more.
import type { MessageEntry, SocketClass } from '../../src/index.js'
import { FakeSocket, socketsOf } from './fake_socket.js'
import type { Chance } from './random.js'

const CATCH_UP = 30

interface Session {
  socket: FakeSocket
  user: { id: string; nick: string }
  /** Commands and frames on their way. */
  coming: Fields[]
  line: object[]
}

type Fields = Record<string, unknown> & { id?: unknown }

export class ModelServer {
  readonly log = new Map<string, MessageEntry[]>()
  /** Whether anything goes wrong. */
  stormy = true
  private readonly sessions = new Set<Session>()
  private readonly known = new Map<string, MessageEntry>()

  constructor(
    private readonly chance: Chance,
    conversations: readonly string[],
  ) {
    for (const conversation of conversations) this.log.set(conversation, [])
  }

  sockets(nick: string): SocketClass {
    return socketsOf((socket) => {
      if (this.goesWrong(0.1)) socket.cut()
      else this.accept(socket, { id: `u-${nick}`, nick })
    })
  }

  /** Cut some connections. */
  storm(): void {
    for (const session of this.sessions) if (this.chance.happens(0.5)) this.end(session)
  }

  private accept(socket: FakeSocket, user: Session['user']): void {
    const session: Session = { socket, user, coming: [], line: [] }
    socket.heard = (command) => {
      session.coming.push(command)
      setTimeout(() => this.hear(session, session.coming.shift() ?? {}), this.latency())
    }
    socket.open()
  }

  private hear(session: Session, command: Fields): void {
    if (session.socket.ended) {
      this.sessions.delete(session)
      return
    }
    if (this.goesWrong(0.02)) {
      this.end(session)
      return
    }
    const verbs: Record<string, () => void> = {
      hello: () => this.hello(session, command),
      conversations: () => this.list(session, command),
      history: () => this.history(session, command),
      send: () => this.send(session, command),
      ping: () => this.tell(session, { re: command.id, ok: { at: Date.now() } }),
    }
    verbs[String(command.op)]?.()
  }

  private hello(session: Session, command: Fields): void {
    const welcome = { user: session.user, session: 's', heartbeat_s: 30, server: 'model', lobby: 'lobby' }
    this.tell(session, { re: command.id, ok: welcome })
    for (const [conversation, cursor] of Object.entries((command.cursors ?? {}) as Record<string, number>)) {
      const missed = (this.log.get(conversation) ?? []).slice(cursor)
      if (missed.length > CATCH_UP) this.tell(session, { ev: 'resync', conversation, from: cursor })
      else for (const entry of missed) this.tell(session, this.seenBy(session, entry))
    }
    this.sessions.add(session)
  }

  private list(session: Session, command: Fields): void {
    const conversations = [...this.log].map(([conversation, entries]) => ({
      conversation,
      kind: 'group',
      title: '',
      role: 'member',
      last_seq: entries.length,
      read_seq: 0,
      unread: 0,
      mentions: 0,
      pinned: false,
      muted: false,
      archived: false,
    }))
    this.tell(session, { re: command.id, ok: { conversations } })
  }

  private history(session: Session, command: Fields): void {
    const entries = this.log.get(String(command.conversation)) ?? []
    const after = command.after as number | null
    const found = after === null ? entries.slice(-Number(command.limit)) : entries.slice(after, after + 7)
    const more = after !== null && after + found.length < entries.length
    if (this.goesWrong(0.1)) this.refuse(session, command, 'unavailable', 300)
    else
      this.tell(session, { re: command.id, ok: { entries: found.map((e) => this.seenBy(session, e)), more } })
  }

  private send(session: Session, command: Fields): void {
    const key = `${String(command.to)} ${session.user.id} ${String(command.cid)}`
    const before = this.known.get(key)
    if (before) {
      this.tell(session, { re: command.id, ok: { ...placeOf(before), duplicate: true } })
      return
    }
    if (this.goesWrong(0.05)) {
      this.refuse(session, command, 'rate_limited', this.chance.below(500))
      return
    }
    const entry = this.store(session, command)
    this.known.set(key, entry)
    if (this.goesWrong(0.05)) this.end(session) // stored, and nobody hears of it
    for (const other of this.sessions) {
      if (other !== session) this.spread(other, entry)
      else if (this.goesWrong(0.05)) this.refuse(session, command, 'unavailable', 200)
      else this.tell(session, { re: command.id, ok: { ...placeOf(entry), duplicate: false } })
    }
  }

  private store(session: Session, command: Fields): MessageEntry {
    const conversation = String(command.to)
    const entries = this.log.get(conversation) ?? []
    const seq = entries.length + 1
    const entry: MessageEntry = {
      ev: 'message',
      conversation,
      seq,
      message: `${conversation}.${seq}`,
      sender: session.user,
      at: Date.now(),
      cid: String(command.cid),
      body: { type: 'text', text: String(command.text) },
    }
    entries.push(entry)
    return entry
  }

  /** Tell of an entry: mostly once. */
  private spread(session: Session, entry: MessageEntry): void {
    if (this.goesWrong(0.05)) return
    this.tell(session, this.seenBy(session, entry))
    if (this.goesWrong(0.05)) this.tell(session, this.seenBy(session, entry))
  }

  private seenBy(session: Session, entry: MessageEntry): MessageEntry {
    const { cid, ...others } = entry
    return session.user.id === entry.sender.id ? { ...others, ...(cid && { cid }) } : others
  }

  private refuse(session: Session, command: Fields, code: string, retry_after_ms: number): void {
    this.tell(session, { re: command.id, error: { code, message: code, retry: true, retry_after_ms } })
  }

  private tell(session: Session, frame: object): void {
    session.line.push(frame)
    setTimeout(() => {
      const next = session.line.shift()
      if (next) session.socket.say(next)
    }, this.latency())
  }

  private end(session: Session): void {
    this.sessions.delete(session)
    session.socket.cut()
  }

  private latency(): number {
    return this.chance.below(30)
  }

  private goesWrong(probability: number): boolean {
    return this.stormy && this.chance.happens(probability)
  }
}

const placeOf = ({ conversation, seq, message, at }: MessageEntry) => ({ conversation, seq, message, at })
