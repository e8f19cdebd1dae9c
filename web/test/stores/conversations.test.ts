import { createPinia, setActivePinia } from 'pinia'
import type { Entry } from 'teahouse-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { useConversationsStore } from '@/stores/conversations'
import { useDraftsStore } from '@/stores/drafts'
import { resetLink, setLink } from '@/stores/link'
import { startStores } from '@/stores/start'
import { useTypingStore } from '@/stores/typing'

import { BOB, EVE, FakeLog, fakeLink, ME, settle, someUser, until, type FakeLink } from './fakes'

let user: string
let link: FakeLink
let log: FakeLog
let store: ReturnType<typeof useConversationsStore>

async function load(): Promise<void> {
  resetLink()
  setActivePinia(createPinia())
  startStores()
  store = useConversationsStore()
  link = await fakeLink(user)
  link.fake.handlers.conversations = () => ({ conversations: [log.summary()], badge: 0 })
  setLink(link)
}

const tell = (entry: Entry): void => link.fake.emit('entry', entry)
const here = () => store.byId.get('c1')!

beforeEach(async () => {
  user = someUser()
  log = new FakeLog()
  await load()
})

afterEach(() => {
  vi.useRealTimers()
  resetLink()
})

describe('the list', () => {
  it('is there at once from what is kept, and then from the server', async () => {
    log.say(BOB, 'hello')
    link.fake.welcome(log.summary({ unread: 1 }), { ...log.summary(), conversation: 'c2', title: 'Left' })
    await new Promise((resolve) => setTimeout(resolve, 600))
    await load()
    await until(() => store.loaded)
    expect(here()).toMatchObject({
      title: 'Tea',
      unread: 1,
      lastMessage: { seq: 1, body: { text: 'hello' } },
    })
    expect(store.byId.has('c2')).toBe(true)
    link.fake.welcome(log.summary({ unread: 1, title: 'Green tea' }))
    expect(here().title).toBe('Green tea')
    expect(store.byId.has('c2')).toBe(false)
  })

  it('is in order: pinned first, then by the last message; what was put away is apart', () => {
    const at = (conversation: string, seconds: number, fields = {}) => {
      const other = new FakeLog(conversation)
      other.say(BOB, 'x', { at: seconds })
      return other.summary(fields)
    }
    link.fake.welcome(at('a', 1), at('b', 3), at('c', 2, { pinned: true }), at('d', 9, { archived: true }))
    expect(store.ordered.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(store.archived.map(({ id }) => id)).toEqual(['d'])
  })

  it('counts the badge: of muted conversations the mentions only', () => {
    link.fake.welcome(log.summary({ unread: 3 }), {
      ...log.summary({ unread: 9, mentions: 2, muted: true }),
      conversation: 'c2',
    })
    expect(store.badge).toBe(5)
  })

  it('keeps up with what is heard', () => {
    link.fake.welcome(log.summary())
    tell(log.say(BOB, 'one'))
    tell(log.say(EVE, '@me', { mentions: [ME.id] }))
    expect(here()).toMatchObject({ unread: 2, mentions: 1, lastMessage: { body: { text: '@me' } } })
    tell(log.add(EVE, { ev: 'edit', ref: 2, body: { type: 'text', text: 'changed' } }))
    expect(here().lastMessage?.body.text).toBe('changed')
    tell(log.add(EVE, { ev: 'recall', ref: 2 }))
    expect(here()).toMatchObject({ unread: 1, mentions: 0, lastMessage: { recalled: true } })
    tell(log.say(ME, 'mine'))
    expect(here()).toMatchObject({ unread: 0, readSeq: 5, lastMessage: { own: true, mark: 'sent' } })
    tell(log.add(BOB, { ev: 'conversation', kind: 'group', title: 'New', join: 'open' }))
    expect(here().title).toBe('New')
    tell(log.add(BOB, { ev: 'member', user: ME, change: 'role', role: 'admin' }))
    expect(here().role).toBe('admin')
    tell(log.add(BOB, { ev: 'member', user: ME, change: 'kicked' }))
    expect(store.byId.has('c1')).toBe(false)
  })

  it('does not lose what is heard while the list is on its way', () => {
    link.fake.welcome(log.summary())
    const old = log.summary()
    tell(log.say(BOB, 'new'))
    link.fake.emit('conversations', { conversations: [old], badge: 0 })
    expect(here()).toMatchObject({ unread: 1, lastSeq: 1, lastMessage: { body: { text: 'new' } } })
  })

  it('asks for a conversation one was brought into', async () => {
    link.fake.welcome()
    tell(log.add(BOB, { ev: 'conversation', kind: 'group', title: 'Tea', members: [BOB, ME] }))
    await until(() => store.byId.has('c1'))
    expect(here().lastAt).toBe(log.entries[0]!.at)
  })
})

describe('reading', () => {
  beforeEach(() => {
    for (let index = 0; index < 5; index += 1) log.say(BOB, `m${index}`)
  })

  it('is told at most once a second, and counts at once', async () => {
    const told: number[] = []
    link.fake.handlers.read = ({ seq }: { seq: number }) => {
      told.push(seq)
      return { seq, unread: 5 - seq, mentions: 0 }
    }
    link.fake.welcome(log.summary({ unread: 5 }))
    vi.useFakeTimers()
    store.read('c1', 2)
    store.read('c1', 3)
    await vi.advanceTimersByTimeAsync(10)
    store.read('c1', 4)
    store.read('c1', 5)
    expect(here()).toMatchObject({ readSeq: 5, unread: 0 })
    await vi.advanceTimersByTimeAsync(500)
    expect(told).toEqual([3])
    await vi.advanceTimersByTimeAsync(600)
    expect(told).toEqual([3, 5])
  })

  it('is kept while offline, over a reload, and told then', async () => {
    link.fake.welcome(log.summary({ unread: 5 }))
    link.fake.lose()
    store.read('c1', 5)
    expect(here().unread).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 600))
    await load()
    const told: number[] = []
    link.fake.handlers.read = ({ seq }: { seq: number }) => (told.push(seq), { seq, unread: 0, mentions: 0 })
    await until(() => store.loaded)
    expect(here().unread).toBe(0)
    link.fake.welcome(log.summary({ unread: 5 }))
    expect(here().unread).toBe(0)
    await until(() => told.length > 0)
    expect(told).toEqual([5])
  })

  it('comes from one’s other devices', () => {
    link.fake.welcome(log.summary({ unread: 5 }))
    link.fake.emit('receipt', { ev: 'receipt', conversation: 'c1', user: ME.id, delivered: 5, read: 5 })
    expect(here()).toMatchObject({ unread: 0, readSeq: 5 })
  })

  it('asks the server when it cannot know', async () => {
    link.fake.welcome(log.summary({ unread: 5 }))
    link.fake.handlers.conversations = () => ({ conversations: [log.summary({ unread: 4 })], badge: 0 })
    tell(log.add(BOB, { ev: 'recall', ref: 3 }))
    await until(() => here().unread === 4)
  })
})

