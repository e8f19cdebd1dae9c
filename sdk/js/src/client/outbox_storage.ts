// Where messages wait that are not sent yet. In memory here; a page keeps them in IndexedDB.
//
// Rule: what several tabs share is safe by the cid alone: the server stores it once, whoever sends it. To keep their
// order, a record should be sent by one tab at a time; that is what `claim` is for.
import type { OutboxRecord } from './events.js'

/** A place that outlives the client. Calls of one client come one after the other, each when the last has settled. */
export interface OutboxStorage {
  /** Take over what no live client sends: left by earlier ones, in any order. Called when the client starts, and again
   * only after `release`. A storage that several tabs share calls `claimed` again whenever another tab is gone, with
   * what it left: it lets each client hold a lock (Web Locks) under a name of its own, writes that name beside each
   * record it puts, and waits for the locks of the others. */
  claim(claimed: (records: OutboxRecord[]) => void): Promise<void>
  /** Keep a record, or keep it anew. */
  put(record: OutboxRecord): Promise<void>
  /** Forget a record; nothing happens if it is not there. */
  remove(cid: string): Promise<void>
  /** The client has stopped: what it did not send is for others to claim. */
  release(): Promise<void>
}

/** Kept as long as this object. */
export class MemoryOutbox implements OutboxStorage {
  private readonly records = new Map<string, OutboxRecord>()

  async claim(claimed: (records: OutboxRecord[]) => void): Promise<void> {
    claimed([...this.records.values()])
  }

  async put(record: OutboxRecord): Promise<void> {
    this.records.set(record.cid, record)
  }

  async remove(cid: string): Promise<void> {
    this.records.delete(cid)
  }

  async release(): Promise<void> {}
}
