// Two clients and a real server: whatever happens to the connection or the server, every message is there once and in
// order, for the other side and for oneself.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { Cable } from '../support/cable.js'
import { missing, Server } from '../support/server.js'
import { Told, until } from '../support/told.js'

const ascending = (seqs: number[]) => seqs.every((seq, i) => i === 0 || seq === (seqs[i - 1] ?? 0) + 1)
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `message ${i + 1}`)

describe.skipIf(missing)('with a real server', { timeout: 60_000 }, () => {
  let server: Server
  let port: number
  const ends: (() => void)[] = []

  const guest = async (nick: string, options = {}, url = server.url) => {
    const told = new Told(`${nick}${++names}`, url, options)
    ends.push(() => told.client.stop())
    return told.online()
  }
  const cable = async () => {
    const made = await Cable.to(port)
    ends.push(() => made.close())
    return made
  }
  let names = 0

  beforeAll(async () => {
    server = await Server.start()
    port = Number(new URL(server.http).port)
  })
  afterEach(() => {
    for (const end of ends.splice(0)) end()
  })
  afterAll(() => server?.stop())

  const group = async (alice: Told, bob: Told) => {
    const members = [bob.client.me?.id ?? '']
    const { conversation } = await alice.client.call('create', { kind: 'group', title: 'Tasting', members })
    await until(() => bob.client.cursor(conversation) !== undefined)
    return conversation
  }

  it('both are told the same, in the same order, their own messages as well', async () => {
    const [alice, bob] = [await guest('alice'), await guest('bob')]
    const tasting = await group(alice, bob)
    await Promise.all([
      ...numbered(20).map((text) => alice.client.send({ to: tasting, text: `a ${text}` }).done),
      ...numbered(20).map((text) => bob.client.send({ to: tasting, text: `b ${text}` }).done),
    ])
    await alice.client.send({ to: tasting, text: `hello @${bob.client.me?.nick}` }).done
    await alice.client.call('react', { conversation: tasting, seq: 2, emoji: '🍵' })
    await until(() => alice.client.cursor(tasting) === 43 && bob.client.cursor(tasting) === 43)
    expect(alice.seqs(tasting)).toEqual(Array.from({ length: 43 }, (_, i) => i + 1))
    const plain = (told: Told) =>
      told.entries.filter((e) => e.conversation === tasting).map((e) => ({ ...e, cid: '' }))
    expect(plain(alice)).toEqual(plain(bob))
    expect(alice.messages(tasting).at(-1)?.mentions).toEqual([bob.client.me?.id])
  })

  it('a connection that is cut in the middle loses and doubles nothing', async () => {
    const [near, far] = [await cable(), await cable()]
    const alice = await guest('alice', {}, near.url)
    const bob = await guest('bob', {}, far.url)
    const tasting = await group(alice, bob)
    const sends = numbered(60).map((text) => alice.client.send({ to: tasting, text }).done)
    for (const pause of [20, 50, 400]) {
      await new Promise((resolve) => setTimeout(resolve, pause))
      near.cut()
      far.cut()
    }
    await Promise.all(sends)
    await until(() => bob.texts(tasting).length >= 60 && alice.texts(tasting).length >= 60)
    expect(bob.texts(tasting)).toEqual(numbered(60))
    expect(alice.texts(tasting)).toEqual(numbered(60))
    expect(ascending(bob.seqs(tasting))).toBe(true)
  })

  it('a connection that is half dead is noticed when messages wait', async () => {
    const near = await cable()
    const alice = await guest('alice', { timeoutMs: 500 }, near.url)
    const bob = await guest('bob')
    const tasting = await group(alice, bob)
    near.silent = true
    const { done } = alice.client.send({ to: tasting, text: 'is anybody there?' })
    await until(() => alice.client.state !== 'online')
    near.silent = false
    alice.client.retryNow()
    await done
    await until(() => bob.texts(tasting).length > 0)
    expect(bob.texts(tasting)).toEqual(['is anybody there?'])
  })

  it('a server that is killed in the middle and comes back has and tells everything once', async () => {
    const [alice, bob] = [await guest('alice'), await guest('bob')]
    const tasting = await group(alice, bob)
    const sends: Promise<unknown>[] = []
    let restarted = Promise.resolve()
    for (const text of numbered(150)) {
      sends.push(alice.client.send({ to: tasting, text }).done)
      await new Promise((resolve) => setTimeout(resolve, 2))
      if (text === 'message 40' || text === 'message 110') {
        restarted = restarted.then(() => server.kill()).then(() => server.start())
      }
    }
    await restarted
    await Promise.all(sends)
    await until(() => bob.texts(tasting).length >= 150 && alice.texts(tasting).length >= 150)
    expect(bob.texts(tasting)).toEqual(numbered(150))
    expect(alice.texts(tasting)).toEqual(numbered(150))
    expect(ascending(alice.seqs(tasting))).toBe(true)
  })

  it('what was said while one was away is told, also in a conversation one did not know', async () => {
    const far = await cable()
    const alice = await guest('alice')
    const bob = await guest('bob', {}, far.url)
    const tasting = await group(alice, bob)
    const known = bob.client.me?.id ?? ''
    far.silent = true
    far.cut()
    await until(() => bob.client.state === 'waiting')
    await alice.client.send({ to: tasting, text: 'the kettle is on' }).done
    const { conversation } = await alice.client.call('create', {
      kind: 'group',
      title: 'New',
      members: [known],
    })
    await alice.client.send({ to: conversation, text: 'one' }).done
    await alice.client.send({ to: conversation, text: 'two' }).done
    far.silent = false
    bob.client.retryNow()
    await until(() => bob.texts(conversation).length === 2 && bob.texts(tasting).length === 1)
    expect(bob.texts(conversation)).toEqual(['one', 'two'])
    expect(bob.seqs(conversation)).toEqual([1, 2, 3])
  })

  it('a message that is refused fails, and those after it go on', async () => {
    const [alice, bob] = [await guest('alice'), await guest('bob')]
    const tasting = await group(alice, bob)
    const good = alice.client.send({ to: tasting, text: 'one' })
    const large = alice.client.send({ to: tasting, text: 'x'.repeat(20_000) })
    const next = alice.client.send({ to: tasting, text: 'two' })
    await expect(large.done).rejects.toMatchObject({ name: 'Refused', code: 'too_large' })
    await Promise.all([good.done, next.done])
    await until(() => bob.texts(tasting).length === 2)
    expect(bob.texts(tasting)).toEqual(['one', 'two'])
    expect(alice.client.outgoing().map((record) => record.cid)).toEqual([large.cid])
  })
})
