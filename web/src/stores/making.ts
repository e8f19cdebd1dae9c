/** Makes what is there while somebody is logged in, and takes it down. */
import { newCid, TeahouseClient, type Hello } from 'teahouse-client'

import { openDatabase } from '../db/database'
import { Log } from '../db/log'
import { SharedOutbox } from '../db/outbox'
import { tabDevice } from './device'
import { Journal } from './journal'
import type { Link } from './link'
import { Tabs } from './tabs'
import type { Person } from './types'

const SOCKET = '/ws'

export async function makeLink(me: Person, credentials: () => Promise<Hello>): Promise<Link> {
  const device = await tabDevice()
  const database = await openDatabase(me.id, () => globalThis.location?.reload())
  const log = new Log(database)
  const tabs = new Tabs(me.id)
  const outbox = new SharedOutbox({
    database,
    owner: newCid(),
    tell: (change) => tabs.tell(change),
    locks: navigator.locks,
  })
  tabs.on((message) => {
    if (message.type === 'outbox-owner') outbox.heard(message)
  })
  const cursors = await log.cursors().catch(() => ({}))
  const client = new TeahouseClient({ url: SOCKET, credentials, device, cursors, outbox })
  const journal = new Journal({ client, log, tabs, cursors })
  return { client, database, log, outbox, tabs, journal, me, cursors }
}

/** Nothing is written any more when it settles. */
export async function endLink(link: Link): Promise<void> {
  link.client.stop()
  await link.journal.end()
  await link.outbox.release()
  link.tabs.close()
  link.database.close()
}

/** A first connection of somebody new: who the server says they are. */
export function introduce(nick: string): Promise<{ id: string; nick: string; resume: string }> {
  return new Promise((resolve, reject) => {
    const client = new TeahouseClient({ url: SOCKET, credentials: async () => ({ nick }), device: 'web' })
    client.on('welcome', ({ user, resume }) => {
      client.stop()
      resolve({ id: user.id, nick: user.nick, resume: resume ?? '' })
    })
    client.on('state', ({ state, error }) => {
      if (!error || (state !== 'closed' && state !== 'waiting')) return
      client.stop()
      reject(error)
    })
    client.start()
  })
}
