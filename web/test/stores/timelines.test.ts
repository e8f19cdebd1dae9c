import { createPinia, setActivePinia } from 'pinia'
import { Refused, type Entry } from 'teahouse-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { useConversationsStore } from '@/stores/conversations'
import { resetLink, setLink } from '@/stores/link'
import { startStores } from '@/stores/start'
import { useTimelinesStore } from '@/stores/timelines'
import type { MessageRow, Timeline } from '@/stores/types'

import { BOB, EVE, FakeLog, fakeLink, ME, settle, someUser, until, type FakeLink } from './fakes'

let link: FakeLink
let log: FakeLog
let timelines: ReturnType<typeof useTimelinesStore>
let conversations: ReturnType<typeof useConversationsStore>

const texts = (timeline: Timeline): (string | null | undefined)[] =>
  timeline.rows.map((row) => (row.kind === 'message' ? row.body.text : row.change))
const seqs = (timeline: Timeline): (number | null)[] => timeline.rows.map((row) => row.seq)
const message = (timeline: Timeline, index: number): MessageRow => timeline.rows.at(index) as MessageRow

/** Stores anew, as after loading the page. */
async function load(user: string): Promise<void> {
  resetLink()
  setActivePinia(createPinia())
  startStores()
  timelines = useTimelinesStore()
  conversations = useConversationsStore()
  link = await fakeLink(user)
  const { handlers } = link.fake
  handlers.history = (fields: Parameters<FakeLog['history']>[0]) => log.history(fields)
  handlers.read = (fields: { seq: number }) => ({ seq: fields.seq, unread: 0, mentions: 0 })
  handlers.conversations = () => ({ conversations: [log.summary()], badge: 0 })
  setLink(link)
  link.fake.start()
}

function fill(count: number): void {
  for (let index = 1; index <= count; index += 1) log.say(index % 3 ? BOB : ME, `m${index}`)
}

/** Told live. */
function tell(entry: Entry): void {
  link.fake.emit('entry', entry)
}

async function opened(): Promise<Timeline> {
  conversations.open('c1')
  const timeline = timelines.timeline('c1')
  await until(() => !timeline.opening)
  return timeline
}

let user: string

beforeEach(async () => {
  user = someUser()
  log = new FakeLog()
  await load(user)
})

afterEach(() => {
  resetLink()
})

