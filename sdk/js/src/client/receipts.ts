// Receipts: tell the server what this device has received, so that others see it delivered.
//
// Rule: joined and late. One's own entries are not worth it, and what is not told now is told by the next hello.
import type { Entry } from '../wire/protocol.js'

const AFTER_MS = 1000
const MOST = 500 // conversations in one command

export class Receipts {
  private readonly received = new Map<string, number>()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly tell: (cursors: Record<string, number>) => void) {}

  note(entry: Entry): void {
    this.received.set(entry.conversation, entry.seq)
    this.timer ??= setTimeout(() => this.flush(), AFTER_MS)
  }

  reset(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.received.clear()
  }

  private flush(): void {
    this.timer = undefined
    const some = [...this.received].slice(0, MOST)
    for (const [conversation] of some) this.received.delete(conversation)
    if (this.received.size > 0) this.timer = setTimeout(() => this.flush(), AFTER_MS)
    this.tell(Object.fromEntries(some))
  }
}
