/** The tabs of one browser in which one user is logged in tell each other what the server does not. */
import type { OutboxChange } from '../db/outbox'

export type TabMessage =
  | OutboxChange
  /** Do this with a message of the outbox that you are sending. */
  | { type: 'outbox-retry'; cid: string }
  | { type: 'outbox-drop'; cid: string }
  /** Drafts and read marks are changed in one tab and shown in all. */
  | { type: 'draft'; conversation: string }
  | { type: 'hidden'; conversation: string; seqs: readonly number[] }
  | { type: 'cleared'; conversation: string; upto: number }

/** What is told reaches the other tabs of this origin, not this one. */
export class Channel<Message> {
  private readonly channel: BroadcastChannel
  private readonly listeners = new Set<(message: Message) => void>()
  private closed = false

  constructor(name: string) {
    this.channel = new BroadcastChannel(name)
    this.channel.addEventListener('message', (event: MessageEvent<Message>) => {
      for (const listener of this.listeners) listener(event.data)
    })
  }

  tell(message: Message): void {
    if (this.closed) return
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
    this.channel.postMessage(message)
  }

  on(listener: (message: Message) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  close(): void {
    this.closed = true
    this.listeners.clear()
    this.channel.close()
  }
}

/** The tabs in which one user is logged in. */
export class Tabs extends Channel<TabMessage> {
  constructor(user: string) {
    super(`teahouse.${user}`)
  }
}
