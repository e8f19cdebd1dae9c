// Staying connected: who one is, when to come back, when not, and what tells that a connection is dead.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Refused, TeahouseClient, type ClientOptions, type Hello, type StateChange } from '../../src/index.js'
import { FakeSocket, socketsOf } from '../support/fake_socket.js'

const WELCOME = {
  user: { id: 'u1', nick: 'ann', guest: true },
  session: 's1',
  heartbeat_s: 30,
  server: 'teahouse',
  lobby: 'lobby',
  resume: 'secret',
}

/** A client, its sockets, and what was said about its state. */
class Play {
  readonly sockets: FakeSocket[] = []
  readonly states: StateChange[] = []
  readonly client: TeahouseClient
  /** Whether new sockets open by themselves, and hello and conversations are answered. */
  open = true
  answers = true

  constructor(options: Partial<ClientOptions> = {}) {
    const made = (socket: FakeSocket) => {
      this.sockets.push(socket)
      socket.heard = (command) => this.heard(socket, command)
      if (this.open) socket.open()
    }
    this.client = new TeahouseClient({
      url: 'ws://there/ws',
      credentials: () => Promise.resolve({ nick: 'ann' }),
      WebSocket: socketsOf(made),
      ...options,
    })
    this.client.on('state', (change) => this.states.push(change))
  }

  get socket(): FakeSocket {
    const last = this.sockets.at(-1)
    if (!last) throw new Error('no socket')
    return last
  }

  async start(): Promise<this> {
    this.client.start()
    await vi.advanceTimersByTimeAsync(0)
    return this
  }