describe('a timeline', () => {
  it('shows the newest page, then older ones without a gap or a repetition', async () => {
    fill(200)
    link.fake.welcome(log.summary({ unread: 5, read_seq: 195 }))
    const timeline = await opened()
    expect(seqs(timeline)).toEqual(Array.from({ length: 60 }, (_, index) => 141 + index))
    expect([timeline.hasOlder, timeline.hasNewer]).toEqual([true, false])
    expect(timeline.firstUnread).toBe(196)
    await Promise.all([timeline.loadOlder(), timeline.loadOlder()])
    while (timeline.hasOlder) await timeline.loadOlder()
    expect(seqs(timeline)).toEqual(Array.from({ length: 200 }, (_, index) => 1 + index))
  })

  it('marks what was unread when it was opened, and not what comes while somebody looks', async () => {
    fill(20)
    link.fake.welcome(log.summary({ read_seq: 20 }))
    const timeline = await opened()
    tell(log.say(BOB, 'now'))
    await settle()
    expect(timeline.firstUnread).toBeNull()
    conversations.open(null)
    await settle()
    tell(log.say(ME, 'from another device'))
    tell(log.say(BOB, 'later'))
    tell(log.say(EVE, 'later still'))
    conversations.open('c1')
    await settle()
    expect(timelines.timeline('c1').firstUnread).toBe(23)
  })

  it('shows what is heard, also while a page is on its way', async () => {
    fill(80)
    link.fake.welcome(log.summary())
    let answer: (() => void) | undefined
    link.fake.handlers.history = async (fields: Parameters<FakeLog['history']>[0]) => {
      const page = log.history(fields)
      await new Promise<void>((resolve) => (answer = resolve))
      return page
    }
    const timeline = timelines.timeline('c1')
    await until(() => answer !== undefined)
    tell(log.say(BOB, 'late'))
    tell(log.add(BOB, { ev: 'edit', ref: 80, body: { type: 'text', text: 'edited meanwhile' } }))
    answer!()
    await until(() => !timeline.opening)
    await settle()
    expect(texts(timeline).slice(-2)).toEqual(['edited meanwhile', 'late'])
    expect(timeline.hasNewer).toBe(false)
    tell(log.say(EVE, 'next'))
    await settle()
    expect(texts(timeline).slice(-2)).toEqual(['late', 'next'])
  })

  it('replaces the rows that changed and no others', async () => {
    fill(50)
    link.fake.welcome(log.summary())
    const timeline = await opened()
    const before = timeline.rows
    tell(log.add(BOB, { ev: 'reaction', ref: 10, emoji: '🍵', on: true }))
    tell(log.add(BOB, { ev: 'pin', ref: 11, on: true }))
    tell(log.add(BOB, { ev: 'recall', ref: 12 }))
    await settle()
    const after = timeline.rows
    expect(after).not.toBe(before)
    const changed = after.filter((row, index) => row !== before[index]).map((row) => row.seq)
    expect(changed).toEqual([10, 11, 12, 52])
    expect(message(timeline, 9).reactions).toEqual([{ emoji: '🍵', count: 1, users: [BOB.id], mine: false }])
    expect(message(timeline, 11)).toMatchObject({ recalled: true, body: { type: '' } })
    expect(after.at(-1)).toMatchObject({ kind: 'system', event: 'pin', ref: 11 })
  })

  it('jumps into the past and comes back', async () => {
    fill(500)
    link.fake.welcome(log.summary())
    const timeline = await opened()
    expect(await timeline.jumpTo(100)).toBe(true)
    expect(seqs(timeline)).toEqual(Array.from({ length: 61 }, (_, index) => 70 + index))
    expect([timeline.hasOlder, timeline.hasNewer]).toEqual([true, true])
    tell(log.say(BOB, 'news'))
    await settle()
    expect(texts(timeline)).not.toContain('news')
    await timeline.loadNewer()
    expect(seqs(timeline).at(-1)).toBe(190)
    await timeline.newest()
    expect(texts(timeline).at(-1)).toBe('news')
    while (timeline.hasOlder) await timeline.loadOlder()
    expect(seqs(timeline)).toEqual(Array.from({ length: 501 }, (_, index) => 1 + index))
  })

  it('is read offline from what is kept, and stops at the gap', async () => {
    fill(300)
    link.fake.welcome(log.summary())
    const timeline = await opened()
    await timeline.loadOlder()
    await timeline.jumpTo(50)
    await link.journal.settled()

    await load(user)
    const again = await opened()
    expect(seqs(again).at(-1)).toBe(300)
    await again.loadOlder()
    expect(seqs(again)[0]).toBe(181)
    expect(again.hasOlder).toBe(true)
    await expect(again.loadOlder()).rejects.toThrow()
    expect(again.error?.code).toBe('disconnected')
    expect(seqs(again)[0]).toBe(181)
    expect(await again.jumpTo(50)).toBe(true)
    link.fake.welcome(log.summary())
    await again.loadNewer()
    expect(seqs(again).slice(0, 3)).toEqual([20, 21, 22])
    expect(again.error).toBeNull()
  })

  it('brings what is kept up to date with what was missed', async () => {
    fill(100)
    link.fake.welcome(log.summary())
    await opened()
    await link.journal.settled()
    const missed = [
      log.say(BOB, 'while away'),
      log.add(BOB, { ev: 'edit', ref: 99, body: { type: 'text', text: 'changed' } }),
    ]
    await load(user)
    expect(link.cursors).toEqual({ c1: 100 })
    const again = await opened()
    for (const entry of missed) tell(entry)
    link.fake.welcome(log.summary())
    await settle()
    expect(texts(again).slice(-3)).toEqual(['changed', 'm100', 'while away'])
  })

  it('starts anew when too much was missed', async () => {
    fill(100)
    link.fake.welcome(log.summary())
    const timeline = await opened()
    fill(5000)
    link.fake.emit('reset', { conversation: 'c1', seq: 5100 })
    await until(() => !timeline.opening && seqs(timeline).at(-1) === 5100)
    await link.journal.settled()
    expect(await link.log.known('c1', 90)).toBeNull()
  })

  it('hides and clears', async () => {
    fill(30)
    link.fake.welcome(log.summary())
    const timeline = await opened()
    link.fake.handlers.hide = () => ({})
    await timelines.hide('c1', [30, 29])
    await settle()
    expect(seqs(timeline).at(-1)).toBe(28)
    link.fake.emit('cleared', { ev: 'cleared', conversation: 'c1', upto: 20 })
    await settle()
    expect(seqs(timeline)).toEqual([21, 22, 23, 24, 25, 26, 27, 28])
    expect(timeline.hasOlder).toBe(false)
  })

  it('shows what a message answers, wherever that stands', async () => {
    fill(200)
    link.fake.welcome(log.summary())
    const timeline = await opened()
    tell(log.say(BOB, 'near', { reply_to: 199 }))
    tell(log.say(BOB, 'far', { reply_to: 3 }))
    await until(() => message(timeline, -1).quote !== null)
    expect(message(timeline, -2).quote).toMatchObject({ seq: 199, text: 'm199' })
    expect(message(timeline, -1).quote).toMatchObject({ seq: 3, text: 'm3' })
    tell(log.add(BOB, { ev: 'recall', ref: 199 }))
    await settle()
    const answer = timeline.rows.find(
      (row) => row.kind === 'message' && row.body.text === 'near',
    ) as MessageRow
    expect(answer.quote).toMatchObject({ recalled: true, text: '' })
  })

  it('shows a thread: its root and the replies, as they come', async () => {
    fill(10)
    link.fake.welcome(log.summary())
    tell(log.say(BOB, 'first reply', { thread: 4 }))
    const timeline = await opened()
    const thread = timelines.thread('c1', 4)
    await until(() => !thread.opening)
    expect(texts(thread)).toEqual(['m4', 'first reply'])
    tell(log.say(EVE, 'beside it'))
    tell(log.say(EVE, 'second reply', { thread: 4 }))
    await settle()
    expect(texts(thread)).toEqual(['m4', 'first reply', 'second reply'])
    expect(message(timeline, 3).replies).toMatchObject({ count: 2, lastSeq: 13 })
  })

  it('shows a stream while it grows, and goes on with the same row', async () => {
    fill(3)
    link.fake.welcome(log.summary())
    const timeline = await opened()
    const stream = { ev: 'stream', conversation: 'c1', stream: 'w1', sender: BOB, type: 'markdown' } as const
    link.fake.emit('stream', { ...stream, start: 0, text: '茶🍵 ' })
    link.fake.emit('stream', { ...stream, start: 3, text: 'is ready' })
    await settle()
    const growing = message(timeline, -1)
    expect(growing).toMatchObject({
      streaming: true,
      seq: null,
      body: { type: 'markdown', text: '茶🍵 is ready' },
    })
    tell(log.say(BOB, '茶🍵 is ready', { stream: { id: 'w1' } }))
    await settle()
    expect(timeline.rows.length).toBe(4)
    expect(message(timeline, -1)).toMatchObject({ key: growing.key, streaming: false, seq: 4 })
  })

  it('shows nobody a message whose time is over', async () => {
    log.say(BOB, 'soon gone', { expires_s: 60, at: Date.now() - 59_800 })
    link.fake.welcome(log.summary())
    const timeline = await opened()
    expect(message(timeline, 0).body.text).toBe('soon gone')
    await until(() => message(timeline, 0).recalled)
    expect(message(timeline, 0)).toMatchObject({ expired: true, body: { type: '' } })
  })
})

