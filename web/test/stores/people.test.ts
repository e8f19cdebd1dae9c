import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { resetLink, setLink } from '@/stores/link'
import { usePeopleStore } from '@/stores/people'
import { useSearchStore } from '@/stores/search'
import { startStores } from '@/stores/start'

import { BOB, EVE, FakeLog, fakeLink, ME, settle, someUser, until, type FakeLink } from './fakes'

let link: FakeLink
let people: ReturnType<typeof usePeopleStore>
const asked: string[] = []
const profiles: Record<string, object> = {
  [BOB.id]: { id: BOB.id, nick: 'Bob', guest: false, kind: 'user', bio: 'tea', avatar: 'f9' },
}

async function fetched(url: string): Promise<Response> {
  asked.push(url)
  if (url.startsWith('/api/v1/users?'))
    return Response.json({ users: [{ ...EVE, kind: 'user' }], cursor: null })
  const found = profiles[url.split('/').at(-1)!]
  return found ? Response.json(found) : Response.json({ code: 'not_found' }, { status: 404 })
}

beforeEach(async () => {
  asked.length = 0
  vi.stubGlobal('fetch', vi.fn(fetched))
  resetLink()
  setActivePinia(createPinia())
  startStores()
  people = usePeopleStore()
  link = await fakeLink(someUser())
  setLink(link)
})

afterEach(() => {
  resetLink()
  vi.unstubAllGlobals()
})

describe('people', () => {
  it('are known by what is heard of them, and asked for once when they are shown', async () => {
    link.fake.welcome()
    link.fake.emit('entry', new FakeLog().say({ ...BOB, nick: 'bob-in-the-log' }, 'hello'))
    expect(people.user(BOB.id)).toMatchObject({ nick: 'bob-in-the-log', avatar: null, status: null })
    for (let look = 0; look < 5; look += 1) people.user(BOB.id)
    await until(() => people.user(BOB.id).avatar !== null)
    expect(people.user(BOB.id)).toMatchObject({ bio: 'tea', avatar: `/api/v1/users/${BOB.id}/avatar#f9` })
    expect(asked.length).toBe(1)
    // Whoever is not there is not asked for again and again.
    people.user('u-nobody', 'nobody')
    await settle()
    people.user('u-nobody', 'nobody')
    await settle()
    expect(asked.length).toBe(2)
  })

  it('come and go', () => {
    link.fake.welcome()
    const presence = { ev: 'presence', user: BOB.id, nick: 'bob' } as const
    link.fake.emit('presence', { ...presence, status: 'away', at: 5, text: 'brewing' })
    expect(people.user(BOB.id)).toMatchObject({ status: 'away', text: 'brewing', lastSeen: null })
    link.fake.emit('presence', { ...presence, status: 'offline', at: 7 })
    expect(people.user(BOB.id)).toMatchObject({ status: 'offline', lastSeen: 7 })
  })

  it('are asked for when a direct conversation comes up: who was there before is told to nobody', async () => {
    const there = [{ ...ME, status: 'online' }]
    link.fake.handlers.online = () => ({ users: there, count: there.length })
    const direct = new FakeLog('d1').summary({ kind: 'direct', peer: BOB })
    link.fake.welcome(direct)
    await until(() => people.user(BOB.id).status === 'offline')
    there.push({ ...BOB, status: 'away' })
    link.fake.welcome(direct)
    await until(() => people.user(BOB.id).status === 'away')
    expect(link.fake.calls.filter(({ op }) => op === 'online').length).toBe(2)
  })

  it('are found by the beginning of their nick, those one knows first', async () => {
    link.fake.welcome()
    link.fake.emit('entry', new FakeLog().say({ id: 'u-evan', nick: 'Evan' }, 'hello'))
    const found = await people.find('@ev')
    expect(found.map(({ nick }) => nick)).toEqual(['Evan', 'eve'])
  })

  it('can be blocked; all pages of the list are read', async () => {
    const pages: Record<string, object> = {
      '': { blocks: [{ user: EVE, at: 1 }], more: true },
      [EVE.id]: { blocks: [{ user: BOB, at: 2 }], more: false },
    }
    link.fake.handlers.blocks = ({ after }: { after: string }) => pages[after]
    link.fake.handlers.contacts = () => ({ contacts: [{ user: BOB, alias: 'Bobby', at: 1 }], more: false })
    link.fake.handlers.unblock = () => ({})
    link.fake.welcome()
    await until(() => people.contacts.size === 1)
    expect([people.isBlocked(EVE.id), people.isBlocked(BOB.id)]).toEqual([true, true])
    await people.unblock(BOB.id)
    expect(people.isBlocked(BOB.id)).toBe(false)
  })

  it('are told what one is, and told again after a break', async () => {
    const told: object[] = []
    link.fake.handlers.presence = (fields: object) => (told.push(fields), {})
    link.fake.welcome()
    await people.setPresence('dnd', 'writing')
    expect(people.user(ME.id)).toMatchObject({ status: 'dnd', text: 'writing' })
    link.fake.welcome()
    await settle()
    expect(told).toEqual([
      { status: 'dnd', text: 'writing' },
      { status: 'dnd', text: 'writing' },
    ])
  })
})

describe('search', () => {
  it('looks in what is kept while there is no connection', async () => {
    const log = new FakeLog()
    log.say(BOB, 'Green TEA 🍵 is ready')
    log.say(EVE, '今天天气很好')
    log.say(EVE, 'coffee')
    await link.log.append('c1', { from: 1, entries: log.entries })
    const search = useSearchStore()
    search.query = 'tea green'
    await search.run()
    expect(search.local).toBe(true)
    expect(search.hits).toMatchObject([
      {
        conversation: 'c1',
        seq: 1,
        snippet: 'Green TEA 🍵 is ready',
        marks: [
          [0, 5],
          [6, 3],
        ],
      },
    ])
    search.query = '天气'
    await search.run()
    expect(search.hits).toMatchObject([{ seq: 2, marks: [[2, 2]] }])
    search.query = ''
    await search.run()
    expect(search.hits).toEqual([])
  })

  it('asks the server page by page, and drops an answer that comes late', async () => {
    const entry = new FakeLog().say(BOB, 'x')
    const answers: ((page: object) => void)[] = []
    link.fake.handlers.search = () => new Promise((resolve) => answers.push(resolve as never))
    link.fake.welcome()
    const search = useSearchStore()
    const page = (snippet: string, next: string | null) => ({
      hits: [{ entry, snippet, marks: [] }],
      more: next !== null,
      next,
    })
    search.query = 'slow'
    const slow = search.run()
    search.query = 'fast'
    const fast = search.run()
    await until(() => answers.length === 2)
    answers[1]!(page('fast', 'c1.1'))
    await fast
    answers[0]!(page('slow', null))
    await slow
    expect(search.hits.map(({ snippet }) => snippet)).toEqual(['fast'])
    const more = search.next()
    await until(() => answers.length === 3)
    expect(link.fake.calls.at(-1)?.fields).toMatchObject({ cursor: 'c1.1' })
    answers[2]!(page('more', null))
    await more
    expect(search.hits.length).toBe(2)
    expect(search.more).toBe(false)
  })
})