  async pass(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms)
  }

  sent(op: string, socket = this.socket) {
    return socket.commands.filter((command) => command.op === op)
  }

  private heard(socket: FakeSocket, command: Record<string, unknown>): void {
    if (!this.answers) return
    if (command.op === 'hello') socket.answer(command, WELCOME)
    if (command.op === 'conversations') socket.answer(command, { conversations: [] })
    if (command.op === 'ping') socket.answer(command, { at: 1 })
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('coming in', () => {
  it('says hello and is online', async () => {
    const play = await new Play({ device: 'phone', cursors: { lobby: 3 } }).start()
    expect(play.states.map(({ state }) => state)).toEqual(['connecting', 'online'])
    expect(play.sent('hello')).toMatchObject([{ nick: 'ann', device: 'phone', cursors: { lobby: 3 } }])
    expect(play.client.me).toEqual(WELCOME.user)
    expect(play.client.lobby).toBe('lobby')
  })

  it('asks who one is for each connection', async () => {
    let n = 0
    const play = await new Play({ credentials: () => Promise.resolve({ token: `t${++n}` }) }).start()
    play.socket.cut()
    await play.pass(1000)
    expect(play.sockets.map((socket) => socket.commands[0]?.token)).toEqual(['t1', 't2'])
  })

  it('brings the secret of a guest who was here before', async () => {
    const play = await new Play().start()
    play.socket.cut()
    await play.pass(1000)
    expect(play.sent('hello')).toMatchObject([{ nick: 'ann', resume: 'secret' }])
  })

  it('ends when it is refused for good', async () => {
    const play = new Play()
    play.answers = false
    await play.start()
    play.socket.say({ re: 1, error: { code: 'unauthenticated', message: 'no', retry: false } })
    await play.pass(60_000)
    expect(play.client.state).toBe('closed')
    expect(play.states.at(-1)?.error).toMatchObject({ code: 'unauthenticated' })
    expect(play.sockets).toHaveLength(1)
  })

  it('waits as long as it is told when it is refused for now', async () => {
    const play = new Play()
    play.answers = false
    await play.start()
    play.socket.say({
      re: 1,
      error: { code: 'rate_limited', message: 'no', retry: true, retry_after_ms: 5000 },
    })
    await play.pass(4900)
    expect([play.client.state, play.sockets.length]).toEqual(['waiting', 1])
    await play.pass(500)
    expect(play.sockets).toHaveLength(2)
  })

  it('ends when there are no credentials any more, and goes on trying when they cannot be had now', async () => {
    const gone = await new Play({
      credentials: () => Promise.reject(new Refused('unauthenticated', 'out')),
    }).start()
    expect([gone.client.state, gone.sockets.length]).toEqual(['closed', 0])
    const later = await new Play({ credentials: () => Promise.reject(new Error('offline')) }).start()
    expect(later.client.state).toBe('waiting')
    const never = await new Play({ credentials: () => new Promise<Hello>(() => {}) }).start()
    await never.pass(20_000)
    expect(never.states.map(({ state }) => state)).toContain('waiting')
  })

  it('gives up a connection that does not open, and a hello that is not answered', async () => {
    const play = new Play({ timeoutMs: 2000 })
    play.open = false
    await play.start()
    await play.pass(2100)
    expect(play.client.state).toBe('waiting')
    play.open = true
    play.answers = false
    await play.pass(400)
    expect(play.sent('hello')).toHaveLength(1)
    await play.pass(2100)
    expect(play.client.state).toBe('waiting')
  })

  it('goes to a path of the page it is in, and to where http leads', async () => {
    vi.stubGlobal('location', { href: 'https://chat.example.org/c/lobby' })
    const play = await new Play({ url: '/ws' }).start()
    expect(play.socket.url).toBe('wss://chat.example.org/ws')
    vi.unstubAllGlobals()
    const other = await new Play({ url: 'http://127.0.0.1:8080/ws' }).start()
    expect(other.socket.url).toBe('ws://127.0.0.1:8080/ws')
    expect(() => new Play({ url: '/ws' })).toThrow(TypeError)
  })

  it('complains at once when there is no WebSocket', () => {
    vi.stubGlobal('WebSocket', undefined)
    expect(() => new TeahouseClient({ url: 'ws://x/ws', credentials: () => Promise.resolve({}) })).toThrow(
      TypeError,
    )
    vi.unstubAllGlobals()
  })
})

describe('coming back', () => {
  it('waits longer each time, and says until when', async () => {
    const play = await new Play().start()
    play.open = false
    play.socket.cut()
    const waits: number[] = []
    for (let i = 0; i < 9; i += 1) {
      const waiting = play.states.at(-1)
      waits.push((waiting?.retryAt ?? 0) - Date.now())
      expect(play.client.retryAt).toBe(waiting?.retryAt)
      await play.pass(waits.at(-1) ?? 0)
      play.socket.cut()
      await play.pass(0)
    }
    expect(waits).toEqual([300, 600, 1200, 2400, 4800, 9600, 15_000, 15_000, 15_000])
  })

  it('is not tried without pause at a server that cuts one off at once', async () => {
    const play = await new Play().start()
    for (let i = 0; i < 5; i += 1) {
      play.socket.cut()
      await play.pass(play.client.retryAt ? play.client.retryAt - Date.now() : 0)
    }
    play.socket.cut()
    await play.pass(0)
    expect((play.client.retryAt ?? 0) - Date.now()).toBeGreaterThan(5000)
  })

  it('is quick again after a connection that lasted', async () => {
    const play = await new Play().start()
    for (const lasted of [0, 0, 0, 20_000]) {
      await play.pass(lasted)
      play.socket.cut()
      await play.pass(0)
      if (lasted === 0) await play.pass((play.client.retryAt ?? 0) - Date.now())
    }
    expect((play.client.retryAt ?? 0) - Date.now()).toBe(300)
  })

  it('keeps to what bye says', async () => {
    const play = await new Play().start()
    play.socket.say({ ev: 'bye', reason: 'going down', reconnect: true, after_ms: 7000 })
    await play.pass(6900)
    expect(play.client.state).toBe('waiting')
    expect(play.socket.ended).toBe(true)
    await play.pass(1000)
    expect(play.client.state).toBe('online')
  })

  it('does not happen after a bye for good, nor after a close code that says so', async () => {
    const replaced = await new Play().start()
    replaced.socket.say({ ev: 'bye', reason: 'replaced', reconnect: false })
    expect(replaced.client.state).toBe('closed')
    expect(replaced.states.at(-1)?.error?.message).toBe('replaced')
    const closed = await new Play().start()
    closed.socket.cut(4500)
    await closed.pass(60_000)
    expect([closed.client.state, closed.sockets.length]).toEqual(['closed', 1])
  })

  it('is tried at once when asked for', async () => {
    const play = await new Play().start()
    play.open = false
    play.socket.cut()
    await play.pass(0)
    play.open = true
    play.client.retryNow()
    await play.pass(0)
    expect(play.client.state).toBe('online')
    await play.pass(60_000)
    expect(play.sockets).toHaveLength(2)
  })

  it('ends with stop, and begins again with start', async () => {
    const play = await new Play().start()
    play.client.stop()
    await play.pass(60_000)
    expect([play.client.state, play.socket.ended, play.sockets.length]).toEqual(['closed', true, 1])
    await play.start()
    expect(play.client.state).toBe('online')
  })

  it('ends with stop also while it connects', async () => {
    const play = new Play()
    play.client.start()
    play.client.stop()
    await play.pass(60_000)
    expect(play.client.state).toBe('closed')
    expect(play.sockets.every((socket) => socket.ended)).toBe(true)
  })
})

describe('signs of life', () => {
  it('are asked for when it is quiet, and a silent connection is given up', async () => {
    const play = await new Play().start()
    await play.pass(30_000)
    expect(play.sent('ping')).toHaveLength(1)
    expect(play.client.state).toBe('online')
    play.answers = false
    await play.pass(30_000)
    await play.pass(10_000)
    expect(play.client.state).toBe('waiting')
  })

  it('are asked for at once when a page comes back', async () => {
    const play = await new Play().start()
    play.answers = false
    play.client.retryNow()
    await play.pass(4000)
    expect(play.client.state).toBe('waiting')
  })
})

describe('calls', () => {
  it('give the answer, or the refusal, or say that nobody knows', async () => {
    const play = await new Play({ timeoutMs: 1000 }).start()
    const good = play.client.call('members', { conversation: 'c' })
    const bad = play.client.call('members', { conversation: 'd' })
    const slow = play.client.call('members', { conversation: 'e' })
    await play.pass(0)
    const [first, second] = play.sent('members')
    play.socket.answer(first ?? {}, { members: [], more: false })
    play.socket.say({ re: second?.id, error: { code: 'forbidden', message: 'no', retry: false } })
    expect(await good).toEqual({ members: [], more: false })
    await expect(bad).rejects.toMatchObject({ name: 'Refused', code: 'forbidden', retry: false })
    const silent = expect(slow).rejects.toMatchObject({ name: 'Disconnected' })
    await play.pass(1000)
    await silent
  })

  it('fail when the connection is lost, and at once while there is none', async () => {
    const play = await new Play().start()
    const call = play.client.call('members', { conversation: 'c' })
    await play.pass(0)
    play.socket.cut()
    await expect(call).rejects.toMatchObject({ name: 'Disconnected' })
    await expect(play.client.call('members', { conversation: 'c' })).rejects.toMatchObject({
      name: 'Disconnected',
    })
  })

  it('wait for a connection that is being made', async () => {
    const play = new Play()
    play.client.start()
    const call = play.client.call('members', { conversation: 'c' })
    await play.pass(0)
    play.socket.answer(play.sent('members')[0] ?? {}, { members: [], more: false })
    expect(await call).toEqual({ members: [], more: false })
  })

  it('of typing are not answered', async () => {
    const play = await new Play().start()
    expect(await play.client.call('typing', { conversation: 'c' })).toBeUndefined()
    expect(play.sent('typing')).toEqual([{ op: 'typing', conversation: 'c' }])
  })
})
