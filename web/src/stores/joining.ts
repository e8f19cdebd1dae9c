/** What one does with one's conversations: begin, join and leave them, and how one's own list shows them. */
import { Refused } from 'teahouse-client'

import { rest } from '../api/rest'
import { requireLink } from './link'
import { clear as cleared, type After, type Kept } from './summaries'
import type { Person, Summary } from './types'

export interface NewConversation {
  kind: 'group' | 'channel' | 'room'
  title: string
  /** User ids or `@nick`. */
  members: readonly string[]
  join?: 'open' | 'approval' | 'invite'
  reach?: 'joined' | 'all' | 'last'
  last?: number
  topic?: string
}

interface List {
  byId: Map<string, Summary>
  beginDirect: (peer: Person) => string
  load: () => Promise<void>
  drop: (id: string) => void
  change: (id: string, apply: (here: Kept) => After) => void
}

type Choice = 'pinned' | 'muted' | 'archived'
const OPS = { pinned: 'pin', muted: 'mute', archived: 'archive' } as const

export function createJoining({ byId, beginDirect, load, drop, change }: List) {
  /** Shown at once; taken back if the server refuses. */
  async function choose(id: string, choice: Choice, on: boolean, until?: number): Promise<void> {
    const set = (value: boolean): void =>
      change(id, (here) => {
        here.wire = { ...here.wire, [choice]: value }
        return 'nothing'
      })
    const before = byId.get(id)?.[choice] ?? false
    set(on)
    try {
      await requireLink().client.call(OPS[choice], { conversation: id, on, ...(until && { until }) })
    } catch (error) {
      set(before)
      throw error
    }
  }

  /** The direct conversation with somebody, by user id or `@nick`. If there is none, the first message makes it: until
   * then its id is `@nick`. */
  async function openDirect(user: string): Promise<string> {
    const nick = user.startsWith('@') ? user.slice(1) : null
    for (const { id, kind, peer } of byId.values()) {
      if (kind === 'direct' && peer && (nick === null ? peer.id === user : peer.nick === nick)) return id
    }
    if (nick === null) {
      const found = await rest.GET('/api/v1/users/{user}', { params: { path: { user } } })
      return beginDirect(found)
    }
    const { users } = await rest.GET('/api/v1/users', { params: { query: { query: nick, limit: 20 } } })
    const found = users.find((one) => one.nick.toLowerCase() === nick.toLowerCase())
    if (!found) throw new Refused('not_found', `there is nobody called ${nick}`)
    return beginDirect(found)
  }

  async function clear(id: string): Promise<void> {
    const upto = byId.get(id)?.lastSeq ?? 0
    const { client, tabs } = requireLink()
    await client.call('clear', { conversation: id, upto })
    tabs.tell({ type: 'cleared', conversation: id, upto })
    change(id, (here) => cleared(here, upto))
  }

  /** The id of the new conversation. */
  async function create({ members, ...fields }: NewConversation): Promise<string> {
    const made = await requireLink().client.call('create', { ...fields, members: [...members] })
    await load()
    return made.conversation
  }

  async function join(by: {
    conversation?: string
    link?: string
    text?: string
  }): Promise<{ conversation: string; pending: boolean }> {
    const answer = await requireLink().client.call('join', by)
    const pending = 'pending' in answer && answer.pending !== false
    if (!pending) await load()
    return { conversation: answer.conversation, pending }
  }

  async function leave(id: string): Promise<void> {
    await requireLink().client.call('leave', { conversation: id })
    drop(id)
  }

  return {
    openDirect,
    clear,
    create,
    join,
    leave,
    pin: (id: string, on: boolean) => choose(id, 'pinned', on),
    mute: (id: string, on: boolean, until?: number) => choose(id, 'muted', on, until),
    archive: (id: string, on: boolean) => choose(id, 'archived', on),
    preview: (token: string) => requireLink().client.call('preview', { link: token }),
  }
}
