import { createPinia, setActivePinia } from 'pinia'
import { Refused, type Entry } from 'teahouse-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { useConversationsStore } from '@/stores/conversations'
import { resetLink, setLink } from '@/stores/link'
import { startStores } from '@/stores/start'
import { useTimelinesStore } from '@/stores/timelines'
import type { MessageRow, Timeline } from '@/stores/types'

import { BOB, FakeLog, fakeLink, ME, settle, someUser, until, type FakeLink } from './fakes'

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

describe('sending', () => {
  it('shows a message at once, and goes on with the same row when it is stored', async () => {
    fill(5)
    link.fake.welcome(log.summary())
    const timeline = await opened()
    const [cid] = timelines.send('c1', { text: 'hello', replyTo: 5 })
    await settle()
    const waiting = message(timeline, -1)
    expect(waiting).toMatchObject({ state: 'waiting', seq: null, own: true, body: { text: 'hello' } })
    expect(waiting.quote).toMatchObject({ seq: 5, text: 'm5' })
    link.fake.emit('pending', { cid: cid!, conversation: 'c1', state: 'sending' })
    await settle()
    expect(message(timeline, -1).state).toBe('sending')
    // The answer first, then the entry that is made from it: never two rows, never none.
    link.fake.emit('pending', { cid: cid!, conversation: 'c1', state: 'sent', seq: 6 })
    await settle()
    expect(timeline.rows.length).toBe(6)
    expect(message(timeline, -1)).toMatchObject({ key: waiting.key, state: 'sent' })
    tell(log.say(ME, 'hello', { cid, reply_to: 5 }))
    await settle()
    expect(timeline.rows.length).toBe(6)
    expect(message(timeline, -1)).toMatchObject({ key: waiting.key, seq: 6, state: 'sent', mark: 'sent' })
  })

  it('shows one row when the answer is lost and the entry comes', async () => {
    link.fake.welcome(log.summary())
    const timeline = await opened()
    const [cid] = timelines.send('c1', { text: 'lost answer' })
    link.fake.lose()
    tell(log.say(ME, 'lost answer', { cid }))
    link.fake.emit('pending', { cid: cid!, conversation: 'c1', state: 'sent', seq: 1 })
    await settle()
    expect(seqs(timeline)).toEqual([1])
    // Nor does it come back when the pending one is repeated.
    link.fake.emit('pending', { cid: cid!, conversation: 'c1', state: 'sent', seq: 1 })
    await settle()
    expect(seqs(timeline)).toEqual([1])
  })

  it('shows one row when the page ended between the entry and the outbox', async () => {
    const entry = log.say(ME, 'stored', { cid: 'x9' })
    await link.outbox.put({
      cid: 'x9',
      message: { to: 'c1', text: 'stored', cid: 'x9' },
      created: 1,
      order: 1,
    })
    link.fake.welcome(log.summary())
    const timeline = await opened()
    await settle()
    expect(seqs(timeline)).toEqual([entry.seq])
  })

  it('shows a failure, and tries again or gives up when told to', async () => {
    link.fake.welcome(log.summary())
    const timeline = await opened()
    link.fake.transmit = async () => {
      throw new Refused('muted', 'you may not write here')
    }
    const [cid] = timelines.send('c1', { text: 'one' })
    const [other] = timelines.send('c1', { text: 'two' })
    await until(() => timeline.rows.length === 2 && message(timeline, -1).state === 'failed')
    expect(message(timeline, 0).error).toEqual({ code: 'muted', message: 'you may not write here' })
    timelines.discard(other!)
    link.fake.transmit = async ({ cid, message: { text } }) => {
      const entry = log.say(ME, text!, { cid })
      queueMicrotask(() => tell(entry))
      return { conversation: 'c1', seq: entry.seq, message: entry.message, at: entry.at, duplicate: false }
    }
    timelines.retry(cid!)
    await until(() => message(timeline, -1).seq === 1)
    expect(texts(timeline)).toEqual(['one'])
  })

  it('shows what waits after a reload', async () => {
    link.fake.welcome(log.summary())
    await opened()
    timelines.send('c1', { text: 'not yet sent' })
    await settle()
    await load(user)
    const again = timelines.timeline('c1')
    await until(() => again.rows.length === 1)
    expect(message(again, 0)).toMatchObject({ state: 'waiting', body: { text: 'not yet sent' } })
  })

  it('shows in one tab what another one sends', async () => {
    link.fake.welcome(log.summary())
    const timeline = await opened()
    const other = await fakeLink(user)
    await other.outbox.put({
      cid: 'x1',
      message: { to: 'c1', text: 'from there', cid: 'x1' },
      created: 1,
      order: 1,
    })
    await until(() => timeline.rows.length === 1)
    expect(message(timeline, 0).body.text).toBe('from there')
    tell(log.say(ME, 'from there', { cid: 'x1' }))
    await other.outbox.remove('x1')
    await settle()
    expect(seqs(timeline)).toEqual([1])
    other.tabs.close()
  })

  it('reacts at once, and takes it back when it is refused', async () => {
    fill(3)
    link.fake.welcome(log.summary())
    const timeline = await opened()
    let refuse: ((error: Error) => void) | undefined
    link.fake.handlers.react = () => new Promise((_, reject) => (refuse = reject))
    const done = timelines.react('c1', 2, '🍵', true)
    await settle()
    expect(message(timeline, 1).reactions).toMatchObject([{ emoji: '🍵', mine: true }])
    refuse!(new Refused('forbidden', 'no'))
    await expect(done).rejects.toThrow('no')
    await settle()
    expect(message(timeline, 1).reactions).toEqual([])
  })

  it('begins a direct conversation with its first message', async () => {
    link.fake.welcome()
    conversations.byId.clear()
    const id = '@bob'
    link.fake.transmit = async ({ cid, message: { text } }) => {
      const direct = new FakeLog('d1')
      const entry = direct.say(ME, text!, { cid })
      link.fake.handlers.history = () => direct.history({})
      queueMicrotask(() => tell(entry))
      return { conversation: 'd1', seq: 1, message: 'd1.1', at: entry.at, duplicate: false }
    }
    conversations.open(id)
    const before = timelines.timeline(id)
    await until(() => !before.opening)
    timelines.send(id, { text: 'first' })
    await until(() => conversations.current === 'd1')
    const after = timelines.timeline('@bob')
    expect(after.conversation).toBe('d1')
    await until(() => after.rows.length === 1 && after.rows[0]!.seq === 1)
  })
})
