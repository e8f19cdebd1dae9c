/** Whom one has blocked, and one's contacts: read once after each welcome, the same on all devices. */
import { shallowReactive } from 'vue'

import { requireLink, whenLinked } from './link'
import type { Person } from './types'

export interface Blocked {
  readonly user: Person
  readonly at: number
}

export interface Contact extends Blocked {
  readonly alias: string
}

const PAGE = 200

export function createRelations(person: (id: string) => Person) {
  const blocks = shallowReactive(new Map<string, Blocked>())
  const contacts = shallowReactive(new Map<string, Contact>())

  /** Reactive. */
  const isBlocked = (id: string): boolean => blocks.has(id)

  async function load(): Promise<void> {
    const { client } = requireLink()
    await pages(blocks, async (after) => {
      const page = await client.call('blocks', { after, limit: PAGE })
      return { rows: page.blocks, more: page.more }
    })
    await pages(contacts, async (after) => {
      const page = await client.call('contacts', { after, limit: PAGE })
      return { rows: page.contacts, more: page.more }
    })
  }

  async function pages<T extends Blocked>(
    into: Map<string, T>,
    page: (after: string) => Promise<{ rows: T[]; more: boolean }>,
  ): Promise<void> {
    const found = new Map<string, T>()
    for (let after = '', more = true; more;) {
      const next = await page(after)
      for (const row of next.rows) found.set(row.user.id, row)
      more = next.more && next.rows.length > 0
      after = next.rows.at(-1)?.user.id ?? ''
    }
    for (const id of into.keys()) if (!found.has(id)) into.delete(id)
    for (const [id, row] of found) into.set(id, row)
  }

  async function block(id: string): Promise<void> {
    await requireLink().client.call('block', { user: id })
    blocks.set(id, { user: person(id), at: Date.now() })
  }

  async function unblock(id: string): Promise<void> {
    await requireLink().client.call('unblock', { user: id })
    blocks.delete(id)
  }

  async function setContact(id: string, on: boolean, alias = ''): Promise<void> {
    await requireLink().client.call('contact', { user: id, on, alias })
    if (on) contacts.set(id, { user: person(id), alias, at: Date.now() })
    else contacts.delete(id)
  }

  whenLinked(({ client }) => {
    const ending = client.on('welcome', () => void load().catch(() => {}))
    return () => {
      ending()
      blocks.clear()
      contacts.clear()
    }
  })

  return { blocks, contacts, isBlocked, block, unblock, setContact }
}
