import 'fake-indexeddb/auto'

import { createPinia, setActivePinia } from 'pinia'
import { Refused } from 'teahouse-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { setCsrf } from '@/api/rest'
import { databaseName } from '@/db/database'
import { useConversationsStore } from '@/stores/conversations'
import { useDraftsStore } from '@/stores/drafts'
import { link, resetLink } from '@/stores/link'
import { useSessionStore } from '@/stores/session'
import { startStores } from '@/stores/start'

import { BOB, FakeClient, FakeLog, settle, until } from './fakes'

vi.mock('teahouse-client', async (original) => {
  const { FakeClient } = await import('./fakes')
  class Client extends FakeClient {
    constructor(options: { credentials: () => Promise<unknown>; outbox: never }) {
      super(options.outbox)
      this.credentials = options.credentials
      clients.push(this)
    }
    credentials: () => Promise<unknown>
  }
  return { ...(await original<object>()), TeahouseClient: Client }
})

type Made = FakeClient & { credentials: () => Promise<unknown> }
const clients: Made[] = []

/** The server's REST, as far as logging in goes. */
const server = {
  loggedIn: null as { id: string; user: string; nick: string; guest?: boolean } | null,
  reachable: true,
  guests: true,
  asked: [] as string[],
  tokens: [] as (string | null)[],
}

const problem = (status: number, code: string): Response =>
  Response.json({ code, title: code }, { status, headers: { 'Content-Type': 'application/problem+json' } })

const answers: Record<string, (body: Record<string, string>) => Response> = {
  'GET /api/v1/auth/web': () => {
    if (!server.loggedIn) return problem(401, 'unauthenticated')
    return Response.json({ user: server.loggedIn, csrf_token: `csrf-${server.loggedIn.id}`, expires_in: 9 })
  },
  'POST /api/v1/auth/web/login': ({ user, password }) => {
    if (password !== 'right') return problem(401, 'unauthenticated')
    server.loggedIn = { id: `u-${user}`, user: user!, nick: user! }
    return answers['GET /api/v1/auth/web']!({})
  },
  'POST /api/v1/auth/web/guest': ({ nick }) => {
    if (!server.guests) return problem(404, 'not_found')
    server.loggedIn = { id: `g-${nick}`, user: '', nick: nick!, guest: true }
    return Response.json({ user: server.loggedIn, csrf_token: 'csrf-g', expires_in: 9, resume: 'secret' })
  },
  'POST /api/v1/auth/web/token': () =>
    Response.json({ access_token: 'token', token_type: 'Bearer', expires_in: 9 }),
  'POST /api/v1/auth/logout': () => {
    server.loggedIn = null
    return new Response(null, { status: 204 })
  },
  'GET /api/v1/users/me': () => {
    if (!server.loggedIn) return problem(401, 'unauthenticated')
    return Response.json({
      ...server.loggedIn,
      kind: 'user',
      admin: false,
      bio: '',
      avatar: '',
      locale: '',
      created: 1,
    })
  },
}

async function fetched(url: string, init: RequestInit = {}): Promise<Response> {
  if (!server.reachable) throw new TypeError('no network')
  const asked = `${init.method ?? 'GET'} ${url}`
  server.asked.push(asked)
  server.tokens.push(new Headers(init.headers).get('X-CSRF-Token'))
  return answers[asked]?.(JSON.parse((init.body as string | undefined) ?? '{}')) ?? problem(404, 'not_found')
}

let session: ReturnType<typeof useSessionStore>
const names = async (): Promise<(string | undefined)[]> =>
  (await indexedDB.databases()).map(({ name }) => name)

/** A page that is loaded: nothing is in memory. */
function load(): void {
  session?.$dispose()
  resetLink()
  setCsrf(null)
  setActivePinia(createPinia())
  startStores()
  session = useSessionStore()
}

beforeEach(() => {
  Object.assign(server, { loggedIn: null, reachable: true, guests: true, asked: [], tokens: [] })
  localStorage.clear()
  sessionStorage.clear()
  vi.stubGlobal('fetch', vi.fn(fetched))
  clients.length = 0
  load()
})

