// What is handed to the outbox is sent once and in order, or says why not; and it is in the storage until then.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Outbox } from '../../src/client/outbox.js'
import {
  Disconnected,
  MemoryOutbox,
  Refused,
  type OutboxRecord,
  type OutboxStorage,
  type PendingChange,
  type Sent,
} from '../../src/index.js'

interface Transmission {
  text: string
  cid: string
  answer(sent?: Partial<Sent>): void
  refuse(error: Error): void
}

class Desk {
  readonly sent: Transmission[] = []
  readonly changes: PendingChange[] = []
  readonly troubles: unknown[] = []
  readonly outbox: Outbox
  private seq = 0

  constructor(readonly storage: OutboxStorage = new MemoryOutbox()) {
    this.outbox = new Outbox(
      storage,
      {
        transmit: ({ text, cid, to }) =>
          new Promise((resolve, reject) => {
            const answer = (sent: Partial<Sent> = {}) =>
              resolve({ conversation: to, seq: ++this.seq, message: '', at: 0, duplicate: false, ...sent })
            this.sent.push({ text: text ?? '', cid, answer, refuse: reject })
          }),
        changed: (change) => this.changes.push(change),
        trouble: (error) => this.troubles.push(error),
      },
      3,
    )
  }

  async open(): Promise<this> {
    this.outbox.open()
    this.outbox.setOnline(true)
    await vi.advanceTimersByTimeAsync(0)
    return this
  }

  /** What is on its way for the first time or again, in order. */
  get texts(): string[] {
    return this.sent.map(({ text }) => text)
  }

  states(cid: string): string[] {
    return this.changes.filter((change) => change.cid === cid).map(({ state }) => state)
  }

  async answer(index: number, sent?: Partial<Sent>): Promise<void> {
    this.sent[index]?.answer(sent)
    await vi.advanceTimersByTimeAsync(0)
  }

  async refuse(index: number, error: Error): Promise<void> {
    this.sent[index]?.refuse(error)
    await vi.advanceTimersByTimeAsync(0)
  }
}

