// What a client makes of what it is told: who hears what, and in which order.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { TeahouseClient, type ClientEvents, type ClientOptions } from '../../src/index.js'
import { FakeSocket, socketsOf } from '../support/fake_socket.js'

const ME = { id: 'u1', nick: 'ann' }
const BOB = { id: 'u2', nick: 'bob' }
const message = (seq: number, more = {}) => ({
  ev: 'message',
  conversation: 'c',
  seq,
  message: `c.${seq}`,
  sender: BOB,
  at: seq,
  body: { type: 'text', text: `${seq}` },
  ...more,
})
const summary = (conversation: string, last_seq: number, more = {}) => ({
  conversation,
  kind: 'group',
  title: '',
  role: 'member',
  last_seq,
  read_seq: 0,
  unread: 0,
  mentions: 0,
  pinned: false,
  muted: false,
  archived: false,
  ...more,
})

/** A client that is online, what it said, and what its listeners heard, in order. */
class Scene {
  readonly heard: [keyof ClientEvents, unknown][] = []
  readonly client: TeahouseClient
  /** What `conversations` answers. */
  list: object[] = []
  refuses = false
  silent = false
  socket!: FakeSocket

  constructor(options: Partial<ClientOptions> = {}) {
    this.client = new TeahouseClient({
      url: 'ws://there/ws',
      credentials: () => Promise.resolve({ token: 't' }),
      WebSocket: socketsOf((socket) => this.accept(socket)),
      ...options,
    })
    const names: (keyof ClientEvents)[] = [
      'entry',
      'pending',
      'reset',
      'notice',
      'receipt',
      'ephemeral',
      'membership',
    ]
    for (const name of names) this.client.on(name, (event) => this.heard.push([name, event]))
  }

  async start(): Promise<this> {
    this.client.start()
    await this.settle()
    return this
  }

  async again(): Promise<void> {
    this.socket.cut()
    await vi.advanceTimersByTimeAsync(1000)
  }

  settle(): Promise<unknown> {
    return vi.advanceTimersByTimeAsync(0)
  }

  async say(...frames: object[]): Promise<void> {
    for (const frame of frames) this.socket.say(frame)
    await this.settle()
  }

  asked(op: string) {
    return this.socket.commands.filter((command) => command.op === op)
  }

  /** Answer the last command of its kind. */
  async answer(op: string, ok: object): Promise<void> {
    this.socket.answer(this.asked(op).at(-1) ?? {}, ok)
    await this.settle()
  }

  get seqs(): unknown[] {
    return this.heard.filter(([name]) => name === 'entry').map(([, entry]) => (entry as { seq: number }).seq)
  }

  private accept(socket: FakeSocket): void {
    this.socket = socket
    socket.heard = (command) => {
      const welcome = { user: ME, session: 's', heartbeat_s: 30, server: 'x', lobby: 'lobby' }
      if (command.op === 'hello') socket.answer(command, welcome)
      if (command.op !== 'conversations' || this.silent) return
      const error = { code: 'forbidden', message: 'no', retry: false }
      if (this.refuses) socket.say({ re: command.id, error })
      else socket.answer(command, { conversations: this.list })
    }
    socket.open()
  }
}