describe('marks', () => {
  it('shows how far one’s own messages have come', async () => {
    log.say(ME, 'one')
    log.say(ME, 'two')
    link.fake.welcome(log.summary())
    const timeline = await opened()
    const marks = (): (string | null)[] => timeline.rows.map((row) => (row as MessageRow).mark)
    expect(marks()).toEqual(['sent', 'sent'])
    link.fake.emit('receipt', { ev: 'receipt', conversation: 'c1', user: BOB.id, delivered: 2, read: 1 })
    await settle()
    expect(marks()).toEqual(['read', 'delivered'])
    // Receipts may come late or twice.
    link.fake.emit('receipt', { ev: 'receipt', conversation: 'c1', user: BOB.id, delivered: 1 })
    tell(log.say(BOB, 'read it'))
    link.fake.emit('receipt', { ev: 'receipt', conversation: 'c1', user: EVE.id, read: 1 })
    await settle()
    expect(marks()).toEqual(['read', 'read', null])
    expect(timeline.rows.map((row) => (row as MessageRow).readCount)).toEqual([2, 1, 0])
    expect(conversations.byId.get('c1')?.lastMessage?.mark).toBeNull()
  })
})

describe('marks that were missed', () => {
  it('are asked for, once a connection', async () => {
    for (let index = 1; index <= 40; index += 1) log.say(ME, `m${index}`)
    const bob = { user: BOB.id, delivered: 20, read: 13, at: 1 }
    link.fake.handlers.receipts = () => ({ receipts: [bob] })
    const questions = (): number => link.fake.calls.filter(({ op }) => op === 'receipts').length
    link.fake.welcome(log.summary())
    const timeline = await opened()
    const marked = (mark: string): number =>
      timeline.rows.filter((row) => (row as MessageRow).mark === mark).length
    await until(() => marked('read') > 0)
    expect([marked('read'), marked('delivered'), marked('sent')]).toEqual([13, 7, 20])
    await timeline.jumpTo(5)
    expect(questions()).toBe(1)
    Object.assign(bob, { delivered: 40, read: 39 })
    link.fake.welcome(log.summary())
    await until(() => marked('read') === 39)
    expect([marked('delivered'), questions()]).toEqual([1, 2])
  })

  it('are left alone by servers that do not know the question', async () => {
    log.say(ME, 'one')
    link.fake.handlers.receipts = () => {
      throw new Refused('unknown_op', 'no such op')
    }
    link.fake.welcome(log.summary())
    const timeline = await opened()
    await until(() => link.fake.calls.some(({ op }) => op === 'receipts'))
    await settle()
    expect((timeline.rows[0] as MessageRow).mark).toBe('sent')
    expect(timeline.error).toBeNull()
  })
})

