import type { MessageEntry } from 'teahouse-client'
import { describe, expect, it } from 'vitest'

import { Ledger } from '@/stores/unread'

import { BOB, FakeLog, ME } from './fakes'

const none = { unread: 0, mentions: 0, upto: 0, read: 0 }

describe('the unread', () => {
  it('counts what counts: not own, not the server, not taken back or hidden', () => {
    const log = new FakeLog()
    const ledger = new Ledger(none)
    const system = { id: 'system', nick: 'system' }
    for (const entry of [
      log.say(BOB, 'one'),
      log.say(ME, 'own'),
      log.say(system, 'hello'),
      log.add(BOB, { ev: 'message', recalled: true }),
      log.add(BOB, { ev: 'message', hidden: true }),
      log.add(BOB, { ev: 'message', body: { type: 'system', text: 'x' } }),
      log.say(BOB, '@me', { mentions: [ME.id] }),
      log.say(BOB, '@all', { mentions: ['*'] }),
    ]) {
      ledger.add(entry as MessageEntry, ME.id)
    }
    expect([ledger.unread, ledger.mentions]).toEqual([3, 2])
  })

  it('hears nothing twice', () => {
    const log = new FakeLog()
    const ledger = new Ledger({ unread: 1, mentions: 0, upto: 1, read: 0 })
    const first = log.say(BOB, 'one') as MessageEntry
    const second = log.say(BOB, 'two') as MessageEntry
    for (const entry of [first, second, second]) ledger.add(entry, ME.id)
    expect(ledger.unread).toBe(2)
  })

  it('says when what it knows is not enough', () => {
    const ledger = new Ledger({ unread: 5, mentions: 1, upto: 10, read: 2 })
    expect(ledger.drop([7])).toBe(false)
    expect(ledger.drop([1])).toBe(true)
    expect(ledger.readTo(6)).toBe(false)
    expect(ledger.readTo(10)).toBe(true)
    expect([ledger.unread, ledger.mentions]).toEqual([0, 0])
    expect(ledger.drop([9])).toBe(true)
  })

  it('keeps what was heard after the server counted', () => {
    const log = new FakeLog()
    const ledger = new Ledger(none)
    for (let index = 0; index < 4; index += 1) ledger.add(log.say(BOB, `${index}`) as MessageEntry, ME.id)
    ledger.recount({ unread: 2, mentions: 0, upto: 2, read: 0 })
    expect(ledger.unread).toBe(4)
    ledger.recount({ unread: 1, mentions: 0, upto: 4, read: 3 })
    expect(ledger.unread).toBe(1)
    expect(ledger.drop([3])).toBe(true)
  })

  it('is what the whole log says, whatever happens', () => {
    let seed = 11
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let round = 0; round < 30; round += 1) {
      const log = new FakeLog()
      const ledger = new Ledger(none)
      let read = 0
      for (let step = 0; step < 60; step += 1) {
        const kind = random(6)
        if (kind < 3) ledger.add(log.say(random(4) ? BOB : ME, 'x') as MessageEntry, ME.id)
        else if (kind === 3 && log.last > 0) {
          read = Math.max(read, 1 + random(log.last))
          ledger.readTo(read)
        } else if (log.last > 0) {
          const ref = 1 + random(log.last)
          const target = log.entries[ref - 1] as MessageEntry
          if (target.ev !== 'message' || target.recalled) continue
          log.add(BOB, { ev: 'recall', ref })
          ledger.drop([ref])
        }
        const unread = log.entries.filter(
          (entry) =>
            entry.ev === 'message' && entry.seq > read && entry.sender.id !== ME.id && !entry.recalled,
        )
        expect(ledger.unread).toBe(unread.length)
      }
    }
  })
})
