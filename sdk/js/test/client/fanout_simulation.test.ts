// Many clients, a network that does what it likes, pages that are closed and opened again: at the end every message
// stands once, in the order in which it was written, and everybody was told all of it in that order.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { MemoryOutbox, TeahouseClient, type Entry } from '../../src/index.js'
import { ModelServer } from '../support/model_server.js'
import { Chance } from '../support/random.js'

const SEEDS = Number(process.env.SEEDS ?? 25)
const CONVERSATIONS = ['lobby', 'tasting', 'kettle'] as const

/** Somebody's device: what is kept over reloads of the page, and the client of the page that is open. */
class Device {
  readonly told: Entry[] = []
  readonly outbox = new MemoryOutbox()
  readonly written: { to: string; text: string }[] = []
  client: TeahouseClient

  constructor(
    readonly nick: string,
    private readonly server: ModelServer,
    private readonly chance: Chance,
  ) {
    this.client = this.page(Object.fromEntries(CONVERSATIONS.map((conversation) => [conversation, 0])))
  }

  write(to: string): void {
    // What has an @ in it is not known before the server has said who is meant.
    const text = `${this.chance.happens(0.3) ? '@you ' : ''}${this.nick} ${this.written.length}`
    this.written.push({ to, text })
    this.client.send({ to, text })
  }

  /** The page is closed, whatever was on its way, and opened again. */
  async reload(): Promise<void> {
    this.client.stop()
    await vi.advanceTimersByTimeAsync(0) // what it still writes to its storage
    this.client = this.page(Object.fromEntries(CONVERSATIONS.map((c) => [c, this.seqs(c).at(-1) ?? 0])))
  }

  seqs(conversation: string): number[] {
    return this.told.filter((entry) => entry.conversation === conversation).map((entry) => entry.seq)
  }

  private page(cursors: Record<string, number>): TeahouseClient {
    const client = new TeahouseClient({
      url: 'ws://model/ws',
      credentials: () => Promise.resolve({ nick: this.nick }),
      WebSocket: this.server.sockets(this.nick),
      cursors,
      outbox: this.outbox,
      timeoutMs: 3000,
    })
    client.on('entry', (entry) => this.told.push(entry))
    client.start()
    return client
  }
}

describe('fan-out', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  it.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))('seed %i', async (seed) => {
    const chance = new Chance(seed)
    vi.spyOn(Math, 'random').mockImplementation(chance.next)
    const server = new ModelServer(chance, CONVERSATIONS)
    const devices = ['ann', 'bob', 'cem'].map((nick) => new Device(nick, server, chance))

    for (let step = 0; step < 120; step += 1) {
      await vi.advanceTimersByTimeAsync(chance.below(120))
      const device = chance.of(devices)
      for (let n = chance.below(4); n > 0; n -= 1) device.write(chance.of(CONVERSATIONS))
      if (chance.happens(0.05)) await device.reload()
      if (chance.happens(0.05)) server.storm()
      if (chance.happens(0.1)) device.client.retryNow()
    }
    server.stormy = false
    await vi.advanceTimersByTimeAsync(120_000)
    for (const device of devices) for (const conversation of CONVERSATIONS) device.write(conversation)
    await vi.advanceTimersByTimeAsync(60_000)

    for (const conversation of CONVERSATIONS) {
      const log = server.log.get(conversation) ?? []
      for (const device of devices) {
        const stored = log.filter((entry) => entry.sender.nick === device.nick).map((e) => e.body?.text)
        const written = device.written.filter(({ to }) => to === conversation).map(({ text }) => text)
        expect(stored).toEqual(written)
        expect(device.told.filter((entry) => entry.conversation === conversation)).toEqual(
          log.map((entry) =>
            expect.objectContaining({ seq: entry.seq, body: entry.body, sender: entry.sender }),
          ),
        )
        expect(device.client.outgoing()).toEqual([])
      }
    }
    for (const device of devices) device.client.stop()
  })
})
