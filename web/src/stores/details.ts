/** Settings and members of conversations: asked for when somebody looks, and kept up to date while they are known. */
import type { Entry } from 'teahouse-client'
import { shallowReactive } from 'vue'

import { requireLink, whenLinked } from './link'
import type { Details, Member, Role, Status } from './types'

/** Of more conversations than this the details are not remembered. */
const MOST = 50
const PAGE = 200

export interface MemberPage {
  members: Member[]
  more: boolean
}

export function createDetails(toldAvatar: (id: string, avatar: string) => void) {
  const settings = shallowReactive(new Map<string, Details>())
  const members = shallowReactive(new Map<string, readonly Member[]>())
  const asking = new Set<string>()

  function remember<T>(into: Map<string, T>, id: string, value: T): void {
    into.delete(id)
    into.set(id, value)
    if (into.size > MOST) into.delete(into.keys().next().value!)
  }

  async function details(id: string): Promise<Details> {
    const found = (await requireLink().client.call('conversation', { conversation: id })) as Details
    remember(settings, id, found)
    toldAvatar(id, found.avatar)
    return found
  }

  async function membersPage(id: string, after = ''): Promise<MemberPage> {
    const page = await requireLink().client.call('members', { conversation: id, after, limit: PAGE })
    const rows = page.members.map((row) => ({
      id: row.id,
      nick: row.nick,
      role: row.role as Role,
      status: row.status as Status,
      joined: row.joined ?? 0,
      mutedUntil: row.muted_until ?? 0,
    }))
    if (!after) remember(members, id, rows)
    return { members: rows, more: page.more }
  }

  /** Asks once at a time; who looks sees it when it comes. A refusal leaves it unknown. */
  function ask(key: string, question: () => Promise<unknown>): void {
    if (asking.has(key)) return
    asking.add(key)
    // Not while somebody renders: to look must not change what is looked at.
    void Promise.resolve()
      .then(question)
      .catch(() => {})
      .finally(() => asking.delete(key))
  }

  function detailsOf(id: string): Details | null {
    const known = settings.get(id)
    if (!known && isStored(id)) ask(`settings ${id}`, () => details(id))
    return known ?? null
  }

  function membersOf(id: string): readonly Member[] {
    const known = members.get(id)
    if (!known && isStored(id)) ask(`members ${id}`, () => membersPage(id))
    return known ?? []
  }

  /** Settings changed, people came and went: what is known is asked for again. */
  function refresh(entry: Entry): void {
    const { ev, conversation } = entry
    if (ev !== 'member' && ev !== 'conversation') return
    if (settings.has(conversation)) ask(`settings ${conversation}`, () => details(conversation))
    if (members.has(conversation) && ev === 'member') {
      ask(`members ${conversation}`, () => membersPage(conversation))
    }
  }

  function forget(id: string): void {
    settings.delete(id)
    members.delete(id)
  }

  whenLinked(({ client }) => {
    const endings = [
      client.on('entry', refresh),
      // What happened meanwhile was not told one by one: what is looked at is asked for anew.
      client.on('welcome', () => {
        for (const id of settings.keys()) ask(`settings ${id}`, () => details(id))
        for (const id of members.keys()) ask(`members ${id}`, () => membersPage(id))
      }),
      client.on('presence', ({ user, status }) => {
        for (const [id, rows] of members) {
          if (!rows.some((row) => row.id === user)) continue
          const changed = rows.map((row) => (row.id === user ? { ...row, status: status as Status } : row))
          members.set(id, changed)
        }
      }),
    ]
    return () => {
      for (const end of endings) end()
      settings.clear()
      members.clear()
      asking.clear()
    }
  })

  return { details, detailsOf, members: membersPage, membersOf, forget }
}

/** `@nick` is a direct conversation that no message has made yet. */
export function isStored(id: string): boolean {
  return !id.startsWith('@')
}
