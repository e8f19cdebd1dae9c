// Calls become requests, answers become values, and what is refused is thrown as such.
import { afterEach, describe, expect, it, vi } from 'vitest'

import { createRest, Disconnected, Refused } from '../../src/index.js'

const json = (body: object, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { 'Content-Type': 'application/json', ...init.headers },
  })

const problem = (body: object, init: ResponseInit = {}) =>
  json(body, { ...init, headers: { 'Content-Type': 'application/problem+json', ...init.headers } })

function restWith(answer: () => Response | Promise<Response>, options = {}) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => answer())
  return { fetch, rest: createRest({ baseUrl: 'http://there', fetch, ...options }) }
}

const refusedBy = (answer: Response) => restWith(() => answer).rest.GET('/api/v1/users/me')

afterEach(() => vi.unstubAllGlobals())

describe('a request', () => {
  it('has its parameters in the path and the query', async () => {
    const { rest, fetch } = restWith(() => json({}))
    await rest.GET('/api/v1/users/{user}', { params: { path: { user: 'a/b 茶' } } })
    await rest.GET('/api/v1/users', { params: { query: { query: 'a&b', limit: 3 } } })
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'http://there/api/v1/users/a%2Fb%20%E8%8C%B6',
      'http://there/api/v1/users?query=a%26b&limit=3',
    ])
  })

  it('carries JSON, or bytes as they are', async () => {
    const { rest, fetch } = restWith(() => json({}))
    await rest.POST('/api/v1/auth/web/login', { body: { user: 'ann', password: 'pw' } })
    const bytes = new Blob(['x'])
    await rest.POST('/api/v1/files', { params: { query: { name: 'x.txt' } }, body: bytes })
    const [login, upload] = fetch.mock.calls.map(([, init]) => init)
    expect(login).toMatchObject({ method: 'POST', body: '{"user":"ann","password":"pw"}' })
    expect(login?.headers).toEqual({ 'Content-Type': 'application/json' })
    expect(upload).toMatchObject({ body: bytes, headers: { 'Content-Type': 'application/octet-stream' } })
  })

  it('says who asks, anew each time, and has headers of its own', async () => {
    let n = 0
    const headers = async () => ({ Authorization: `Bearer t${++n}` })
    const { rest, fetch } = restWith(() => json({}), { headers })
    await rest.GET('/api/v1/users/me')
    await rest.GET('/api/v1/users/me', { headers: { 'X-Trace': '1' } })
    expect(fetch.mock.calls.map(([, init]) => init?.headers)).toEqual([
      { Authorization: 'Bearer t1' },
      { Authorization: 'Bearer t2', 'X-Trace': '1' },
    ])
  })

  it('is made with the fetch of the surroundings, if no other is given', async () => {
    vi.stubGlobal('fetch', async () => json({ nick: 'ann' }))
    expect(await createRest({ baseUrl: '' }).GET('/api/v1/users/me')).toMatchObject({ nick: 'ann' })
  })
})

describe('an answer', () => {
  it('is what JSON says, nothing, or bytes', async () => {
    expect(await restWith(() => json({ nick: 'ann' })).rest.GET('/api/v1/users/me')).toEqual({ nick: 'ann' })
    const nothing = restWith(() => new Response(null, { status: 204 })).rest
    expect(await nothing.POST('/api/v1/auth/logout')).toBeUndefined()
    const bytes = new Response('tea', { headers: { 'Content-Type': 'application/octet-stream' } })
    const file = await restWith(() => bytes).rest.GET('/api/v1/files/{file}', {
      params: { path: { file: 'f' } },
    })
    expect(await (file as Blob).text()).toBe('tea')
  })

  it('that is a problem document is thrown', async () => {
    const body = {
      title: 'No',
      status: 429,
      detail: 'slower',
      code: 'rate_limited',
      retry: true,
      retry_after_ms: 250,
    }
    const error = await refusedBy(problem(body, { status: 429 })).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(Refused)
    expect(error).toMatchObject({
      code: 'rate_limited',
      message: 'slower',
      retry: true,
      retryAfterMs: 250,
      status: 429,
    })
  })

  it('of something between us and the server is thrown as what it means', async () => {
    const gateway = new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Retry-After': '3' } })
    await expect(refusedBy(gateway)).rejects.toMatchObject({
      code: 'unavailable',
      retry: true,
      retryAfterMs: 3000,
      status: 502,
    })
    await expect(refusedBy(problem({}, { status: 413 }))).rejects.toMatchObject({
      code: 'too_large',
      retry: false,
    })
    await expect(refusedBy(problem({}, { status: 418 }))).rejects.toMatchObject({
      code: 'bad_request',
      retry: false,
    })
  })

  it('that is a refusal is told before it is thrown', async () => {
    const refused = vi.fn()
    const { rest } = restWith(() => problem({ code: 'unauthenticated' }, { status: 401 }), { refused })
    const error = await rest.GET('/api/v1/users/me').catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'unauthenticated', status: 401 })
    expect(refused.mock.calls).toEqual([[error]])
  })

  it('that does not come is Disconnected', async () => {
    const { rest } = restWith(() => Promise.reject(new TypeError('fetch failed')))
    await expect(rest.GET('/api/v1/users/me')).rejects.toBeInstanceOf(Disconnected)
  })

  it('that nobody waits for any more is an AbortError', async () => {
    const gone = new AbortController()
    const rest = createRest({
      baseUrl: '',
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))
        }),
    })
    const call = rest.GET('/api/v1/users/me', { signal: gone.signal })
    setTimeout(() => gone.abort())
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})