describe('memory', () => {
  it('keeps few timelines, and listens to nothing when the link has ended', async () => {
    link.fake.welcome(
      ...Array.from({ length: 20 }, (_, index) => ({ ...log.summary(), conversation: `c${index}` })),
    )
    for (let index = 0; index < 20; index += 1) timelines.timeline(`c${index}`)
    await settle()
    const first = timelines.timeline('c19')
    expect(timelines.timeline('c19')).toBe(first)
    setLink(null)
    await link.journal.end()
    expect(link.fake.listening).toBe(0)
  })

  it('takes ten thousand rows lightly', { timeout: 30_000 }, async () => {
    for (let index = 0; index < 10_000; index += 1) log.say(BOB, `m${index}`)
    link.fake.welcome(log.summary())
    const all = log.folded()
    link.fake.handlers.history = (fields: { before?: number }) => {
      const before = fields.before ?? 10_001
      return { entries: all.slice(Math.max(0, before - 1001), before - 1), more: before > 1001 }
    }
    const timeline = await opened()
    while (timeline.hasOlder) await timeline.loadOlder()
    expect(timeline.rows.length).toBe(10_000)
    const begin = performance.now()
    for (let index = 0; index < 200; index += 1) {
      tell(log.add(BOB, { ev: 'reaction', ref: 1 + index * 40, emoji: '🍵', on: true }))
      await Promise.resolve()
      await Promise.resolve()
    }
    expect((performance.now() - begin) / 200).toBeLessThan(5)
  })
})
