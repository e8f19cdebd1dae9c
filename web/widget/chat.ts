/**
 * The chat of one visitor: saying hello, the connection, what was said, and how the matter stands. The page is told
 * that something changed, and looks.
 *
 * Rule: nobody becomes a visitor by looking at a page: hello is said when the chat is opened, or when somebody comes
 * back who was here before. Whatever fails for now is tried again; what is refused for good is said.
 */
import {
  Disconnected,
  newCid,
  Refused,
  TeahouseClient,
  type Entry,
  type OutboxRecord,
  type PendingChange,
} from 'teahouse-client'

import type { Keep } from './keep'
import type { Identity, WidgetOptions } from './options'
import type { PageOutbox } from './outbox'
import type { Matter, Service, Transfer, Welcomed } from './service'
import { BOT, Timeline, type Sending } from './timeline'

export type Phase = 'idle' | 'greeting' | 'online' | 'away' | 'unreachable' | 'refused'

export interface ChatParts {
  options: WidgetOptions
  service: Service
  keep: Keep
  outbox: (visitor: string) => PageOutbox
  changed: () => void
  /** A message of somebody else's came, live. */
  came: (entry: Entry) => void
}

const PAGE = 50
const TYPING_MS = 3000
const TYPED_MS = 8000
const SOON_MS = 300
const QUEUE_MS = 5000
const QUIET_MS = 30_000
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
const PERSON_TRIES = 10
const SENDING: Record<PendingChange['state'], Sending> = {
  waiting: 'sending',
  sending: 'sending',
  sent: 'sent',
  failed: 'failed',
}

