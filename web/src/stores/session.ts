/**
 * Who is logged in, and the client that is connected for them.
 *
 * Rule: what this browser remembers is shown at once and verified afterwards. Nobody is ever shown what another one
 * read: what belongs to a user ends with the link before anything of the next begins.
 */
import { Refused, type Hello, type StateChange, type TeahouseClient } from 'teahouse-client'
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'

import * as auth from '../api/auth'
import { renewPicture } from '../api/pictures'
import { current, onRefused, rest, setCsrf } from '../api/rest'
import { deleteOthers } from '../db/database'
import { link, setLink } from './link'
import { endLink, introduce, makeLink } from './making'
import {
  cameBack,
  isLeaving,
  remember,
  remembered,
  setLeaving,
  withEntry,
  type Remembered,
} from './remembered'
import type { Me, Provider } from './types'
import { Channel } from './tabs'
import { wipe, wipeReceived } from './wiping'

type Told = { type: 'logged-in'; user: string } | { type: 'logged-out' }

const nobody = { admin: false, user: '', bio: '', avatar: '', locale: '' }

export const useSessionStore = defineStore('session', () => {
  const user = shallowRef<Me | null>(null)
  const client = shallowRef<TeahouseClient | null>(null)
  /** restore() has found out whether somebody is logged in. */
  const ready = ref(false)
  const providers = shallowRef<readonly Provider[]>([])
  const loggedIn = computed(() => user.value !== null)
  const browser = new Channel<Told>('teahouse')
  let resume = ''
  /** What a guest is called whose nick somebody else took meanwhile. */
  let rename = ''

  const credentials = async (): Promise<Hello> => {
    const me = user.value
    if (me?.guest) return { resume, ...(rename && { nick: rename }) }
    return { token: await auth.token() }
  }

  /** From here on this is who is logged in. */
  async function begin({ me, resume: secret = '' }: Remembered): Promise<void> {
    await end()
    resume = secret
    rename = ''
    const made = await makeLink({ id: me.id, nick: me.nick }, credentials)
    user.value = me
    client.value = made.client
    setLink(made)
    made.client.on('welcome', ({ user: now, resume: secret }) => {
      if (secret) resume = secret
      if (user.value) known({ ...user.value, nick: now.nick })
    })
    made.client.on('state', (change) => void closed(change))
    remember({ me, ...(secret && { resume: secret }) })
    made.journal.trim()
    made.client.start()
  }

  async function end(): Promise<void> {
    const here = link()
    user.value = null
    client.value = null
    setLink(null)
    if (here) await endLink(here)
  }

  /** What is known of oneself now. */
  function known(me: Me): void {
    user.value = me
    remember({ me, ...(resume && { resume }) })
  }

  /** The server does not let this client come back. */
  async function closed({ state, error }: StateChange): Promise<void> {
    if (state !== 'closed' || !user.value) return
    if (error instanceof Refused && error.code === 'unauthenticated') return expired()
    if (error instanceof Refused && error.code === 'conflict' && user.value.guest) {
      rename = `${user.value.nick.slice(0, 26)}-${Math.floor(1000 + Math.random() * 9000)}`
      return client.value?.start()
    }
    // Logged out elsewhere, or only sent away: the cookie knows.
    if (error && !user.value.guest) await verify()
  }

  /** Asks the server whether it is still so. */
  async function verify(): Promise<void> {
    const before = user.value
    try {
      const login = await current()
      if (!before || user.value?.id !== before.id) return
      if (login.user.id !== before.id) return await adopt(login.user)
      if (!before.guest) known(await profile())
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'unauthenticated') return
      if (!before || user.value?.id !== before.id) return
      // A guest without a cookie is still one on the WebSocket, and is given another.
      if (before.guest) await auth.guest(before.nick, resume).catch(() => {})
      else await expired()
    }
  }

  async function profile(): Promise<Me> {
    const { id, nick, user: name, admin, bio, avatar, locale } = await rest.GET('/api/v1/users/me')
    return { id, nick, user: name, admin, bio, avatar, locale, guest: false }
  }

  /** Takes over who the cookie says one is. */
  async function adopt(
    named: { id: string; nick: string; guest?: boolean },
    mine?: Promise<Me | null>,
  ): Promise<void> {
    const kept = remembered()
    if (named.guest) {
      const secret = kept?.me.id === named.id ? kept.resume : undefined
      if (!secret) return
      return begin({ me: { ...nobody, id: named.id, nick: named.nick, guest: true }, resume: secret })
    }
    const asked = await mine
    await begin({ me: asked?.id === named.id ? asked : await profile() })
    await deleteOthers(named.id)
  }

  /** The login is over, by the server's word. */
  async function expired(): Promise<void> {
    const here = link()
    if (!here) return
    user.value = null
    remember(null)
    setCsrf(null)
    here.client.stop()
    await here.journal.end()
    await wipeReceived(here.database)
    await end()
    browser.tell({ type: 'logged-out' })
  }

  /** Who was logged in here comes back, also without a network. Never rejects. */
  async function restore(): Promise<void> {
    // Before anything waits: the router reads the address next.
    const back = cameBack()
    try {
      if (isLeaving()) await leave()
      const kept = remembered()
      if (kept) {
        await begin(kept)
        void verify()
      } else if (back) {
        // Both at once: on a phone's network each round trip is a sixth of a second.
        const mine = profile().catch(() => null)
        await adopt((await current()).user, mine)
      }
    } catch {
      // Nobody, or nobody can tell: then one logs in.
    } finally {
      ready.value = true
    }
  }

  /** These reject with Refused or Disconnected. */
  async function login(name: string, password: string): Promise<void> {
    await entered((await auth.logIn(name, password)).user)
  }

  async function register(account: auth.Account): Promise<void> {
    await entered((await auth.register(account)).user)
  }

  async function entered(named: { id: string; nick: string }): Promise<void> {
    setLeaving(false)
    await adopt(named)
    browser.tell({ type: 'logged-in', user: named.id })
  }

  async function guest(nick: string): Promise<void> {
    const given = await auth.guest(nick)
    const {
      id,
      nick: name,
      secret,
    } = given
      ? { ...given.user, secret: given.resume }
      : await introduce(nick).then((one) => ({ ...one, secret: one.resume }))
    setLeaving(false)
    await begin({ me: { ...nobody, id, nick: name, guest: true }, resume: secret })
    await deleteOthers(id)
    browser.tell({ type: 'logged-in', user: id })
  }

  /** Nothing of the user stays here, also if the server cannot be reached: then it is told as soon as it can. */
  async function logout({ everywhere = false }: { everywhere?: boolean } = {}): Promise<void> {
    const me = user.value
    if (!me) return
    if (everywhere) await auth.logOut(true)
    else setLeaving(true)
    await end()
    remember(null)
    browser.tell({ type: 'logged-out' })
    await wipe(me.id)
    if (!everywhere) await leave().catch(() => {})
  }

  /** Ends the cookie of somebody who has left. */
  async function leave(): Promise<void> {
    try {
      await auth.logOut()
    } catch (error) {
      // Without a login there is nothing to end.
      if (!(error instanceof Refused) || error.retry) throw error
    }
    setCsrf(null)
    setLeaving(false)
  }

  async function loadProviders(): Promise<void> {
    providers.value = (await rest.GET('/api/v1/auth/providers')).providers
  }

  /** Where the browser goes to log in with a provider. */
  function providerUrl({ start }: Provider, returnTo: string): string {
    return `${start}${start.includes('?') ? '&' : '?'}return_to=${encodeURIComponent(withEntry(returnTo))}`
  }

  /** Nick, bio, avatar (a file id), locale. */
  async function update(changes: Partial<Pick<Me, 'nick' | 'bio' | 'avatar' | 'locale'>>): Promise<void> {
    const { nick, bio, avatar, locale } = await rest.PATCH('/api/v1/users/me', { body: changes })
    if (changes.avatar && user.value) await renewPicture('users', user.value.id)
    if (user.value) known({ ...user.value, nick, bio, avatar, locale })
  }

  browser.on((told) => {
    if (told.type === 'logged-out') void end()
    else if (told.user !== user.value?.id) {
      setCsrf(null)
      void end().then(restore)
    } else setCsrf(null)
  })
  const refusals = onRefused((error) => {
    if (error.code === 'unauthenticated' && user.value && !user.value.guest) void expired()
  })
  onScopeDispose(() => {
    refusals()
    browser.close()
  })

  return {
    user,
    client,
    ready,
    loggedIn,
    providers,
    restore,
    login,
    register,
    guest,
    logout,
    loadProviders,
    providerUrl,
    update,
  }
})
