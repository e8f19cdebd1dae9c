import type { Entry } from 'teahouse-client'
import { beforeEach, describe, expect, it } from 'vitest'

import { openDatabase } from '@/db/database'
import { Log } from '@/db/log'

import { BOB, FakeLog, ME, someUser } from '../stores/fakes'

let kept: Log
let log: FakeLog

beforeEach(async () => {
  kept = new Log(await openDatabase(someUser()))
  log = new FakeLog()
})

const seqs = (entries: readonly Entry[]): number[] => entries.map((entry) => entry.seq)

describe('the kept log', () => {
  it('folds what is heard into what is kept, and remembers how far it has come', async () => {
    const told = [
      log.say(BOB, 'one'),
      log.say(ME, 'two', { reply_to: 1 }),
      log.add(BOB, { ev: 'edit', ref: 1, body: { type: 'text', text: 'uno' } }),
      log.add(ME, { ev: 'reaction', ref: 1, emoji: '🍵', on: true }),
    ]
    await kept.append('c1', { from: 1, entries: told.slice(0, 2) })
    await kept.append('c1', { from: 3, entries: told.slice(2) })
    expect(await kept.get('c1', 1)).toMatchObject({
      body: { text: 'uno' },
      reactions: [{ emoji: '🍵', count: 1 }],
    })
    expect(await kept.get('c1', 2)).toMatchObject({ quote: { seq: 1, text: 'uno' } })
    expect(await kept.state('c1')).toMatchObject({ cursor: 4, ranges: [[1, 4]] })
    expect(await kept.cursors()).toEqual({ c1: 4 })
  })

  it('keeps no word of what was taken back, not in answers either', async () => {
    const told = [log.say(BOB, 'secret'), log.say(ME, 'what?', { reply_to: 1 })]
    await kept.append('c1', { from: 1, entries: told })
    await kept.append('c1', { from: 3, entries: [log.add(BOB, { ev: 'recall', ref: 1 })] })
    const all = await kept.read('c1', [1, 3], 10)
    expect(JSON.stringify(all)).not.toContain('secret')
    expect(all[0]).toMatchObject({ recalled: true })
  })

  it('never lets a gap pass for known', async () => {
    for (let index = 0; index < 30; index += 1) log.say(BOB, `m${index}`)
    await kept.page('c1', log.history({ before: 11 }).entries, [1, 10], 10)
    await kept.append('c1', { from: 21, entries: log.entries.slice(20) })
    expect(await kept.known('c1', 5)).toEqual([1, 10])
    expect(await kept.known('c1', 15)).toBeNull()
    expect(await kept.known('c1', 25)).toEqual([21, 30])
    await kept.page('c1', log.history({ after: 10, before: 21 }).entries, [11, 20], 30)
    expect(await kept.known('c1', 15)).toEqual([1, 30])
    expect(seqs(await kept.read('c1', [1, 30], 3))).toEqual([28, 29, 30])
    expect(seqs(await kept.read('c1', [5, 30], 3, false))).toEqual([5, 6, 7])
  })

  it('takes the same entries from two tabs', async () => {
    const message = log.say(BOB, 'one')
    const edit = log.add(BOB, { ev: 'edit', ref: 1, body: { type: 'text', text: 'two' } })
    await kept.append('c1', { from: 1, entries: [message, edit] })
    await kept.append('c1', { from: 1, entries: [message] })
    await kept.append('c1', { from: 2, entries: [edit] })
    expect(await kept.get('c1', 1)).toMatchObject({ body: { text: 'two' } })
    expect(await kept.state('c1')).toMatchObject({ cursor: 2, ranges: [[1, 2]] })
  })

  it('hides, clears, forgets and trims', async () => {
    for (let index = 0; index < 20; index += 1) log.say(BOB, `m${index}`)
    await kept.append('c1', { from: 1, entries: log.entries })
    await kept.hide('c1', [20])
    expect(await kept.get('c1', 20)).toMatchObject({ hidden: true })
    expect((await kept.get('c1', 20)) as object).not.toHaveProperty('body')
    await kept.cut('c1', 6)
    expect(await kept.state('c1')).toMatchObject({ ranges: [[6, 20]] })
    expect(await kept.get('c1', 5)).toBeUndefined()
    await kept.trim(10, 5)
    expect(await kept.state('c1')).toMatchObject({ ranges: [[15, 20]] })
    await kept.trim(0, 5)
    expect(await kept.cursors()).toEqual({})
    expect(await kept.read('c1', [1, 20], 50)).toEqual([])
  })

  it('counts the replies of a thread', async () => {
    const told = [log.say(BOB, 'root'), log.say(ME, 'one', { thread: 1 }), log.say(BOB, 'two', { thread: 1 })]
    await kept.append('c1', { from: 1, entries: told })
    await kept.append('c1', { from: 4, entries: [log.add(ME, { ev: 'recall', ref: 2 })] })
    expect(await kept.get('c1', 1)).toMatchObject({ replies: { replies: 1, last_seq: 3 } })
    expect(seqs(await kept.thread('c1', 1))).toEqual([2, 3])
  })
})