afterEach(async () => {
  if (session.user) await session.logout()
  resetLink()
  vi.unstubAllGlobals()
})

describe('logging in', () => {
  it('connects as whoever logged in, with a token and the CSRF token in memory only', async () => {
    await expect(session.login('ann', 'wrong')).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(session.user).toBeNull()
    await session.login('ann', 'right')
    expect(session.user).toMatchObject({ id: 'u-ann', nick: 'ann', guest: false })
    expect(clients.length).toBe(1)
    expect(clients[0]!.started).toBe(1)
    expect(await clients[0]!.credentials()).toEqual({ token: 'token' })
    expect(server.tokens.at(-1)).toBe('csrf-u-ann')
    expect(JSON.stringify(localStorage)).not.toContain('csrf')
  })

  it('comes back after a reload, and gets the CSRF token again', async () => {
    await session.login('ann', 'right')
    load()
    await session.restore()
    expect(session.user?.id).toBe('u-ann')
    expect(session.ready).toBe(true)
    await clients.at(-1)!.credentials()
    expect(server.asked.filter((asked) => asked === 'GET /api/v1/auth/web').length).toBe(1)
    expect(server.tokens.at(-1)).toBe('csrf-u-ann')
  })

  it('finds a login that a provider made', async () => {
    server.loggedIn = { id: 'u-oidc', user: 'oidc', nick: 'Oidc' }
    const url = session.providerUrl({ id: 'x', name: 'X', start: '/api/v1/auth/oidc/x/start' }, '/c/c1?seq=3')
    const back = new URL(url, location.href).searchParams.get('return_to')!
    history.replaceState(null, '', back)
    await session.restore()
    expect(session.user?.id).toBe('u-oidc')
    expect(location.pathname + location.search).toBe('/c/c1?seq=3')
  })

  it('asks nothing for a stranger', async () => {
    await session.restore()
    expect(session.ready).toBe(true)
    expect(server.asked).toEqual([])
  })

  it('shows what is kept while there is no network', async () => {
    await session.login('ann', 'right')
    const log = new FakeLog()
    log.say(BOB, 'kept')
    clients[0]!.welcome(log.summary())
    await new Promise((resolve) => setTimeout(resolve, 600))
    server.reachable = false
    load()
    await session.restore()
    expect(session.user?.id).toBe('u-ann')
    await until(() => useConversationsStore().byId.size === 1)
    await settle()
    expect(session.user?.id).toBe('u-ann')
  })

  it('is over when the server says so; what was not sent yet is kept for the same user', async () => {
    await session.login('ann', 'right')
    useDraftsStore().save('c1', { text: 'half' })
    await useDraftsStore().flush()
    const log = new FakeLog()
    log.say(BOB, 'received')
    clients[0]!.emit('entry', log.entries[0]!)
    await link()!.journal.settled()
    server.loggedIn = null
    clients[0]!.state = 'closed'
    const error = new Refused('unauthenticated', 'logged out')
    clients[0]!.emit('state', { state: 'closed', retryAt: null, error })
    expect(session.user).toBeNull()
    await until(() => link() === null)
    await session.login('ann', 'right')
    expect(await link()!.database.count('entries')).toBe(0)
    await until(() => useDraftsStore().draft('c1').text === 'half')
  })
})

describe('another user', () => {
  it('is shown nothing of the one before', async () => {
    await session.login('ann', 'right')
    const log = new FakeLog()
    log.say(BOB, 'for ann')
    clients[0]!.welcome(log.summary())
    clients[0]!.emit('entry', log.say(BOB, 'more'))
    expect(useConversationsStore().byId.size).toBe(1)
    await session.login('bea', 'right')
    expect(session.user?.id).toBe('u-bea')
    expect(clients[0]!.state).toBe('closed')
    expect(clients[0]!.listening).toBeLessThanOrEqual(2)
    expect(useConversationsStore().byId.size).toBe(0)
    expect(await names()).toEqual([databaseName('u-bea')])
  })

  it('who logs in in another tab is who is logged in here', async () => {
    await session.login('ann', 'right')
    server.loggedIn = { id: 'u-bea', user: 'bea', nick: 'bea' }
    localStorage.setItem(
      'teahouse.session',
      JSON.stringify({ me: { ...session.user, id: 'u-bea', nick: 'bea' } }),
    )
    const other = new BroadcastChannel('teahouse')
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel, not a window
    other.postMessage({ type: 'logged-in', user: 'u-bea' })
    await until(() => session.user?.id === 'u-bea')
    other.close()
  })
})

