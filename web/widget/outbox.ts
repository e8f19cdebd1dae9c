/**
 * Messages that wait to be sent, in the host page's localStorage, shared by its tabs. Each is sent by one tab: the one
 * that wrote it, as long as that lives; then by one that finds it.
 *
 * Rule: a tab holds a Web Lock under a name of its own; whose lock is free is gone, and what it left is taken over.
 * Where there are no locks two tabs may send the same: it has the same key, so it is stored once.
 */
import type { OutboxRecord, OutboxStorage } from 'teahouse-client'

interface Row {
  owner: string
  record: OutboxRecord
}

const LOCK = 'teahouse.widget.tab.'

export class PageOutbox implements OutboxStorage {
  private readonly over = new AbortController()
  private letGo: () => void = () => {}

  constructor(
    private readonly prefix: string,
    private readonly owner: string,
    private readonly storage: Storage | null,
    private readonly locks: LockManager | undefined,
  ) {}

  async claim(claimed: (records: OutboxRecord[]) => void): Promise<void> {
    if (!this.storage) return
    if (!this.locks) return this.takeOver(() => true, claimed)
    await this.hold(this.locks)
    const owners = new Set(this.rows().map((row) => row.owner))
    owners.delete(this.owner)
    const held = new Set(((await this.locks.query()).held ?? []).map((lock) => lock.name))
    this.takeOver((owner) => owner === this.owner || !held.has(LOCK + owner), claimed)
    for (const other of owners) {
      if (!held.has(LOCK + other)) continue
      const left = () => this.takeOver((owner) => owner === other, claimed)
      this.locks.request(LOCK + other, { signal: this.over.signal }, left).catch(() => {})
    }
  }

  async put(record: OutboxRecord): Promise<void> {
    this.write({ owner: this.owner, record })
  }

  async remove(cid: string): Promise<void> {
    this.storage?.removeItem(this.prefix + cid)
  }

  async release(): Promise<void> {
    this.over.abort()
    this.letGo()
  }

  private hold(locks: LockManager): Promise<void> {
    return new Promise((held) => {
      const kept = new Promise<void>((letGo) => (this.letGo = letGo))
      const begun = () => {
        held()
        return kept
      }
      locks.request(LOCK + this.owner, begun).catch(() => held())
    })
  }

  private takeOver(mine: (owner: string) => boolean, claimed: (records: OutboxRecord[]) => void): void {
    const left = this.rows().filter((row) => mine(row.owner))
    for (const { record } of left) this.write({ owner: this.owner, record })
    if (left.length > 0) claimed(left.map((row) => row.record))
  }

  private write(row: Row): void {
    this.storage?.setItem(this.prefix + row.record.cid, JSON.stringify(row))
  }

  private rows(): Row[] {
    const rows: Row[] = []
    for (let at = 0; at < (this.storage?.length ?? 0); at += 1) {
      const key = this.storage?.key(at)
      if (!key?.startsWith(this.prefix)) continue
      try {
        const row = JSON.parse(this.storage?.getItem(key) ?? '') as Row
        if (row.record.cid && row.record.message.to) rows.push(row)
      } catch {
        // Not ours.
      }
    }
    return rows
  }
}