const sent = (seq: number, more = {}) => ({
  conversation: 'c',
  seq,
  message: `c.${seq}`,
  at: 1,
  duplicate: false,
  ...more,
})

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe("one's own messages", () => {
  it('are told as the others hear them, after they are known to be sent', async () => {
    const scene = new Scene()
    scene.list = [summary('c', 1, { expires_s: 60 })]
    await scene.start()
    const { cid } = scene.client.send({ to: 'c', text: 'hi', reply_to: 1 })
    await scene.answer('send', sent(2))
    await scene.say(message(3))
    const entry = {
      ...message(2),
      sender: ME,
      at: 1,
      cid,
      body: { type: 'text', text: 'hi' },
      reply_to: 1,
      expires_s: 60,
    }
    expect(scene.heard.slice(-3)).toEqual([
      ['pending', { cid, conversation: 'c', state: 'sent', sent: sent(2), seq: 2 }],
      ['entry', entry],
      ['entry', message(3)],
    ])
  })

  it.each([
    ['a mention', { text: 'hi @bob' }],
    ['a slash command', { text: '/me waves' }],
    ['a file', { body: { type: 'file', file: 'f1' } }],
    ['a forward', { forward: [{ conversation: 'd', seq: 1 }] }],
  ])('are asked for when they have %s in them, and what follows waits', async (_, said) => {
    const scene = new Scene()
    scene.list = [summary('c', 1)]
    await scene.start()
    scene.client.send({ to: 'c', ...said })
    await scene.answer('send', sent(2))
    await scene.say(message(3))
    expect(scene.seqs).toEqual([])
    expect(scene.asked('history')).toMatchObject([{ conversation: 'c', after: 1 }])
    await scene.answer('history', { entries: [message(2, { sender: ME }), message(3)], more: false })
    expect(scene.seqs).toEqual([2, 3])
  })

  it('are asked for where nobody told how long messages stay', async () => {
    const scene = await new Scene().start()
    const joined = scene.client.call('join', { conversation: 'c' })
    await scene.settle()
    await scene.answer('join', { conversation: 'c', seq: 8 })
    await joined
    scene.client.send({ to: 'c', text: 'hi' })
    await scene.answer('send', sent(9))
    expect(scene.seqs).toEqual([])
    expect(scene.asked('history')).toHaveLength(1)
  })

  it('of other commands are asked for, in their place', async () => {
    const scene = new Scene({ cursors: { c: 1 } })
    scene.list = [summary('c', 1)]
    await scene.start()
    void scene.client.call('react', { conversation: 'c', seq: 1, emoji: '🍵' })
    await scene.settle()
    await scene.answer('react', { seq: 2 })
    expect(scene.asked('history')).toMatchObject([{ after: 1 }])
  })

  it('mean nothing when they are an answer to a repetition in a conversation that is not followed', async () => {
    const scene = await new Scene().start()
    scene.client.send({ to: 'c', text: 'hi' })
    await scene.answer('send', sent(2, { duplicate: true }))
    expect([scene.asked('history').length, scene.client.cursor('c')]).toEqual([0, undefined])
  })
})

describe('coming back', () => {
  it('tells what was missed also of more conversations than hello can name', async () => {
    const cursors = Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`c${i}`, 5]))
    const scene = new Scene({ cursors })
    scene.list = Array.from({ length: 700 }, (_, i) => summary(`c${i}`, i === 3 ? 6 : 5))
    await scene.start()
    expect(Object.keys(scene.asked('hello')[0]?.cursors as object)).toHaveLength(500)
    expect(scene.asked('history')).toMatchObject([{ conversation: 'c3' }])
  })

  it('counts from where each log ended, so that what is said while one is away is told', async () => {
    const scene = new Scene()
    scene.list = [summary('c', 4)]
    await scene.start()
    await scene.again()
    expect(scene.asked('hello')).toMatchObject([{ cursors: { c: 4 } }])
  })

  it('before one knew where anything stood is not coming back', async () => {
    const scene = new Scene()
    scene.list = [summary('c', 300)]
    scene.silent = true
    await scene.start()
    scene.silent = false
    await scene.again()
    expect([scene.client.cursor('c'), scene.asked('history')]).toEqual([300, []])
  })

  it('tells the last of a conversation one was brought into meanwhile, before what comes live', async () => {
    const scene = await new Scene().start()
    scene.list = [summary('c', 3, { read_seq: 1 })]
    scene.socket.cut()
    await vi.advanceTimersByTimeAsync(290)
    await vi.advanceTimersByTimeAsync(100)
    await scene.say(message(4))
    await scene.answer('history', { entries: [message(3)], more: false })
    await scene.answer('history', { entries: [1, 2, 3, 4].map((seq) => message(seq)), more: false })
    expect(scene.seqs).toEqual([1, 2, 3, 4])
  })

  it('to a log that is shorter than what one knows says so, and goes on', async () => {
    const scene = new Scene({ cursors: { c: 9 } })
    scene.list = [summary('c', 4)]
    await scene.start()
    await scene.say(message(5))
    expect(scene.heard).toEqual([
      ['reset', { conversation: 'c', seq: 4 }],
      ['entry', message(5)],
    ])
  })

  it('that missed too much is told so, once, and where it goes on', async () => {
    const scene = new Scene({ cursors: { c: 1 }, catchUp: 100 })
    scene.list = [summary('c', 500)]
    await scene.start()
    await scene.say({ ev: 'resync', conversation: 'c', from: 1 }, message(501))
    await scene.answer('history', { entries: [message(501)], more: true })
    expect(scene.heard).toEqual([['reset', { conversation: 'c', seq: 501 }]])
    await scene.say(message(502))
    expect(scene.seqs).toEqual([502])
  })
})