async function kept(storage: OutboxStorage): Promise<OutboxRecord[]> {
  let found: OutboxRecord[] = []
  await storage.claim((records) => (found = records))
  return found
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('order', () => {
  it('sends one of a conversation at a time, and several conversations at once', async () => {
    const desk = await new Desk().open()
    for (const text of ['a1', 'a2']) desk.outbox.send({ to: 'a', text })
    for (const to of ['b', 'c', 'd']) desk.outbox.send({ to, text: `${to}1` })
    expect(desk.texts).toEqual(['a1', 'b1', 'c1'])
    await desk.answer(1)
    expect(desk.texts).toEqual(['a1', 'b1', 'c1', 'd1'])
    await desk.answer(0)
    expect(desk.texts).toEqual(['a1', 'b1', 'c1', 'd1', 'a2'])
  })

  it('is that of writing after a refusal that may be retried, with the same cid', async () => {
    const desk = await new Desk().open()
    const first = desk.outbox.send({ to: 'a', text: 'one' })
    desk.outbox.send({ to: 'a', text: 'two' })
    await desk.refuse(0, new Refused('rate_limited', 'slower', true, 2000))
    await vi.advanceTimersByTimeAsync(1900)
    expect(desk.texts).toEqual(['one'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(desk.texts).toEqual(['one', 'one'])
    expect(desk.sent[1]?.cid).toBe(first.cid)
    await desk.answer(1)
    expect(desk.texts).toEqual(['one', 'one', 'two'])
    expect(desk.states(first.cid)).toEqual(['waiting', 'sending', 'waiting', 'sending', 'sent'])
  })

  it('treats a nick and its direct conversation as one, once it knows', async () => {
    const desk = await new Desk().open()
    desk.outbox.send({ to: '@bob', text: 'one' })
    await desk.answer(0, { conversation: 'd1' })
    desk.outbox.send({ to: '@bob', text: 'two' })
    desk.outbox.send({ to: 'd1', text: 'three' })
    expect(desk.texts).toEqual(['one', 'two'])
  })
})

describe('connections', () => {
  it('keeps what has no answer, and sends it again when online', async () => {
    const desk = await new Desk().open()
    const { cid, done } = desk.outbox.send({ to: 'a', text: 'one' })
    desk.outbox.setOnline(false)
    await desk.refuse(0, new Disconnected('lost'))
    expect(desk.texts).toEqual(['one'])
    desk.outbox.setOnline(true)
    expect(desk.sent.map((sent) => sent.cid)).toEqual([cid, cid])
    await desk.answer(1, { duplicate: true, seq: 7 })
    expect(await done).toMatchObject({ seq: 7, duplicate: true })
  })

  it('does not send again what the log shows', async () => {
    const desk = await new Desk().open()
    const { cid, done } = desk.outbox.send({ to: 'a', text: 'one' })
    desk.outbox.setOnline(false)
    await desk.refuse(0, new Disconnected('lost'))
    const sender = { id: 'me', nick: 'me' }
    desk.outbox.seen({ ev: 'message', conversation: 'a', seq: 3, message: 'a.3', sender, at: 1, cid })
    desk.outbox.setOnline(true)
    expect(desk.texts).toEqual(['one'])
    expect(await done).toMatchObject({ seq: 3 })
    expect(await kept(desk.storage)).toEqual([])
  })
})

describe('refusals', () => {
  it('fail that message for good, and let the next one go', async () => {
    const desk = await new Desk().open()
    const bad = desk.outbox.send({ to: 'a', text: 'bad' })
    desk.outbox.send({ to: 'a', text: 'good' })
    await desk.refuse(0, new Refused('muted', 'you may not write here'))
    await expect(bad.done).rejects.toMatchObject({ code: 'muted' })
    expect(desk.texts).toEqual(['bad', 'good'])
    expect(desk.changes.find(({ state }) => state === 'failed')?.error).toMatchObject({ code: 'muted' })
    expect((await kept(desk.storage)).map(({ failed }) => failed?.code)).toEqual(['muted', undefined])
  })

  it('can be tried again by whoever wrote it', async () => {
    const desk = await new Desk().open()
    const { cid } = desk.outbox.send({ to: 'a', text: 'bad' })
    await desk.refuse(0, new Refused('muted', 'not now'))
    const again = desk.outbox.retry(cid)
    expect(desk.sent[1]?.cid).toBe(cid)
    await desk.answer(1)
    expect(await again?.done).toMatchObject({ seq: 1 })
    expect(desk.outbox.list()).toEqual([])
    expect(desk.outbox.retry(cid)).toBeUndefined()
  })

  it('of the kind that is a defect are given up after a while', async () => {
    const desk = await new Desk().open()
    const { done } = desk.outbox.send({ to: 'a', text: 'one' })
    const failed = expect(done).rejects.toMatchObject({ code: 'internal' })
    for (let i = 0; i < 5; i += 1) {
      await desk.refuse(i, new Refused('internal', 'oh', true))
      await vi.advanceTimersByTimeAsync(60_000)
    }
    await failed
    expect(desk.sent).toHaveLength(5)
  })

  it('do not come for what was dropped', async () => {
    const desk = await new Desk().open()
    const { cid, done } = desk.outbox.send({ to: 'a', text: 'one' })
    desk.outbox.drop(cid)
    await expect(done).rejects.toBeInstanceOf(Disconnected)
    await desk.answer(0)
    expect(desk.states(cid)).toEqual(['waiting', 'sending'])
    expect(await kept(desk.storage)).toEqual([])
  })
})

describe('storage', () => {
  it('has a message until it is stored by the server', async () => {
    const desk = await new Desk().open()
    const { cid } = desk.outbox.send({ to: 'a', text: 'one' })
    await vi.advanceTimersByTimeAsync(0)
    expect(await kept(desk.storage)).toMatchObject([{ cid, message: { to: 'a', text: 'one', cid } }])
    await desk.answer(0)
    expect(await kept(desk.storage)).toEqual([])
  })

  it('gives the next client what was left, before anything newer, with the same cids', async () => {
    const before = await new Desk().open()
    const cids = ['one', 'two'].map((text) => before.outbox.send({ to: 'a', text }).cid)
    before.outbox.close()
    await vi.advanceTimersByTimeAsync(0)
    const after = new Desk(before.storage)
    after.outbox.open()
    after.outbox.setOnline(true)
    after.outbox.send({ to: 'a', text: 'three' })
    await vi.advanceTimersByTimeAsync(0)
    for (let i = 0; i < 3; i += 1) await after.answer(i)
    expect(after.texts).toEqual(['one', 'two', 'three'])
    expect(after.sent.map(({ cid }) => cid).slice(0, 2)).toEqual(cids)
  })

  it('keeps what failed, without sending it', async () => {
    const before = await new Desk().open()
    before.outbox.send({ to: 'a', text: 'bad' })
    await before.refuse(0, new Refused('muted', 'no'))
    const after = await new Desk(before.storage).open()
    expect(after.texts).toEqual([])
    expect(after.changes).toMatchObject([{ state: 'failed', error: { code: 'muted' } }])
  })

  it('does not send what is older than the memory of the server', async () => {
    const before = await new Desk().open()
    before.outbox.send({ to: 'a', text: 'old' })
    await vi.advanceTimersByTimeAsync(0)
    vi.setSystemTime(Date.now() + 8 * 24 * 3_600_000)
    const after = await new Desk(before.storage).open()
    expect(after.texts).toEqual([])
    expect(after.changes).toMatchObject([{ state: 'failed', error: { code: 'conflict' } }])
  })

  it('is claimed and released in turn, however often the client starts', async () => {
    const calls: string[] = []
    class Counted extends MemoryOutbox {
      override async claim(): Promise<void> {
        calls.push('claim')
      }
      override async release(): Promise<void> {
        calls.push('release')
      }
    }
    const { outbox } = await new Desk(new Counted()).open()
    outbox.open()
    outbox.close()
    outbox.close()
    outbox.open()
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toEqual(['claim', 'release', 'claim'])
  })

  it('that fails holds up nothing, and says so', async () => {
    const broken = { claim: fails, put: fails, remove: fails, release: fails }
    const desk = await new Desk(broken).open()
    const { done } = desk.outbox.send({ to: 'a', text: 'one' })
    await desk.answer(0)
    expect(await done).toMatchObject({ seq: 1 })
    expect(desk.troubles).toHaveLength(3)
  })

  it('that hangs holds up nothing for long', async () => {
    const desk = await new Desk(new Hanging()).open()
    desk.outbox.send({ to: 'a', text: 'one' })
    expect(desk.texts).toEqual([])
    await vi.advanceTimersByTimeAsync(3000)
    expect(desk.texts).toEqual(['one'])
  })

  it('is shared by tabs: what the other tab left comes when it is gone', async () => {
    const storage = new Shared()
    const desk = await new Desk(storage).open()
    const message = { to: 'a', text: 'theirs', cid: 'x' }
    storage.claimed?.([{ cid: 'x', message, created: Date.now(), order: 1 }])
    expect(desk.texts).toEqual(['theirs'])
  })
})

it('gives the same message to who hands the same cid in twice', async () => {
  const desk = await new Desk().open()
  const once = desk.outbox.send({ to: 'a', text: 'one', cid: 'x' })
  expect(desk.outbox.send({ to: 'a', text: 'one', cid: 'x' })).toBe(once)
})

it('is bounded', async () => {
  const desk = new Desk()
  for (let i = 0; i < 5000; i += 1) desk.outbox.send({ to: 'a', text: 'x' })
  expect(() => desk.outbox.send({ to: 'a', text: 'x' })).toThrow(RangeError)
})

const fails = () => Promise.reject(new Error('no disk'))

class Hanging extends MemoryOutbox {
  override claim(): Promise<void> {
    return new Promise(() => {})
  }
}

class Shared extends MemoryOutbox {
  claimed: ((records: OutboxRecord[]) => void) | undefined

  override async claim(claimed: (records: OutboxRecord[]) => void): Promise<void> {
    this.claimed = claimed
  }
}