export class Chat {
  readonly timeline = new Timeline()
  phase: Phase = 'idle'
  /** Why it was refused. */
  reason = ''
  welcomed: Welcomed | null = null
  matter: Matter | null = null
  more = false
  /** The user who is typing. */
  typist = ''
  looking = false
  private client: TeahouseClient | null = null
  private identity: Identity | null
  private data: Record<string, string> = {}
  private early: OutboxRecord[] = []
  private loaded = false
  private oldest = 0
  private read = 0
  private generation = 0
  private typedAt = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private typistTimer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly parts: ChatParts) {
    this.identity = parts.options.identity
  }

  get unread(): number {
    return this.timeline.unread(this.read)
  }

  /** Whether somebody is here who was here before, or whom the site knows. */
  get isKnown(): boolean {
    return this.identity !== null || Boolean(this.parts.keep.get().token)
  }

  /** Say hello and connect; nothing if that is done. */
  start(): void {
    if (this.phase === 'idle') void this.greet(this.generation)
  }

  /** Be somebody else, or say more of who one is: then `identity` is undefined. */
  identify(identity: Identity | null | undefined, data: Record<string, string>): void {
    const other = identity !== undefined && identity?.external !== this.identity?.external
    if (identity !== undefined) this.identity = identity
    this.data = { ...this.data, ...data }
    if (this.phase === 'idle') return
    if (other) {
      this.early = []
      this.leaveOff()
    }
    void this.greet(++this.generation)
  }

  // --- saying something -----------------------------------------------------------------------------------

  /** What is said before hello was answered goes out with it. */
  send(text: string): void {
    if (this.client && this.welcomed) {
      this.client.send({ to: this.welcomed.conversation, text })
      return
    }
    const [cid, created] = [newCid(), Date.now()]
    const record = { cid, message: { to: '', text, cid }, created, order: created + this.early.length }
    this.early.push(record)
    this.timeline.wait(record, 'sending')
    this.parts.changed()
  }

  upload(file: File, progress: (part: number) => void): Transfer {
    const transfer = this.parts.service.upload(file, progress)
    const to = this.welcomed?.conversation ?? ''
    const done = transfer.done.then((stored) => {
      const type = stored.mime.startsWith('image/') && stored.width ? 'image' : 'file'
      this.client?.send({ to, body: { type, file: stored.id, name: stored.name } })
      return stored
    })
    return { done, cancel: transfer.cancel }
  }

  retry(cid: string): void {
    this.client?.retrySend(cid)
  }

  typed(): void {
    const now = Date.now()
    if (!this.client || !this.welcomed || this.phase !== 'online' || now - this.typedAt < TYPING_MS) return
    this.typedAt = now
    this.client.call('typing', { conversation: this.welcomed.conversation, on: true }).catch(() => {})
  }

  async askPerson(): Promise<void> {
    this.stands(await this.parts.service.askPerson())
  }

  async rate(rating: number, comment: string): Promise<void> {
    this.stands(await this.parts.service.rate(rating, comment))
  }

  /** Leave a message and how to be reached; then it is for people, whatever the bot makes of it. */
  async leaveMessage(name: string, contact: string, text: string): Promise<void> {
    if (!this.client || !this.welcomed) throw new Disconnected('there is no connection yet')
    const { options, service, keep } = this.parts
    Object.assign(options, { name, contact })
    await service.hello(this.greeting(service.token))
    await this.client.send({ to: this.welcomed.conversation, text }).done
    keep.set({ reachable: true })
    // The message opens a matter a moment later.
    for (let tries = 0; tries < PERSON_TRIES; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, SOON_MS))
      const matter = await service.matter()
      this.stands(matter)
      if (matter.state === 'bot') return this.askPerson().catch(unlessMoved)
      if (matter.state && matter.state !== 'closed') return
    }
  }

  async earlier(): Promise<void> {
    if (!this.client || !this.welcomed) return
    const asked = { conversation: this.welcomed.conversation, before: this.oldest, limit: PAGE }
    const page = await this.client.call('history', asked)
    this.takePage(page.entries, page.more)
  }

  /** Whether the visitor sees the messages: then they are read, and it is looked more often how the matter stands. */
  look(looking: boolean): void {
    this.looking = looking
    if (!looking || this.phase === 'idle') return
    this.client?.retryNow()
    this.markRead()
    this.refreshIn(0)
  }

  // --- hello ----------------------------------------------------------------------------------------------

  private greeting(token: string) {
    const { team, name, contact, language } = this.parts.options
    const identity = this.identity && { identity: this.identity }
    return {
      team,
      name,
      contact,
      data: this.data,
      language: language === 'zh' ? 'zh-CN' : 'en',
      token: identity ? '' : token,
      ...identity,
    }
  }

  private async greet(generation: number): Promise<void> {
    const { service, keep } = this.parts
    if (!this.welcomed) this.turn('greeting')
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        const welcomed = await service.hello(this.greeting(keep.get().token ?? ''))
        if (generation !== this.generation) return
        if (!this.identity) keep.set({ token: welcomed.token })
        if (welcomed.visitor !== this.welcomed?.visitor) this.connect(welcomed)
        else service.token = welcomed.token
        return
      } catch (error) {
        if (generation !== this.generation) return
        if (error instanceof Refused && !error.retry) {
          this.reason = error.message
          return this.turn('refused')
        }
        this.turn('unreachable')
        const after = error instanceof Refused ? error.retryAfterMs : 0
        await new Promise((resolve) => setTimeout(resolve, Math.max(wait, after)))
        if (generation !== this.generation) return
      }
    }
  }

  private connect(welcomed: Welcomed): void {
    this.leaveOff()
    const { options, service, outbox } = this.parts
    this.welcomed = welcomed
    service.token = welcomed.token
    this.timeline.me = welcomed.visitor
    const client = new TeahouseClient({
      url: `${options.server}/ws`,
      credentials: async () => ({ token: service.token, device: 'widget' }),
      outbox: outbox(welcomed.visitor),
    })
    this.client = client
    client.on('welcome', () => void this.load(client))
    client.on('conversations', ({ conversations }) => {
      const own = conversations.find((one) => one.conversation === welcomed.conversation)
      this.read = Math.max(this.read, own?.read_seq ?? 0)
      this.parts.changed()
    })
    client.on('entry', (entry) => this.heard(entry))
    client.on('reset', () => {
      this.loaded = false
      this.timeline.clear()
      void this.load(client)
    })
    client.on('pending', (change) => this.pending(client, change))
    client.on('typing', ({ user, on }) => this.types(user, on))
    client.on('state', ({ state, error }) => {
      if (state === 'online') this.turn('online')
      else if (state === 'waiting') this.turn('away')
      else if (state === 'closed' && error) this.dismissed(error)
    })
    client.start()
    for (const { message } of this.early.splice(0)) client.send({ ...message, to: welcomed.conversation })
    this.refreshIn(0)
  }

  /** The token holds no longer, as when the team's secret was changed: hello makes a new one. */
  private dismissed(error: Refused | Disconnected): void {
    if (!(error instanceof Refused) || error.code !== 'unauthenticated') {
      this.reason = error.message
      return this.turn('refused')
    }
    this.leaveOff()
    this.parts.keep.set({ token: undefined })
    void this.greet(++this.generation)
  }

  private leaveOff(): void {
    this.client?.stop()
    clearTimeout(this.timer)
    this.client = this.welcomed = this.matter = null
    this.timeline.clear()
    this.timeline.forgetPending()
    this.parts.service.token = ''
    this.loaded = this.more = false
    this.read = this.oldest = 0
    this.turn('idle')
  }

  // --- what comes -----------------------------------------------------------------------------------------

  private async load(client: TeahouseClient): Promise<void> {
    if (this.loaded || !this.welcomed) return
    const asked = { conversation: this.welcomed.conversation, limit: PAGE }
    const page = await client.call('history', asked).catch(() => null) // the next welcome tries again
    if (!page || client !== this.client) return
    this.loaded = true
    this.takePage(page.entries, page.more)
    this.markRead()
  }

  private takePage(entries: Entry[], more: boolean): void {
    for (const entry of entries) this.timeline.take(entry)
    this.oldest = entries[0]?.seq ?? this.oldest
    this.more = more
    this.parts.changed()
  }

  private heard(entry: Entry): void {
    if (entry.conversation !== this.welcomed?.conversation) return
    const fresh = this.timeline.take(entry)
    if (fresh) {
      this.types(entry.sender.id, false)
      this.markRead()
      if (this.loaded) this.parts.came(entry)
    }
    this.refreshIn(SOON_MS)
    this.parts.changed()
  }

  private pending(client: TeahouseClient, { cid, state, seq }: PendingChange): void {
    const record = client.outgoing().find((one) => one.cid === cid)
    if (state === 'sent' && seq) this.timeline.stored(cid, seq)
    else if (record) this.timeline.wait(record, SENDING[state])
    this.parts.changed()
  }

  private types(user: string, on: boolean): void {
    if (user === this.timeline.me || (!on && user !== this.typist)) return
    clearTimeout(this.typistTimer)
    this.typist = on ? user : ''
    if (on) this.typistTimer = setTimeout(() => this.types(user, false), TYPED_MS)
    this.parts.changed()
  }

  get botTypes(): boolean {
    return this.typist === BOT
  }

  private markRead(): void {
    const newest = this.timeline.newest
    if (!this.looking || !this.client || !this.welcomed || newest <= this.read) return
    this.read = newest
    this.client.call('read', { conversation: this.welcomed.conversation, seq: newest }).catch(() => {})
    this.parts.changed()
  }

  // --- how the matter stands ------------------------------------------------------------------------------

  private refreshIn(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.refresh(), ms)
  }

  /** Nobody tells visitors how their matter stands: it is asked, more often while they wait. */
  private async refresh(): Promise<void> {
    const welcomed = this.welcomed
    const matter = await this.parts.service.matter().catch(() => null)
    if (!welcomed || welcomed !== this.welcomed) return
    if (matter) this.stands(matter)
    const waits = this.matter?.state === 'queued' || this.matter?.state === 'ringing'
    if (this.looking || waits) this.refreshIn(this.looking && waits ? QUEUE_MS : QUIET_MS)
  }

  private stands(matter: Matter): void {
    this.matter = matter
    this.parts.changed()
  }

  private turn(phase: Phase): void {
    this.phase = phase
    this.parts.changed()
  }
}

/** The bot may have handed it over by itself meanwhile. */
function unlessMoved(error: unknown): void {
  if (!(error instanceof Refused && error.code === 'conflict')) throw error
}