describe('logging out', () => {
  it('leaves nothing behind, in this tab and the others', async () => {
    const dropped: string[] = []
    vi.stubGlobal('caches', {
      keys: async () => ['app-shell-1', 'files'],
      delete: async (name: string) => dropped.push(name),
    })
    const unsubscribe = vi.fn(async () => true)
    vi.stubGlobal('navigator', {
      ...navigator,
      onLine: true,
      serviceWorker: {
        getRegistration: async () => ({ pushManager: { getSubscription: async () => ({ unsubscribe }) } }),
      },
    })
    const told: unknown[] = []
    const other = new BroadcastChannel('teahouse')
    other.addEventListener('message', (event) => told.push(event.data))
    await session.login('ann', 'right')
    await session.logout()
    expect(session.user).toBeNull()
    expect(localStorage.length).toBe(0)
    expect(await names()).toEqual([])
    expect(dropped).toEqual(['files'])
    expect(unsubscribe).toHaveBeenCalled()
    expect(server.loggedIn).toBeNull()
    await until(() => told.length === 2)
    expect(told[1]).toEqual({ type: 'logged-out' })
    other.close()
  })

  it('without a network ends the login as soon as there is one, and lets nobody in before', async () => {
    await session.login('ann', 'right')
    server.reachable = false
    await session.logout()
    expect(await names()).toEqual([])
    load()
    await session.restore()
    expect(session.user).toBeNull()
    server.reachable = true
    load()
    await session.restore()
    expect(server.loggedIn).toBeNull()
    expect(session.user).toBeNull()
  })
})

describe('a guest', () => {
  it('comes back by the secret, also where the cookie is gone', async () => {
    await session.guest('gil')
    expect(session.user).toMatchObject({ id: 'g-gil', guest: true })
    expect(await clients[0]!.credentials()).toEqual({ resume: 'secret' })
    server.loggedIn = null
    load()
    await session.restore()
    await settle()
    expect(session.user?.nick).toBe('gil')
    expect(await clients.at(-1)!.credentials()).toEqual({ resume: 'secret' })
    expect(server.loggedIn).toMatchObject({ id: 'g-gil' })
  })

  it('takes another nick when somebody took theirs meanwhile', async () => {
    await session.guest('gil')
    const error = new Refused('conflict', 'somebody has this nick')
    clients[0]!.emit('state', { state: 'closed', retryAt: null, error })
    expect(clients[0]!.started).toBe(2)
    const { nick, resume } = (await clients[0]!.credentials()) as { nick: string; resume: string }
    expect(nick).toMatch(/^gil-\d{4}$/)
    expect(resume).toBe('secret')
  })

  it('does without cookies where the server has none for guests', async () => {
    server.guests = false
    const done = session.guest('gil')
    await until(() => clients.length === 1)
    clients[0]!.emit('welcome', {
      user: { id: 'g-1', nick: 'gil', guest: true },
      session: 's',
      heartbeat_s: 30,
      server: 't',
      lobby: 'lobby',
      resume: 'other',
    })
    await done
    expect(session.user).toMatchObject({ id: 'g-1', guest: true })
    expect(await clients[1]!.credentials()).toEqual({ resume: 'other' })
  })

  it('is told when the nick is taken', async () => {
    server.guests = false
    const done = session.guest('gil')
    await until(() => clients.length === 1)
    const error = new Refused('conflict', 'somebody has this nick')
    clients[0]!.emit('state', { state: 'closed', retryAt: null, error })
    await expect(done).rejects.toBe(error)
    expect(session.user).toBeNull()
  })
})
