/**
 * Messages that wait to be stored, whichever tab sends them: what the rows behind a timeline are made of. Each goes when
 * its entry comes.
 */
import type { Entry, OutboxRecord, PendingChange } from 'teahouse-client'

import type { Link } from './link'
import type { Waiting } from './timeline/rows'
import type { Body, Failure, SendState } from './types'

export interface PendingHears {
  changed: (conversation: string) => void
  /** The first message to `@nick` was stored: this is the conversation that it made. */
  began: (name: string, conversation: string) => void
}

const NOTHING: readonly Waiting[] = []
/** So many of one's own stored messages are remembered: word that one of them waits may come after its entry. */
const MOST_STORED = 500

export class PendingMessages {
  private readonly byCid = new Map<string, Waiting>()
  private readonly byConversation = new Map<string, readonly Waiting[]>()
  /** Keys of messages whose entries came, the oldest first. */
  private readonly stored = new Set<string>()

  constructor(private readonly hears: PendingHears) {}

  of(conversation: string): readonly Waiting[] {
    const known = this.byConversation.get(conversation)
    if (known || this.byCid.size === 0) return known ?? NOTHING
    const here = [...this.byCid.values()].filter((waiting) => waiting.conversation === conversation)
    here.sort((one, other) => one.at - other.at)
    this.byConversation.set(conversation, here)
    return here
  }

  get(cid: string): Waiting | undefined {
    return this.byCid.get(cid)
  }

  /** Listens for what happens to them; gives what ends it. */
  follow({ client, outbox, tabs }: Link): () => void {
    const endings = [
      client.on('pending', (change) => this.told(change, client.outgoing())),
      tabs.on((message) => {
        if (message.type === 'outbox') this.record(message.record)
        if (message.type === 'outbox-gone') this.gone(message.cid)
      }),
    ]
    void this.restore(outbox).catch(() => {})
    return () => {
      for (const end of endings) end()
      this.byCid.clear()
      this.byConversation.clear()
    }
  }

  private async restore(outbox: Link['outbox']): Promise<void> {
    for (const record of await outbox.all()) if (!this.byCid.has(record.cid)) this.record(record)
  }

  add(waiting: Waiting): void {
    this.byCid.set(waiting.cid, waiting)
    this.list(waiting.conversation)
  }

  update(cid: string, changes: Partial<Waiting>): void {
    const before = this.byCid.get(cid)
    if (!before) return
    this.byCid.set(cid, { ...before, ...changes })
    this.list(before.conversation)
    if (changes.conversation !== undefined) this.list(changes.conversation)
  }

  drop(cid: string): void {
    const before = this.byCid.get(cid)
    if (!before) return
    this.byCid.delete(cid)
    this.list(before.conversation)
  }

  /** The entry of a message of one's own: it takes the place of the one that waits. */
  arrived(entry: Entry, me: string): void {
    if (entry.cid === undefined || entry.sender.id !== me) return
    this.stored.add(entry.cid)
    if (this.stored.size > MOST_STORED) this.stored.delete(this.stored.values().next().value!)
    this.place(entry.cid, entry.conversation)
    this.drop(entry.cid)
  }

  private told(change: PendingChange, records: readonly OutboxRecord[]): void {
    const { cid, state, sent, error } = change
    if (!this.byCid.has(cid)) {
      const record = records.find((one) => one.cid === cid)
      if (record && state !== 'sent') this.record(record)
    }
    const failure: Failure | null = error ? { code: error.code, message: error.message } : null
    if (state === 'sent') this.sent(cid, sent?.conversation)
    else this.update(cid, { state: state as SendState, error: failure })
  }

  /** Stored; its entry is about to come. A tab that is far back in the past may not see it: there it goes at once. */
  private sent(cid: string, conversation?: string): void {
    if (conversation) this.place(cid, conversation)
    this.update(cid, { state: 'sent', error: null, ...(conversation && { conversation }) })
    setTimeout(() => this.drop(cid), 5000)
  }

  /** Where a message turned out to be. */
  private place(cid: string, conversation: string): void {
    const before = this.byCid.get(cid)?.conversation
    if (before && before !== conversation) this.hears.began(before, conversation)
  }

  /** Another tab has no more to do with it: it was sent, or given up. */
  private gone(cid: string): void {
    if (this.byCid.get(cid)?.state === 'failed') this.drop(cid)
    else this.sent(cid)
  }

  private record({ cid, message, created, failed }: OutboxRecord): void {
    const body = (message.body ?? { type: 'text', text: message.text ?? '' }) as Body
    if (message.forward?.length || this.stored.has(cid)) return
    this.add({
      cid,
      conversation: message.to,
      body,
      replyTo: message.reply_to ?? null,
      thread: message.thread ?? null,
      at: created,
      state: failed ? 'failed' : 'waiting',
      error: failed ?? null,
      upload: this.byCid.get(cid)?.upload ?? null,
    })
  }

  /** Something changed there: the list is made when it is asked for. */
  private list(conversation: string): void {
    this.byConversation.delete(conversation)
    this.hears.changed(conversation)
  }
}
