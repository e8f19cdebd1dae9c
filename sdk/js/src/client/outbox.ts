// The outbox: what was handed to `send`, until the server has it.
//
// Rule: one message of a conversation is on its way at a time, so that a refusal that may be retried cannot let a later
// one go first. Each keeps its cid through every repetition, so that a lost answer costs nothing. A record leaves the
// storage when the message is known to be stored, or somebody drops it, and never before.
import { Disconnected, Refused } from '../wire/errors.js'
import { newCid } from '../wire/frames.js'
import type { Code, Entry, Sent } from '../wire/protocol.js'
import { Backoff } from './backoff.js'
import type { OutboxRecord, Outgoing, Pending, PendingChange, PendingState } from './events.js'
import type { OutboxStorage } from './outbox_storage.js'

const MOST = 5000
const KEYS_MS = 6 * 24 * 3_600_000 // the server knows a cid for 7 days; what is older might be said twice
const PATIENCE_MS = 3000
const DEFECTS = 5 // so often `internal` may be the answer to one message

export interface OutboxHears {
  /** Send it now. Refused, or Disconnected when nobody knows. */
  transmit(message: Outgoing & { cid: string }): Promise<Sent>
  changed(change: PendingChange): void
  trouble(error: unknown): void
}

interface Item {
  record: OutboxRecord
  state: PendingState
  defects: number
  pending: Pending
  resolve(sent: Sent): void
  reject(error: Error): void
}

export class Outbox {
  private readonly items = new Map<string, Item>()
  /** The conversations of `@nick`s, once known. */
  private readonly places = new Map<string, string>()
  private readonly busy = new Set<string>()
  private readonly backoff = new Backoff(500, 30_000)
  private holding = false
  private opened = false
  private online = false
  private pausedUntil = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private patience: ReturnType<typeof setTimeout> | undefined
  private lastOrder = 0
  private stored: Promise<void> = Promise.resolve()

  constructor(
    private readonly storage: OutboxStorage,
    private readonly hears: OutboxHears,
    private readonly inFlight: number,
  ) {}

  /** Take over what earlier clients left. */
  open(): void {
    if (this.holding) return
    this.holding = true
    this.store(() => this.storage.claim((records) => this.adopt(records)))
    const begin = () => {
      clearTimeout(this.patience)
      this.opened = true
      this.pump()
    }
    // What was left goes first; but a storage that hangs holds up nothing.
    this.patience = setTimeout(begin, PATIENCE_MS)
    void this.stored.then(begin)
  }

  close(): void {
    this.setOnline(false)
    clearTimeout(this.patience)
    if (!this.holding) return
    this.holding = false
    this.store(() => this.storage.release())
  }

  setOnline(online: boolean): void {
    this.online = online
    clearTimeout(this.timer)
    if (!online) return
    this.pausedUntil = 0
    this.pump()
  }

  send(message: Outgoing): Pending {
    if (this.items.size >= MOST) throw new RangeError(`${MOST} messages wait already`)
    const cid = message.cid ?? newCid()
    const known = this.items.get(cid)
    if (known) return known.pending
    const created = Date.now()
    const item = this.add({ cid, message: { ...message, cid }, created, order: this.nextOrder(created) })
    this.keep(item.record)
    this.enter(item, 'waiting')
    if (!this.busy.has(this.laneOf(item))) this.pump()
    return item.pending
  }

  /** Send a message again that failed. */
  retry(cid: string): Pending | undefined {
    const item = this.items.get(cid)
    if (item?.state !== 'failed') return undefined
    const { failed: _, ...record } = item.record
    this.items.delete(cid)
    const again = this.add({ ...record, order: this.nextOrder(Date.now()) })
    this.keep(again.record)
    this.enter(again, 'waiting')
    this.pump()
    return again.pending
  }

  /** Forget a message. One that is on its way may arrive nevertheless. */
  drop(cid: string): void {
    const item = this.items.get(cid)
    if (!item) return
    this.items.delete(cid)
    this.store(() => this.storage.remove(cid))
    item.reject(new Disconnected('the message was dropped'))
    this.pump()
  }

  list(): OutboxRecord[] {
    return [...this.items.values()].map((item) => item.record).sort(byOrder)
  }

  /** An entry of one's own came from the log: so the message is there, whatever became of the answer. */
  seen(entry: Entry): void {
    const item = entry.cid ? this.items.get(entry.cid) : undefined
    if (!item || entry.ev !== 'message') return
    const { conversation, seq, message, at } = entry
    this.settle(item, { conversation, seq, message, at, duplicate: true })
  }

  /** The answer came. Its listeners are told before those of the entry it became. */
  answered(cid: string | null | undefined, sent: Sent): void {
    const item = cid ? this.items.get(cid) : undefined
    if (item) this.settle(item, sent)
  }

