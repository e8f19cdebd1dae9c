// Tabs of one browser that share an outbox, are closed and crash at any moment: what was written is stored once, and in
// the order in which each tab wrote it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { TeahouseClient, type OutboxRecord, type OutboxStorage } from '../../src/index.js'
import { ModelServer } from '../support/model_server.js'
import { Chance } from '../support/random.js'

const SEEDS = Number(process.env.SEEDS ?? 25)

/** What the tabs of a browser share. A tab is one of the living until it releases what it holds, or crashes. */
class Browser {
  readonly rows = new Map<string, { owner: string; record: OutboxRecord }>()
  readonly living = new Map<string, (records: OutboxRecord[]) => void>()

  /** Somebody living takes what a tab left. */
  gone(owner: string): void {
    this.living.delete(owner)
    const [heir] = this.living.keys()
    if (heir !== undefined) this.takeOver(heir)
  }

  takeOver(heir: string): void {
    const left = [...this.rows.values()].filter((row) => row.owner === heir || !this.living.has(row.owner))
    for (const row of left) row.owner = heir
    this.living.get(heir)?.(left.map(({ record }) => record))
  }
}

class TabOutbox implements OutboxStorage {
  crashed = false

  constructor(
    private readonly browser: Browser,
    private readonly owner: string,
    private readonly chance: Chance,
  ) {}

  async claim(claimed: (records: OutboxRecord[]) => void): Promise<void> {
    await this.disk()
    if (this.crashed) return
    this.browser.living.set(this.owner, claimed)
    this.browser.takeOver(this.owner)
  }

  async put(record: OutboxRecord): Promise<void> {
    await this.disk()
    if (!this.crashed) this.browser.rows.set(record.cid, { owner: this.owner, record })
  }

  async remove(cid: string): Promise<void> {
    await this.disk()
    if (!this.crashed) this.browser.rows.delete(cid)
  }

  async release(): Promise<void> {
    if (!this.crashed) this.browser.gone(this.owner)
  }

  private disk(): Promise<unknown> {
    return new Promise((done) => setTimeout(done, this.chance.below(20)))
  }
}

describe('tabs', () => {
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
    const server = new ModelServer(chance, ['lobby'])
    const browser = new Browser()
    const written = new Map<string, string[]>()
    let opened = 0

    const open = () => {
      const name = `tab${++opened}`
      const outbox = new TabOutbox(browser, name, chance)
      const client = new TeahouseClient({
        url: 'ws://model/ws',
        credentials: () => Promise.resolve({ nick: 'ann' }),
        WebSocket: server.sockets('ann'),
        outbox,
        timeoutMs: 3000,
      })
      client.start()
      written.set(name, [])
      return { name, client, outbox }
    }
    const close = async ({ name, client, outbox }: ReturnType<typeof open>) => {
      await vi.advanceTimersByTimeAsync(100) // what was written has reached the disk
      outbox.crashed = chance.happens(0.5)
      client.stop()
      if (outbox.crashed) browser.gone(name)
    }

    const tabs = [open(), open()]
    for (let step = 0; step < 100; step += 1) {
      await vi.advanceTimersByTimeAsync(chance.below(100))
      const { name, client } = chance.of(tabs)
      const texts = written.get(name) ?? []
      for (let n = chance.below(4); n > 0; n -= 1) {
        texts.push(`${name} ${texts.length}`)
        client.send({ to: 'lobby', text: texts.at(-1) ?? '' })
      }
      if (chance.happens(0.05)) server.storm()
      if (chance.happens(0.1)) {
        const [closed] = tabs.splice(chance.below(tabs.length), 1, open())
        if (closed) await close(closed)
      }
    }
    server.stormy = false
    await vi.advanceTimersByTimeAsync(120_000)

    const stored = (server.log.get('lobby') ?? []).map((entry) => entry.body?.text ?? '')
    for (const [name, texts] of written) {
      expect(stored.filter((text) => text.startsWith(`${name} `))).toEqual(texts)
    }
    expect(browser.rows.size).toBe(0)
    for (const { client } of tabs) client.stop()
  })
})
