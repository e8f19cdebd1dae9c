/**
 * The outbox in IndexedDB, shared by the tabs of one browser. Each record is sent by one page: the one that wrote it, as
 * long as that lives; then another takes it over.
 *
 * Rule: a page holds a Web Lock under a name of its own and waits for those of the others. Whoever gets the lock of a
 * page knows that it is gone, and takes what it left.
 */
import type { OutboxRecord, OutboxStorage } from 'teahouse-client'

import type { Database } from './database'

export type OutboxChange =
  | { type: 'outbox'; record: OutboxRecord }
  | { type: 'outbox-gone'; cid: string }
  | { type: 'outbox-owner'; owner: string }

export interface OutboxSurroundings {
  database: Database
  /** The name of this page: new with each load. */
  owner: string
  /** Tells the other tabs; they hand what they are told to `heard`. */
  tell: (change: OutboxChange) => void
  /** Missing only where pages are not secure contexts: then nobody knows of the others. */
  locks?: LockManager | undefined
}

const LOCK = 'teahouse.outbox.'

export class SharedOutbox implements OutboxStorage {
  private readonly over = new AbortController()
  private readonly watched = new Set<string>()
  private claimed: (records: OutboxRecord[]) => void = () => {}
  private letGo: () => void = () => {}

  constructor(private readonly around: OutboxSurroundings) {}

  async claim(claimed: (records: OutboxRecord[]) => void): Promise<void> {
    this.claimed = claimed
    const { database, owner, locks, tell } = this.around
    if (!locks) return this.takeOver(() => true)
    await this.hold(locks)
    tell({ type: 'outbox-owner', owner })
    const held = (await locks.query()).held ?? []
    const living = held
      .filter(({ name }) => name?.startsWith(LOCK))
      .map(({ name }) => name!.slice(LOCK.length))
    await this.takeOver((other) => other === owner || !living.includes(other))
    const rows = await database.getAll('outbox')
    for (const other of new Set([...living, ...rows.map((row) => row.owner)])) this.watch(other)
  }

  /** What another tab told. */
  heard(change: OutboxChange): void {
    if (change.type === 'outbox-owner') this.watch(change.owner)
  }

  async put(record: OutboxRecord): Promise<void> {
    const { database, owner, tell } = this.around
    await database.put('outbox', { cid: record.cid, owner, record })
    tell({ type: 'outbox', record })
  }

  async remove(cid: string): Promise<void> {
    await this.around.database.delete('outbox', cid)
    this.around.tell({ type: 'outbox-gone', cid })
  }

  async release(): Promise<void> {
    this.over.abort()
    this.letGo()
  }

  /** Everything that waits in this browser: to be shown, whoever sends it. */
  async all(): Promise<OutboxRecord[]> {
    return (await this.around.database.getAll('outbox')).map((row) => row.record)
  }

  private hold(locks: LockManager): Promise<void> {
    return new Promise((held) => {
      const kept = new Promise<void>((letGo) => (this.letGo = letGo))
      void locks
        .request(LOCK + this.around.owner, () => {
          held()
          return kept
        })
        .catch(() => held())
    })
  }

  private watch(other: string): void {
    const { owner, locks } = this.around
    if (!locks || other === owner || this.watched.has(other) || this.over.signal.aborted) return
    this.watched.add(other)
    void locks
      .request(LOCK + other, { signal: this.over.signal }, () => this.takeOver((left) => left === other))
      .catch(() => {})
      .finally(() => this.watched.delete(other))
  }

  private async takeOver(mine: (owner: string) => boolean): Promise<void> {
    const writing = this.around.database.transaction('outbox', 'readwrite')
    const left = (await writing.store.getAll()).filter((row) => mine(row.owner))
    for (const row of left) void writing.store.put({ ...row, owner: this.around.owner })
    await writing.done
    if (left.length > 0) this.claimed(left.map((row) => row.record))
  }
}
