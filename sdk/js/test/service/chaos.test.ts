// A real server that is killed again and again, and cables that are cut: three people write all the while, and at the end
// all of them have the same, once and in order. CHAOS_S=300 makes it longer.
import { describe, expect, it, onTestFinished } from 'vitest'

import { Cable } from '../support/cable.js'
import { Chance } from '../support/random.js'
import { missing, Server } from '../support/server.js'
import { Told, until } from '../support/told.js'

const SECONDS = Number(process.env.CHAOS_S ?? 10)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe.skipIf(missing)('chaos', () => {
  it('loses nothing and doubles nothing', { timeout: (SECONDS + 200) * 1000 }, async () => {
    const chance = new Chance(Date.now())
    const server = await Server.start()
    onTestFinished(() => server.stop())
    const cables = await Promise.all([1, 2, 3].map(() => Cable.to(Number(new URL(server.http).port))))
    const people = await Promise.all(
      cables.map((cable, i) => new Told(`guest${i}`, cable.url, { timeoutMs: 4000 }).online()),
    )
    const [ann, ...others] = people as [Told, ...Told[]]
    const members = others.map((other) => other.client.me?.id ?? '')
    const created = await ann.client.call('create', { kind: 'group', title: 'Storm', members })
    const places = [created.conversation, 'lobby']
    const written = people.map(() => new Map<string, string[]>(places.map((place) => [place, []])))

    const end = Date.now() + SECONDS * 1000
    const storming = () => Date.now() < end
    const kills = async () => {
      while (storming()) {
        await pause(1500 + chance.below(2500))
        await server.kill()
        await server.start()
      }
    }
    const cuts = async () => {
      while (storming()) {
        await pause(chance.below(900))
        chance.of(cables).cut()
      }
    }
    const writes = async (told: Told, index: number) => {
      for (let n = 0; storming(); n += 1) {
        const to = chance.of(places)
        const text = `${chance.happens(0.2) ? '@guest1 ' : ''}${index}: ${n}`
        written[index]?.get(to)?.push(text)
        told.client.send({ to, text })
        await pause(chance.below(150))
      }
    }
    await Promise.all([kills(), cuts(), ...people.map(writes)])

    for (const { client } of people) client.retryNow()
    await until(
      () => people.every(({ client }) => client.outgoing().length === 0),
      () => people.map(({ client }) => [client.state, client.outgoing().length]),
      100_000,
    )
    for (const [index, told] of people.entries()) {
      for (const place of places) {
        const last = `${index} is done`
        written[index]?.get(place)?.push(last)
        await told.client.send({ to: place, text: last }).done
      }
    }
    const { entries } = await ann.client.call('history', { conversation: created.conversation, limit: 1 })
    const last = entries.at(-1)?.seq ?? 0
    await until(
      () => people.every((told) => places.every((place) => told.texts(place).includes('2 is done'))),
      () => people.map((told) => [told.client.state, ...places.map((place) => told.seqs(place).at(-1))]),
    )

    for (const place of places) {
      const [first, ...rest] = people.map((told) =>
        told.messages(place).map(({ seq, body }) => [seq, body?.text]),
      )
      for (const other of rest) expect(other).toEqual(first)
      for (const [index] of people.entries()) {
        const own = people[0]
          ?.texts(place)
          .filter((text) => new RegExp(`(^|\\s)${index}(:| is done)`).test(text))
        expect(own).toEqual(written[index]?.get(place))
      }
    }
    expect(ann.seqs(created.conversation)).toEqual(Array.from({ length: last }, (_, i) => i + 1))
    for (const { client } of people) client.stop()
    for (const cable of cables) cable.close()
  })
})
