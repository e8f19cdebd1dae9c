/**
 * What is there while somebody is logged in: the client, the database, who one is. The session store makes and ends it;
 * the other stores hang on to it, so that they need not know the session.
 */
import type { TeahouseClient } from 'teahouse-client'
import { shallowRef } from 'vue'

import type { Database } from '../db/database'
import type { Log } from '../db/log'
import type { SharedOutbox } from '../db/outbox'
import type { Journal } from './journal'
import type { Tabs } from './tabs'
import type { Person } from './types'

export interface Link {
  readonly client: TeahouseClient
  readonly database: Database
  readonly log: Log
  readonly outbox: SharedOutbox
  readonly tabs: Tabs
  readonly journal: Journal
  /** Oneself. */
  readonly me: Person
  /** The last entry of each conversation that was kept here when the client was made. */
  readonly cursors: Readonly<Record<string, number>>
}

type Setup = (link: Link) => (() => void) | void

const current = shallowRef<Link | null>(null)
const setups = new Set<Setup>()
let endings: (() => void)[] = []

/** Runs `setup` for each link, before its client starts; what it returns runs when the link ends. */
export function whenLinked(setup: Setup): void {
  setups.add(setup)
  if (current.value) begin(setup, current.value)
}

function begin(setup: Setup, link: Link): void {
  const end = setup(link)
  if (end) endings.push(end)
}

export function setLink(link: Link | null): void {
  const before = endings
  endings = []
  current.value = link
  for (const end of before.toReversed()) end()
  if (link) for (const setup of setups) begin(setup, link)
}

/** Forgets all setups: for tests, where stores are made anew. */
export function resetLink(): void {
  setLink(null)
  setups.clear()
}

export function link(): Link | null {
  return current.value
}

/** The link of whoever is logged in; asking while nobody is, is a defect. */
export function requireLink(): Link {
  if (!current.value) throw new Error('nobody is logged in')
  return current.value
}
