/** Profiles of others: asked for when somebody is shown, a few at a time, and remembered in the database. */
import { Refused } from 'teahouse-client'
import { shallowReactive } from 'vue'

import { rest } from '../api/rest'
import type { KnownPerson } from '../db/database'
import { link, whenLinked } from './link'

const FRESH_MS = 3_600_000
const MOST = 3000
const AT_ONCE = 4

interface Profile {
  id: string
  nick: string
  kind?: string
  guest?: boolean
  avatar?: string
  bio?: string
}

export function createProfiles() {
  const byId = shallowReactive(new Map<string, KnownPerson>())
  const wanted = new Set<string>()
  const asked = new Set<string>()
  let asking = 0

  const known = (id: string): KnownPerson | undefined => byId.get(id)

  /** Reactive; asks if nothing is known, or nothing new. */
  function of(id: string): KnownPerson | undefined {
    const found = byId.get(id)
    const fresh = found && Date.now() - found.asked < FRESH_MS
    if (!fresh && !asked.has(id) && isSomebody(id)) {
      asked.add(id)
      wanted.add(id)
      // Not while somebody renders: to look must not change what is looked at.
      queueMicrotask(work)
    }
    return found
  }

  function learn(profile: Profile): void {
    const { id, nick, kind, guest, avatar = '', bio = '' } = profile
    const row = { id, nick, avatar, bio, kind: kind ?? (guest ? 'guest' : 'user'), asked: Date.now() }
    if (byId.size >= MOST && !byId.has(id)) byId.delete(byId.keys().next().value!)
    byId.set(id, row)
    void link()
      ?.database.put('people', row)
      .catch(() => {})
  }

  function work(): void {
    while (asking < AT_ONCE && wanted.size > 0) {
      const id = wanted.values().next().value!
      wanted.delete(id)
      asking += 1
      void ask(id).finally(() => {
        asking -= 1
        work()
      })
    }
  }

  async function ask(id: string): Promise<void> {
    const here = link()
    try {
      const kept = await here?.database.get('people', id)
      if (kept && !byId.has(id)) byId.set(id, kept)
      if (!here || (kept && Date.now() - kept.asked < FRESH_MS)) return
      learn(await rest.GET('/api/v1/users/{user}', { params: { path: { user: id } } }))
    } catch (error) {
      // Whoever is not there will not be there soon; else it is asked again when there is a connection.
      if (!(error instanceof Refused) || error.retry) asked.delete(id)
    }
  }

  whenLinked(({ client }) => {
    const ending = client.on('welcome', () => asked.clear())
    return () => {
      ending()
      byId.clear()
      wanted.clear()
      asked.clear()
    }
  })

  return { known, of, learn }
}

/** A nick leads to nobody here, and the server itself has no profile. */
const isSomebody = (id: string): boolean => id !== '' && id !== 'system' && !id.startsWith('@')
