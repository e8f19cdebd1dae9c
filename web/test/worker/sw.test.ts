// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { workerCode } from '../../plugins/offline'

// The worker as the browser runs it, in a small world of its own.

type Handler = (event: Record<string, unknown>) => void

class FakeCache {
  readonly kept = new Map<string, Response>()
  private readonly key = (of: Request | string): string =>
    new URL(typeof of === 'string' ? of : of.url, ORIGIN).href

  async match(of: Request | string): Promise<Response | undefined> {
    return this.kept.get(this.key(of))?.clone()
  }
  async put(of: Request | string, answer: Response): Promise<void> {
    // As a real cache: what is put again is the newest.
    this.kept.delete(this.key(of))
    this.kept.set(this.key(of), answer)
  }
  async delete(of: Request | string): Promise<boolean> {
    return this.kept.delete(this.key(of))
  }
  async keys(): Promise<Request[]> {
    return [...this.kept.keys()].map((url) => new Request(url))
  }
  async addAll(requests: Request[]): Promise<void> {
    for (const request of requests) {
      const answer = await fetched(request)
      if (!answer.ok) throw new TypeError('not ok')
      await this.put(request, answer)
    }
  }
}

const ORIGIN = 'https://tea.example'
let caches: Map<string, FakeCache>
let handlers: Map<string, Handler>
let fetched: (request: Request | string) => Promise<Response>
let pages: {
  visibilityState: string
  focused: boolean
  focus: () => Promise<void>
  postMessage: (data: unknown) => void
}[]
let notifications: { title: string; tag: string; body: string; data: unknown; close: () => void }[]
let openWindow: ReturnType<typeof vi.fn>
let skipWaiting: ReturnType<typeof vi.fn>
let subscription: { unsubscribe: ReturnType<typeof vi.fn> }
let badge: ReturnType<typeof vi.fn>

const storage = {
  open: async (name: string): Promise<FakeCache> => {
    const cache = caches.get(name) ?? new FakeCache()
    caches.set(name, cache)
    return cache
  },
  keys: async () => [...caches.keys()],
  delete: async (name: string) => caches.delete(name),
  match: async (of: Request | string, options: { cacheName?: string } = {}) => {
    const searched = options.cacheName ? [caches.get(options.cacheName)] : [...caches.values()]
    for (const cache of searched) {
      const found = await cache?.match(of)
      if (found) return found
    }
    return undefined
  },
}

const registration = {
  getNotifications: async ({ tag }: { tag?: string } = {}) =>
    notifications.filter((one) => !tag || one.tag === tag),
  showNotification: async (title: string, options: { tag: string; body: string; data: unknown }) => {
    notifications = notifications.filter((one) => one.tag !== options.tag)
    const shown = {
      title,
      ...options,
      close: () => void (notifications = notifications.filter((one) => one !== shown)),
    }
    notifications.push(shown)
  },
  pushManager: {
    getSubscription: async () => subscription,
    subscribe: async () => ({
      toJSON: () => ({ endpoint: 'https://push.example/new', keys: { p256dh: 'p', auth: 'a' } }),
    }),
  },
}

async function start(version = 'v1'): Promise<void> {
  handlers = new Map()
  const code = await workerCode({ version, files: ['/', '/assets/app-1.js'] })
  const self = {
    addEventListener: (name: string, handler: Handler) => handlers.set(name, handler),
    location: new URL(ORIGIN),
    navigator: { language: 'en-GB', setAppBadge: badge },
    clients: { matchAll: async () => pages, claim: async () => {}, openWindow },
    registration,
    skipWaiting,
  }
  const ask = (request: Request | string) => fetched(request)
  // Relative addresses are those of the worker's own place.
  class Asked extends Request {
    constructor(of: string | Request, init?: RequestInit) {
      super(typeof of === 'string' ? new URL(of, ORIGIN) : of, init)
    }
  }
  new Function('self', 'caches', 'fetch', 'Request', code)(self, storage, ask, Asked)
}

async function tell(name: string, fields: Record<string, unknown> = {}): Promise<Response | undefined> {
  const waits: Promise<unknown>[] = []
  let answer: Promise<Response> | undefined
  handlers.get(name)?.({
    ...fields,
    waitUntil: (work: Promise<unknown>) => waits.push(work),
    respondWith: (given: Promise<Response>) => (answer = given),
  })
  const given = await answer
  await Promise.all(waits)
  return given
}

