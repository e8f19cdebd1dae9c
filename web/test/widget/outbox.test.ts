import { beforeEach, expect, it, vi } from 'vitest'
import type { OutboxRecord } from 'teahouse-client'

import { Keep } from '../../widget/keep'
import { PageOutbox } from '../../widget/outbox'

const record = (cid: string): OutboxRecord => ({
  cid,
  message: { to: 'c', text: cid },
  created: 1,
  order: 1,
})

/** Web Locks as far as they are used: who holds a name, and who waits for it. */
class Locks {
  private readonly held = new Map<string, Promise<unknown>>()

  async query() {
    return { held: [...this.held.keys()].map((name) => ({ name })) }
  }

  async request(name: string, ...given: unknown[]): Promise<void> {
    const does = given.at(-1) as () => Promise<unknown> | undefined
    await this.held.get(name)
    const done = Promise.resolve(does())
    this.held.set(name, done)
    await done
    this.held.delete(name)
  }
}

const outbox = (owner: string, locks?: Locks) =>
  new PageOutbox('box.', owner, localStorage, locks as unknown as LockManager | undefined)

beforeEach(() => localStorage.clear())

it('takes over what a page left that is gone', async () => {
  const first = outbox('one')
  await first.put(record('a'))
  localStorage.setItem('box.x', 'not ours')
  localStorage.setItem('other.y', JSON.stringify({ owner: 'one', record: record('y') }))
  const claimed = vi.fn()
  await outbox('two').claim(claimed)
  expect(claimed.mock.calls).toEqual([[[record('a')]]])
  await first.remove('a')
  expect(localStorage.getItem('box.a')).toBeNull()
})

it('leaves to a living page what is its own, until that is gone', async () => {
  const locks = new Locks()
  const first = outbox('one', locks)
  await first.claim(vi.fn())
  await first.put(record('a'))
  const claimed = vi.fn()
  const second = outbox('two', locks)
  await second.claim(claimed)
  expect(claimed).not.toHaveBeenCalled()
  await first.release()
  await vi.waitFor(() => expect(claimed).toHaveBeenCalledWith([record('a')]))
})

it('remembers as long as it may', () => {
  new Keep('tk', localStorage).set({ token: 'tv_1', open: true })
  expect(new Keep('tk', localStorage).get()).toEqual({ token: 'tv_1', open: true })
  const alone = new Keep('tk', null)
  alone.set({ sound: true })
  expect(alone.get()).toEqual({ sound: true })
  localStorage.setItem('teahouse.widget.tk', '{broken')
  expect(new Keep('tk', localStorage).get()).toEqual({})
})