describe('what stands beside a conversation', () => {
  it('shows who types, and forgets it by itself', async () => {
    link.fake.welcome(log.summary())
    vi.useFakeTimers()
    link.fake.emit('typing', { ev: 'typing', conversation: 'c1', user: BOB.id, on: true })
    link.fake.emit('typing', { ev: 'typing', conversation: 'c1', user: EVE.id, on: true })
    expect(here().typing.map(({ id }) => id)).toEqual([BOB.id, EVE.id])
    tell(log.say(BOB, 'done'))
    expect(
      useTypingStore()
        .users('c1')
        .map(({ id }) => id),
    ).toEqual([EVE.id])
    await vi.advanceTimersByTimeAsync(7000)
    expect(here().typing).toEqual([])
  })

  it('tells that one types, not more often than need be', () => {
    link.fake.welcome(log.summary())
    link.fake.handlers.typing = () => undefined
    const typing = useTypingStore()
    for (let key = 0; key < 10; key += 1) typing.mine('c1', true)
    typing.mine('c1', false)
    typing.mine('c1', false)
    const told = link.fake.calls.filter(({ op }) => op === 'typing').map(({ fields }) => fields.on)
    expect(told).toEqual([true, false])
  })

  it('keeps drafts over a reload, and shows them in the list', async () => {
    link.fake.welcome(log.summary())
    useDraftsStore().save('c1', { text: 'half a ', replyTo: 3 })
    useDraftsStore().save('c1', { text: 'half a sentence' })
    expect(here().draft).toBe('half a sentence')
    await useDraftsStore().flush()
    await load()
    link.fake.welcome(log.summary())
    await until(() => here().draft === 'half a sentence')
    expect(useDraftsStore().draft('c1')).toMatchObject({ text: 'half a sentence', replyTo: 3 })
    useDraftsStore().drop('c1')
    await useDraftsStore().flush()
    expect(await link.database.getAll('drafts')).toEqual([])
    await settle()
    expect(here().draft).toBe('')
  })

  it('takes a choice back that the server refuses', async () => {
    link.fake.welcome(log.summary())
    const done = store.pin('c1', true)
    expect(here().pinned).toBe(true)
    await expect(done).rejects.toThrow()
    expect(here().pinned).toBe(false)
  })
})