/** A request as the browser makes it; `navigate` cannot be constructed. */
function request(path: string, mode = 'no-cors', method = 'GET'): Request {
  const made = new Request(new URL(path, ORIGIN), { method })
  Object.defineProperty(made, 'mode', { value: mode })
  return made
}
const get = (path: string, mode?: string) => tell('fetch', { request: request(path, mode) })
const push = (data: unknown) => tell('push', { data: { json: () => data } })
const message = (fields = {}) => ({
  type: 'message',
  conversation: 'c1',
  seq: 7,
  title: 'Tea',
  body: 'hello',
  badge: 3,
  tag: 'c1',
  at: 1,
  ...fields,
})

beforeEach(async () => {
  caches = new Map()
  pages = []
  notifications = []
  openWindow = vi.fn()
  subscription = { unsubscribe: vi.fn(async () => true) }
  skipWaiting = vi.fn()
  badge = vi.fn(async () => undefined)
  fetched = vi.fn(
    async (of) => new Response(`fresh ${new URL(typeof of === 'string' ? of : of.url, ORIGIN).pathname}`),
  )
  await start()
})

describe('the shell', () => {
  test('is kept whole, and a part that does not come keeps the version from being installed', async () => {
    await tell('install')
    expect([...(caches.get('teahouse-shell-v1')?.kept.keys() ?? [])]).toEqual([
      `${ORIGIN}/`,
      `${ORIGIN}/assets/app-1.js`,
    ])
    fetched = async () => new Response('', { status: 404 })
    await expect(tell('install')).rejects.toThrow()
  })

  test('of an older version goes when the new one takes over', async () => {
    await tell('install')
    await storage.open('somebody-elses')
    await start('v2')
    await tell('install')
    await tell('activate')
    expect([...caches.keys()].sort()).toEqual(['somebody-elses', 'teahouse-shell-v2'])
  })

  test('waits until somebody says so', async () => {
    await tell('install')
    expect(skipWaiting).not.toHaveBeenCalled()
    await tell('message', { data: { type: 'activate' } })
    expect(skipWaiting).toHaveBeenCalledOnce()
  })
})

describe('pages and files', () => {
  test('a page comes from the network, and without one from what is kept', async () => {
    await tell('install')
    expect(await (await get('/c/lobby', 'navigate'))?.text()).toBe('fresh /c/lobby')
    fetched = async () => Promise.reject(new TypeError('offline'))
    expect(await (await get('/c/lobby', 'navigate'))?.text()).toBe('fresh /')
    fetched = async () => new Response('', { status: 502 })
    expect(await (await get('/c/lobby', 'navigate'))?.text()).toBe('fresh /')
  })

  test('a network that does not answer is not waited for', async () => {
    await tell('install')
    vi.useFakeTimers()
    fetched = () => new Promise(() => {})
    const answer = get('/', 'navigate')
    await vi.advanceTimersByTimeAsync(3100)
    expect(await (await answer)?.text()).toBe('fresh /')
    vi.useRealTimers()
  })

  test("the server's own pages and the interface are left alone", async () => {
    await tell('install')
    for (const path of ['/docs', '/api/v1/files/f1', '/first-admin'])
      expect(await get(path, 'navigate')).toBeUndefined()
    expect(await get('/api/v1/users/me', 'cors')).toBeUndefined()
    expect(await get('/api/v1/files/f1', 'no-cors')).toBeUndefined()
    expect(await tell('fetch', { request: request('/assets/app-1.js', 'cors', 'POST') })).toBeUndefined()
  })

  test('what was fetched once of a build is kept', async () => {
    await get('/assets/emoji-2.js')
    const asked = vi.fn(async () => new Response('again'))
    fetched = asked
    expect(await (await get('/assets/emoji-2.js'))?.text()).toBe('fresh /assets/emoji-2.js')
    expect(asked).not.toHaveBeenCalled()
  })
})

