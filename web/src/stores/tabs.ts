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

type Listener = (message: TabMessage) => void

export class Tabs {
  private readonly channel: BroadcastChannel
  private readonly listeners = new Set<Listener>()

  constructor(user: string) {
    this.channel = new BroadcastChannel(`teahouse.${user}`)
    this.channel.onmessage = (event: MessageEvent<TabMessage>) => {
      for (const listener of this.listeners) listener(event.data)
    }
  }

  /** Told to the other tabs, not to this one. */
  tell(message: TabMessage): void {
    this.channel.postMessage(message)
  }

  on(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  close(): void {
    this.listeners.clear()
    this.channel.close()
  }
}
