// Who comes back after so much that the server no longer tells it: by pages, or afresh.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { missing, Server } from '../support/server.js'
import { Told, until } from '../support/told.js'

describe.skipIf(missing)('with a server that gives up after 50 entries', { timeout: 60_000 }, () => {
  let server: Server
  let alice: Told
  const all: Told[] = []

  const guest = async (nick: string, options = {}) => {
    const told = new Told(nick, server.url, options)
    all.push(told)
    return told.online()
  }

  beforeAll(async () => {
    server = await Server.start({ TEAHOUSE_ENGINE_CATCH_UP: '50' })
    alice = await guest('alice')
  })
  afterEach(() => {
    for (const told of all.splice(1)) told.client.stop()
  })
  afterAll(async () => {
    alice?.client.stop()
    await server?.stop()
  })

  /** Bob hears one message, misses 450 and comes back. */
  const missed = async (bob: Told) => {
    const members = [bob.client.me?.id ?? '']
    const { conversation } = await alice.client.call('create', { kind: 'group', title: 'Tasting', members })
    await alice.client.send({ to: conversation, text: '0' }).done
    await until(() => bob.client.cursor(conversation) === 2)
    bob.client.stop()
    const sends = Array.from({ length: 450 }, (_, i) =>
      alice.client.call('send', { to: conversation, text: `${i + 1}` }),
    )
    await Promise.all(sends)
    bob.client.start()
    return conversation
  }

  it('is told all of it, in order, from pages', async () => {
    const bob = await guest('bob')
    const conversation = await missed(bob)
    await until(() => bob.client.cursor(conversation) === 452)
    expect(bob.texts(conversation)).toEqual(Array.from({ length: 451 }, (_, i) => `${i}`))
  })

  it('is told to start afresh when it is more than it wants, and goes on from there', async () => {
    const carol = await guest('carol', { catchUp: 100 })
    const resets: object[] = []
    carol.client.on('reset', (reset) => resets.push(reset))
    const conversation = await missed(carol)
    await until(() => resets.length > 0)
    await alice.client.send({ to: conversation, text: 'and on' }).done
    await until(() => carol.texts(conversation).includes('and on'))
    expect(resets).toEqual([{ conversation, seq: 452 }])
    expect(carol.texts(conversation)).toEqual(['0', 'and on'])
  })
})
