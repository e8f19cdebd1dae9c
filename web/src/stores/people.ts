/**
 * Who others are, and whether they are there. What is known of somebody comes from whoever mentions them; their picture
 * and profile are asked for when they are shown, and remembered.
 */
import type { Entry } from 'teahouse-client'
import { defineStore } from 'pinia'
import { ref, shallowReactive, watch } from 'vue'

import { userPicture } from '../api/pictures'
import { rest } from '../api/rest'
import { useConversationsStore } from './conversations'
import { isStored } from './details'
import { link, requireLink, whenLinked } from './link'
import { createProfiles } from './profiles'
import { createRelations } from './relations'
import type { Person, Status, User } from './types'

/** The state of so many people is remembered. */
const MOST = 3000
const MOST_LOOKED_FOR = 30

interface Presence {
  status: Status
  text: string
  at: number | null
}

export const usePeopleStore = defineStore('people', () => {
  const conversations = useConversationsStore()
  /** Direct conversations of which it was asked who is there. */
  const lookedFor = new Set<string>()
  /** Nicks as last heard. */
  const nicks = shallowReactive(new Map<string, string>())
  const presence = shallowReactive(new Map<string, Presence>())
  const profiles = createProfiles()
  const relations = createRelations(person)
  const mine = ref<Status>('online')
  const mineText = ref('')

  function remember<T>(into: Map<string, T>, id: string, value: T): void {
    if (into.size >= MOST && !into.has(id)) into.delete(into.keys().next().value!)
    into.set(id, value)
  }

  function named({ id, nick }: Person): void {
    if (nicks.get(id) !== nick) remember(nicks, id, nick)
  }

  /** Who somebody is, by nick alone. */
  function person(id: string): Person {
    return { id, nick: nicks.get(id) ?? profiles.known(id)?.nick ?? '' }
  }

  /** Reactive. Whoever is not known yet is shown by `nick` and asked for. */
  function user(id: string, nick = ''): User {
    const profile = profiles.of(id)
    const here = presence.get(id)
    const self = link()?.me.id === id
    return {
      id,
      nick: nicks.get(id) ?? profile?.nick ?? nick,
      avatar: profile ? userPicture(id, profile.avatar) : null,
      status: self ? mine.value : (here?.status ?? null),
      text: self ? mineText.value : (here?.text ?? ''),
      lastSeen: here?.status === 'offline' ? here.at : null,
      guest: profile?.kind === 'guest',
      bot: profile?.kind === 'bot',
      bio: profile?.bio ?? '',
    }
  }

  /** People whose nick begins so; those one has heard of first. */
  async function find(query: string): Promise<User[]> {
    const wanted = query.replace(/^@/, '').toLowerCase()
    const me = link()?.me.id
    const near = [...nicks]
      .filter(([id, nick]) => id !== me && nick.toLowerCase().startsWith(wanted))
      .map(([id]) => id)
    const heard = near.slice(-20).toReversed()
    if (wanted && link()?.client.state === 'online') {
      const { users } = await rest.GET('/api/v1/users', { params: { query: { query: wanted, limit: 20 } } })
      for (const found of users) {
        profiles.learn(found)
        if (found.id !== me && !heard.includes(found.id)) heard.push(found.id)
      }
    }
    return heard.map((id) => user(id))
  }

  async function setPresence(status: Exclude<Status, 'offline'>, text = ''): Promise<void> {
    const before = { status: mine.value, text: mineText.value }
    mine.value = status
    mineText.value = text
    try {
      await requireLink().client.call('presence', { status, text })
    } catch (error) {
      mine.value = before.status
      mineText.value = before.text
      throw error
    }
  }

  /** Who is online in a conversation (at most 1,000 of the lobby). */
  async function online(conversation: string): Promise<{ users: User[]; count: number }> {
    const { users, count } = await requireLink().client.call('online', { conversation })
    for (const { id, nick, status, text = '' } of users) {
      named({ id, nick })
      seen(id, { status: status as Status, text, at: null })
    }
    return { users: users.map(({ id }) => user(id)), count }
  }

  function seen(id: string, now: Presence): void {
    remember(presence, id, now)
  }

  function heard(entry: Entry): void {
    if (entry.sender.id !== 'system' && !('webhook' in entry && entry.webhook)) named(entry.sender)
    if (entry.ev === 'member') named(entry.user)
  }

  whenLinked(({ client, me }) => {
    named(me)
    const endings = [
      client.on('welcome', () => {
        // The others may be told something else since; and so are we.
        presence.clear()
        lookedFor.clear()
        if (mine.value !== 'online' || mineText.value) {
          const status = mine.value as Exclude<Status, 'offline'>
          void client.call('presence', { status, text: mineText.value }).catch(() => {})
        }
      }),
      client.on('conversations', ({ conversations: list }) => {
        for (const { peer, last_message } of list) {
          if (peer) named(peer)
          if (last_message) heard(last_message)
        }
        const direct = list.filter(({ peer }) => peer).map(({ conversation }) => conversation)
        void Promise.resolve().then(() => lookForAll(direct))
      }),
      client.on('entry', (entry) => {
        heard(entry)
        if (!presence.has(entry.sender.id)) void lookFor(entry.conversation).catch(() => {})
      }),
      watch(
        () => conversations.current,
        (id) => void (id && lookFor(id).catch(() => {})),
      ),
      client.on('presence', ({ user: id, nick, status, text = '', at }) => {
        if (nick) named({ id, nick })
        if (id !== me.id) seen(id, { status: status as Status, text, at })
      }),
    ]
    return () => {
      for (const end of endings) end()
      nicks.clear()
      lookedFor.clear()
      presence.clear()
      mine.value = 'online'
      mineText.value = ''
    }
  })

  /** Who was there before we came is told to nobody: the other one of a direct conversation is asked for, once. */
  async function lookFor(conversation: string): Promise<void> {
    const peer = conversations.byId.get(conversation)?.peer
    if (!peer || !isStored(conversation) || lookedFor.has(conversation)) return
    if (link()?.client.state !== 'online') return
    lookedFor.add(conversation)
    const { users } = await online(conversation)
    if (!users.some(({ id }) => id === peer.id)) seen(peer.id, { status: 'offline', text: '', at: null })
  }

  async function lookForAll(direct: readonly string[]): Promise<void> {
    for (const conversation of direct.slice(0, MOST_LOOKED_FOR)) await lookFor(conversation).catch(() => {})
  }

  return { user, person, find, mine, mineText, setPresence, online, learn: profiles.learn, ...relations }
})
