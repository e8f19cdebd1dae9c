import 'fake-indexeddb/auto'

import type { OutboxRecord } from 'teahouse-client'
import { afterEach, describe, expect, it } from 'vitest'

import { deleteDatabase, openDatabase, type Database } from '@/db/database'
import { SharedOutbox, type OutboxChange } from '@/db/outbox'

import { settle, someUser } from '../stores/fakes'
import { FakeLocks } from './locks'

const record = (cid: string, order = 1): OutboxRecord => ({
  cid,
  message: { to: 'c1', text: cid, cid },
  created: order,
  order,
})

interface Tab {
  outbox: SharedOutbox
  claimed: string[]
  die: () => void
}

const opened: { database: Database; user: string }[] = []

async function browser(): Promise<(owner: string) => Promise<Tab>> {
  const user = someUser()
  const database = await openDatabase(user)
  opened.push({ database, user })
  const all = new FakeLocks()
  const tabs: SharedOutbox[] = []
  return async (owner) => {
    const { locks, die } = all.tab()
    const tell = (change: OutboxChange): void => {
      for (const other of tabs) if (other !== outbox) other.heard(change)
    }
    const outbox = new SharedOutbox({ database, owner, locks, tell })
    tabs.push(outbox)
    const claimed: string[] = []
    await outbox.claim((records) => claimed.push(...records.map(({ cid }) => cid)))
    return { outbox, claimed, die }
  }
}

afterEach(async () => {
  for (const { database, user } of opened.splice(0)) {
    database.close()
    await deleteDatabase(user)
  }
})

describe('the outbox of several tabs', () => {
  it('gives what was left to the next page, and to no second one', async () => {
    const tab = await browser()
    const first = await tab('one')
    await first.outbox.put(record('a', 1))
    await first.outbox.put(record('b', 2))
    await first.outbox.remove('a')
    first.die()
    const second = await tab('two')
    const third = await tab('three')
    await settle()
    expect(second.claimed).toEqual(['b'])
    expect(third.claimed).toEqual([])
  })

  it('leaves alone what a living tab sends, and takes it over when that is gone', async () => {
    const tab = await browser()
    const first = await tab('one')
    const second = await tab('two')
    await first.outbox.put(record('a'))
    await settle()
    expect(second.claimed).toEqual([])
    first.die()
    await settle()
    expect(second.claimed).toEqual(['a'])
    expect((await second.outbox.all()).map(({ cid }) => cid)).toEqual(['a'])
  })

  it('hands over when it is released, also from a tab that came later', async () => {
    const tab = await browser()
    const first = await tab('one')
    const second = await tab('two')
    await second.outbox.put(record('x'))
    await second.outbox.release()
    await settle()
    expect(first.claimed).toEqual(['x'])
  })

  it('works without locks, for one page', async () => {
    const user = someUser()
    const database = await openDatabase(user)
    opened.push({ database, user })
    const tell = (): void => {}
    const outbox = new SharedOutbox({ database, owner: 'one', tell })
    await outbox.claim(() => {})
    await outbox.put(record('a'))
    const claimed: OutboxRecord[] = []
    await new SharedOutbox({ database, owner: 'two', tell }).claim((records) => claimed.push(...records))
    expect(claimed).toEqual([record('a')])
  })
})