describe('listeners', () => {
  it('are not told that there are no conversations when nobody may ask', async () => {
    const scene = new Scene()
    const lists: unknown[] = []
    scene.client.on('conversations', (list) => lists.push(list))
    scene.refuses = true
    await scene.start()
    await scene.say(message(5))
    expect([lists, scene.seqs]).toEqual([[], [5]])
  })

  it('hear events without a seq, also those that share a name with entries', async () => {
    const scene = await new Scene().start()
    const ephemeral = {
      ev: 'message',
      conversation: 'c',
      sender: BOB,
      at: 1,
      body: { type: 'text' },
      ephemeral: true,
    }
    const membership = { ev: 'member', conversation: 'c', user: ME, change: 'joined', by: ME, at: 1 }
    const receipt = { ev: 'receipt', conversation: 'c', user: 'u2', read: 3 }
    await scene.say(ephemeral, membership, receipt, { ev: 'invented', x: 1 }, { re: 999, ok: {} })
    expect(scene.heard).toEqual([
      ['ephemeral', ephemeral],
      ['membership', membership],
      ['receipt', receipt],
    ])
  })

  it('hear of a refusal that belongs to no command', async () => {
    const scene = await new Scene().start()
    await scene.say({ error: { code: 'rate_limited', message: 'slower', retry: true } })
    expect(scene.heard).toEqual([['notice', { ev: 'notice', code: 'rate_limited', text: 'slower' }]])
  })

  it('do not hear what they no longer listen for', async () => {
    const scene = await new Scene().start()
    const seqs: number[] = []
    const end = scene.client.on('entry', ({ seq }) => seqs.push(seq))
    await scene.say(message(1))
    end()
    await scene.say(message(2))
    expect(seqs).toEqual([1])
  })

  it('may stop the client', async () => {
    const scene = new Scene()
    scene.client.on('welcome', () => scene.client.stop())
    await scene.start()
    expect(scene.client.state).toBe('closed')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(scene.client.state).toBe('closed')
  })
})

describe('what was received', () => {
  it('is confirmed, joined, and not of what one wrote oneself', async () => {
    const scene = await new Scene().start()
    await scene.say(message(1), message(2), message(7, { conversation: 'd' }), message(3, { sender: ME }))
    await vi.advanceTimersByTimeAsync(1000)
    expect(scene.asked('delivered')).toEqual([{ op: 'delivered', cursors: { c: 2, d: 7 } }])
  })

  it('is not confirmed when that is not wanted', async () => {
    const scene = await new Scene({ confirm: false }).start()
    await scene.say(message(1))
    await vi.advanceTimersByTimeAsync(1000)
    expect(scene.asked('delivered')).toEqual([])
  })
})