describe('pictures', () => {
  test('a thumbnail is fetched once, an avatar shown at once and asked for anew', async () => {
    const asked = vi.fn(async () => new Response('picture'))
    fetched = asked
    await get('/api/v1/files/f1/thumbnail')
    await get('/api/v1/files/f1/thumbnail')
    expect(asked).toHaveBeenCalledTimes(1)
    await get('/api/v1/users/u1/avatar')
    fetched = async () => new Response('new picture')
    expect(await (await get('/api/v1/users/u1/avatar'))?.text()).toBe('picture')
    expect(await (await get('/api/v1/users/u1/avatar'))?.text()).toBe('new picture')
  })

  test('there are never very many, and those looked at last stay', async () => {
    fetched = async () => new Response('picture')
    const full = await storage.open('teahouse-pictures')
    for (let count = 0; count < 400; count += 1) {
      await full.put(`/api/v1/files/f${count}/thumbnail`, new Response('picture'))
    }
    await get('/api/v1/files/f0/thumbnail')
    await get('/api/v1/files/new/thumbnail')
    const kept = caches.get('teahouse-pictures')
    expect(kept?.kept.size).toBe(400)
    expect(await kept?.match('/api/v1/files/f0/thumbnail')).toBeDefined()
    expect(await kept?.match('/api/v1/files/f1/thumbnail')).toBeUndefined()
  })

  test('none is kept that there is not, and all go with the logout', async () => {
    fetched = async () => new Response('', { status: 404 })
    await get('/api/v1/users/u1/avatar')
    expect(caches.get('teahouse-pictures')?.kept.size ?? 0).toBe(0)
    fetched = async () => new Response('picture')
    await get('/api/v1/files/f1/thumbnail')
    await push(message())
    await tell('message', { data: { type: 'logout' } })
    expect(caches.has('teahouse-pictures')).toBe(false)
    expect(notifications).toEqual([])
    expect(subscription.unsubscribe).toHaveBeenCalled()
    expect(badge).toHaveBeenLastCalledWith(0)
  })
})

describe('notifications', () => {
  test('a message is told with its words, in private mode without, in the language chosen', async () => {
    await push(message())
    expect(notifications).toMatchObject([
      { title: 'Tea', body: 'hello', tag: 'c1', data: { conversation: 'c1', seq: 7 } },
    ])
    expect(badge).toHaveBeenLastCalledWith(3)
    await tell('message', { data: { type: 'language', language: 'zh-CN' } })
    await push(message({ seq: 8, body: null }))
    expect(notifications).toMatchObject([{ body: '收到新消息' }])
  })

  test('not while somebody looks at a page, and not what a page has told already', async () => {
    pages = [{ visibilityState: 'visible', focused: true, focus: async () => {}, postMessage: () => {} }]
    await push(message())
    expect(notifications).toEqual([])
    pages = []
    await push(message({ seq: 9 }))
    await push(message({ seq: 8, body: 'late' }))
    expect(notifications).toMatchObject([{ data: { seq: 9 } }])
  })

  test('what was read elsewhere is taken away, and no more', async () => {
    await push(message({ seq: 9 }))
    await push({ type: 'read', conversation: 'c1', seq: 8, badge: 1 })
    expect(notifications).toHaveLength(1)
    await push({ type: 'read', conversation: 'c1', seq: 9, badge: 0 })
    expect(notifications).toHaveLength(0)
    expect(badge).toHaveBeenLastCalledWith(0)
  })

  test('a test, and what nobody understands', async () => {
    await push({ type: 'test' })
    expect(notifications).toMatchObject([{ body: 'Notifications work on this device.' }])
    await push({ type: 'something new' })
    await tell('push', { data: null })
    expect(notifications).toHaveLength(1)
  })

  test('a press leads to the page that is there, or opens one', async () => {
    const close = vi.fn()
    const click = () =>
      tell('notificationclick', { notification: { close, data: { conversation: 'c/1', seq: 7 } } })
    await click()
    expect(close).toHaveBeenCalled()
    expect(openWindow).toHaveBeenCalledWith('/c/c%2F1')
    const postMessage = vi.fn()
    pages = [{ visibilityState: 'hidden', focused: false, focus: vi.fn(async () => {}), postMessage }]
    await click()
    expect(postMessage).toHaveBeenCalledWith({ type: 'open', conversation: 'c/1', seq: 7 })
    expect(openWindow).toHaveBeenCalledTimes(1)
  })

  test('a subscription that the browser replaced is told to the server', async () => {
    const told: unknown[] = []
    const world = async (of: string | Request, init?: RequestInit): Promise<Response> => {
      if (of === '/api/v1/auth/web') return Response.json({ csrf_token: 'secret' })
      told.push([of, JSON.parse(String(init?.body)), new Headers(init?.headers).get('X-CSRF-Token')])
      return new Response('{}', { status: 201 })
    }
    fetched = world as typeof fetched
    const fetchInit = world
    const code = await workerCode({ version: 'v1', files: [] })
    const self = {
      addEventListener: (name: string, handler: Handler) => handlers.set(name, handler),
      location: new URL(ORIGIN),
      navigator: { language: 'en' },
      clients: {},
      registration,
    }
    new Function('self', 'caches', 'fetch', code)(self, storage, fetchInit)
    await tell('pushsubscriptionchange', {
      oldSubscription: { options: { applicationServerKey: new ArrayBuffer(65) } },
    })
    const body = { kind: 'webpush', endpoint: 'https://push.example/new', keys: { p256dh: 'p', auth: 'a' } }
    expect(told).toEqual([['/api/v1/users/me/push', body, 'secret']])
  })
})
