import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Disconnected, Refused } from 'teahouse-client'

import { Chat } from '../../widget/chat'
import { Keep } from '../../widget/keep'
import type { WidgetOptions } from '../../widget/options'
import { PageOutbox } from '../../widget/outbox'
import { Service, type Welcomed } from '../../widget/service'

/** A server that answers what it is asked, in memory. */
class Socket extends EventTarget {
  static made: Socket[] = []
  readyState = 0
  readonly asked: { op: string; [field: string]: unknown }[] = []

  constructor() {
    super()
    Socket.made.push(this)
    queueMicrotask(() => {
      this.readyState = 1
      this.dispatchEvent(new Event('open'))
    })
  }

  send(text: string): void {
    const asked = JSON.parse(text) as { op: string; id: number }
    this.asked.push(asked)
    const ok = this.answer(asked.op)
    if (ok) queueMicrotask(() => this.tell({ re: asked.id, ok }))
  }

  tell(frame: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }

  close(): void {
    this.readyState = 3
  }

  private answer(op: string): object | undefined {
    const user = { id: 'v1', nick: 'visitor', guest: true }
    const row = { conversation: 'c1', last_seq: 2, read_seq: 1, unread: 1 }
    const said = {
      ev: 'message',
      conversation: 'c1',
      seq: 2,
      message: 'm2',
      at: 1,
      body: { type: 'text', text: 'hi' },
    }
    const answers: Record<string, object> = {
      hello: { user, session: 's', heartbeat_s: 30, server: 'x', lobby: 'lobby' },
      conversations: { conversations: [row], badge: 0 },
      history: { entries: [{ ...said, sender: { id: 'desk', nick: 'assistant' } }], more: false },
      send: { conversation: 'c1', seq: 3, message: 'm3', at: 2, duplicate: false },
      read: { seq: 2, unread: 0, mentions: 0 },
    }
    return answers[op]
  }
}

const welcomed = (visitor = 'v1'): Welcomed => ({
  visitor,
  nick: 'visitor',
  token: `tv_${visitor}`,
  conversation: 'c1',
  team: { id: 't', name: 'Tea', language: 'en', theme: {}, texts: {} },
})

function begun(options: Partial<WidgetOptions> = {}) {
  const service = new Service('https://chat.example.org')
  const hello = vi.spyOn(service, 'hello').mockResolvedValue(welcomed())
  const matter = { state: '', ticket: '', agent: '', place: 0, rated: false, open: true }
  vi.spyOn(service, 'matter').mockResolvedValue(matter)
  const keep = new Keep('tk', localStorage)
  const said = {
    server: 'https://chat.example.org',
    team: 'tk',
    language: 'en',
    name: '',
    contact: '',
  } as const
  const chat = new Chat({
    options: { ...said, identity: null, open: false, ...options },
    service,
    keep,
    outbox: (visitor) => new PageOutbox(`box.${visitor}.`, 'one', localStorage, undefined),
    changed: () => {},
    came: () => {},
  })
  return { chat, service, hello, keep }
}

const ops = () => Socket.made.flatMap((socket) => socket.asked.map(({ op }) => op))

beforeEach(() => {
  localStorage.clear()
  Socket.made = []
  vi.stubGlobal('WebSocket', Socket)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('says hello once, keeps the token, and counts what is unread', async () => {
  const { chat, hello, keep } = begun()
  expect(chat.isKnown).toBe(false)
  chat.start()
  chat.start()
  await vi.waitFor(() => expect(chat.unread).toBe(1))
  expect(hello).toHaveBeenCalledTimes(1)
  expect(keep.get().token).toBe('tv_v1')
  expect(chat.phase).toBe('online')
  chat.look(true)
  expect(chat.unread).toBe(0)
  await vi.waitFor(() => expect(ops()).toContain('read'))
})

it('sends what was said before hello was answered', async () => {
  const { chat, hello } = begun()
  let answer: (welcomed: Welcomed) => void = () => {}
  hello.mockReturnValue(new Promise((resolve) => (answer = resolve)))
  chat.start()
  chat.send('quick')
  expect(chat.timeline.rows()).toHaveLength(2) // its day, and it
  answer(welcomed())
  await vi.waitFor(() => expect(ops()).toContain('send'))
  const sent = Socket.made[0]!.asked.find(({ op }) => op === 'send')
  expect(sent).toMatchObject({ to: 'c1', text: 'quick' })
})

it('tries again what fails for now, and says what is refused', async () => {
  vi.useFakeTimers()
  const { chat, hello } = begun()
  hello.mockRejectedValueOnce(new Disconnected('away'))
  hello.mockRejectedValueOnce(new Refused('forbidden', 'not this site', false, 0, 403))
  chat.start()
  await vi.advanceTimersByTimeAsync(0)
  expect(chat.phase).toBe('unreachable')
  await vi.advanceTimersByTimeAsync(2000)
  expect([chat.phase, chat.reason]).toEqual(['refused', 'not this site'])
  await vi.advanceTimersByTimeAsync(600_000)
  expect(hello).toHaveBeenCalledTimes(2)
})

it('keeps nothing of whom the site signs, and forgets them when they log out', async () => {
  const identity = { external: '42', expires: 1795477496, signature: 'ab' }
  const { chat, service, hello, keep } = begun({ identity })
  expect(chat.isKnown).toBe(true)
  chat.start()
  await vi.waitFor(() => expect(chat.phase).toBe('online'))
  expect(hello.mock.calls[0]![0]).toMatchObject({ identity, token: '' })
  expect(keep.get().token).toBeUndefined()
  chat.identify(undefined, { plan: 'gold' })
  await vi.waitFor(() =>
    expect(hello.mock.calls.at(-1)![0]).toMatchObject({ identity, data: { plan: 'gold' } }),
  )
  expect(Socket.made).toHaveLength(1)
  hello.mockResolvedValue(welcomed('v2'))
  chat.identify(null, {})
  expect([chat.timeline.rows().length, service.token]).toEqual([0, ''])
  await vi.waitFor(() => expect(chat.welcomed?.visitor).toBe('v2'))
  expect(hello.mock.calls.at(-1)![0]).not.toHaveProperty('identity')
})
