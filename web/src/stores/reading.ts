/**
 * Tells the server how far one has read: each conversation at most once a second, and later if there is no connection.
 * How far that is, is kept with the conversation (`wantedRead`).
 */
import { link } from './link'

const PACE_MS = 1000

export interface Read {
  conversation: string
  seq: number
  unread: number
  mentions: number
  /** Nothing was heard of the conversation while the answer was on its way: its count holds. */
  current: boolean
}

interface Readable {
  /** What the server has still to be told, or 0. */
  wanted: (conversation: string) => number
  lastSeq: (conversation: string) => number
  told: (answer: Read) => void
}

export function createReading({ wanted, lastSeq, told }: Readable) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const lastTold = new Map<string, number>()

  async function tell(conversation: string): Promise<void> {
    timers.delete(conversation)
    const seq = wanted(conversation)
    const client = link()?.client
    if (seq === 0 || client?.state !== 'online') return
    lastTold.set(conversation, Date.now())
    const before = lastSeq(conversation)
    try {
      const answer = await client.call('read', { conversation, seq })
      const { unread, mentions = 0 } = answer
      told({ conversation, seq: answer.seq, unread, mentions, current: lastSeq(conversation) === before })
    } catch {
      // It stays wanted, and is told after the next welcome.
    }
  }

  function soon(conversation: string): void {
    if (timers.has(conversation)) return
    const wait = (lastTold.get(conversation) ?? 0) + PACE_MS - Date.now()
    timers.set(
      conversation,
      setTimeout(() => void tell(conversation), Math.max(0, wait)),
    )
  }

  function stop(): void {
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
    lastTold.clear()
  }

  return { soon, stop }
}