  private adopt(records: OutboxRecord[]): void {
    const newer = this.opened ? [] : [...this.items.values()]
    for (const record of records.filter(({ cid }) => !this.items.has(cid)).sort(byOrder)) {
      const item = this.add(record)
      this.lastOrder = Math.max(this.lastOrder, record.order)
      if (record.failed) this.enter(item, 'failed')
      else if (Date.now() - record.created > KEYS_MS) this.fail(item, TOO_OLD)
      else this.enter(item, 'waiting')
    }
    // What was written before the storage had answered goes after what was left, whatever the clock says.
    for (const item of newer) {
      item.record = { ...item.record, order: this.nextOrder(item.record.order) }
      this.keep(item.record)
    }
    this.pump()
  }

  private add(record: OutboxRecord): Item {
    let settle: Pick<Item, 'resolve' | 'reject'> | undefined
    const done = new Promise<Sent>((resolve, reject) => (settle = { resolve, reject }))
    done.catch(() => {}) // nobody has to look at it
    const item: Item = {
      record,
      state: 'waiting',
      defects: 0,
      pending: { cid: record.cid, done },
      ...settle!,
    }
    this.items.set(record.cid, item)
    return item
  }

  /** Send the first of each conversation that has none on its way. */
  private pump(): void {
    if (!this.opened || !this.online || Date.now() < this.pausedUntil) return
    const waiting = [...this.items.values()].filter(({ state }) => state === 'waiting')
    for (const item of waiting.sort((a, b) => byOrder(a.record, b.record))) {
      if (this.busy.size >= this.inFlight) return
      const lane = this.laneOf(item)
      if (!this.busy.has(lane)) void this.transmit(item, lane)
    }
  }

  private async transmit(item: Item, lane: string): Promise<void> {
    this.busy.add(lane)
    this.enter(item, 'sending')
    try {
      const sent = await this.hears.transmit({ ...item.record.message, cid: item.record.cid })
      this.backoff.reset()
      this.settle(item, sent)
    } catch (error) {
      this.refused(item, error)
    } finally {
      this.busy.delete(lane)
    }
    this.pump()
  }

  private settle(item: Item, sent: Sent): void {
    const { cid, message } = item.record
    if (message.to.startsWith('@')) this.places.set(message.to, sent.conversation)
    if (this.items.get(cid) !== item) return
    this.items.delete(cid)
    this.store(() => this.storage.remove(cid))
    item.state = 'sent'
    this.hears.changed({ cid, conversation: sent.conversation, state: 'sent', sent, seq: sent.seq })
    item.resolve(sent)
  }

  private refused(item: Item, error: unknown): void {
    if (this.items.get(item.record.cid) !== item) return
    if (error instanceof Refused) {
      if (error.code === 'internal') item.defects += 1
      if (!error.retry || item.defects >= DEFECTS) {
        this.fail(item, error)
        return
      }
      this.pause(this.backoff.next(error.retryAfterMs))
    } else if (!(error instanceof Disconnected)) {
      this.fail(item, new Refused('bad_request', error instanceof Error ? error.message : String(error)))
      return
    }
    this.enter(item, 'waiting')
  }

  private fail(item: Item, error: Refused): void {
    item.record = { ...item.record, failed: { code: error.code, message: error.message } }
    this.keep(item.record)
    this.enter(item, 'failed')
    item.reject(error)
  }

  /** Limits are those of a user, and a store that cannot write can write nothing: all wait. */
  private pause(ms: number): void {
    this.pausedUntil = Date.now() + ms
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.pausedUntil = 0
      this.pump()
    }, ms)
  }

  private enter(item: Item, state: PendingState): void {
    item.state = state
    const { cid, failed } = item.record
    const change: PendingChange = { cid, conversation: this.laneOf(item), state }
    if (failed) change.error = new Refused(failed.code as Code, failed.message)
    this.hears.changed(change)
  }

  private laneOf({ record }: Item): string {
    return this.places.get(record.message.to) ?? record.message.to
  }

  private nextOrder(now: number): number {
    this.lastOrder = Math.max(this.lastOrder + 1, now)
    return this.lastOrder
  }

  private keep(record: OutboxRecord): void {
    this.store(() => this.storage.put(record))
  }

  /** One after the other: a record is never kept after it was removed. */
  private store(work: () => Promise<void>): void {
    this.stored = this.stored.then(work).catch((error: unknown) => this.hears.trouble(error))
  }
}

const TOO_OLD = new Refused('conflict', 'this waited for so long that it cannot be known whether it was sent')

const byOrder = (a: OutboxRecord, b: OutboxRecord) => a.order - b.order || (a.cid < b.cid ? -1 : 1)
