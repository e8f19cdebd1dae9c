/** Who may do what in a conversation, as the server judges it (docs/reference/protocol.md, "Conversations"). */
import type { Details, Kind, Member, Role } from '@/stores/types'

export interface Rights {
  /** Settings, links, requests, bans. */
  run: boolean
  invite: boolean
  /** Pin for all. */
  pin: boolean
  /** How long messages stay. */
  expire: boolean
  /** Give roles and dissolve. */
  own: boolean
  leave: boolean
}

type Place = Pick<Details, 'kind' | 'role' | 'invite' | 'conversation'>

const runs = (role: Role): boolean => role === 'owner' || role === 'admin'

/** `lobby`: its id. It has no owner, and nobody leaves it. */
export function rightsIn(place: Place, lobby: string): Rights {
  const direct = place.kind === 'direct'
  const isLobby = place.conversation === lobby
  const run = runs(place.role) && !direct
  return {
    run,
    invite: !direct && !isLobby && (run || (place.role === 'member' && place.invite === 'members')),
    pin: run || direct,
    expire: (run && !isLobby) || direct,
    own: place.role === 'owner' && !direct,
    leave: !direct && !isLobby,
  }
}

export interface PowersOver {
  /** Roles one may give them, in the order they are offered. */
  roles: readonly Role[]
  mute: boolean
  kick: boolean
}

/** What somebody with `role` may do to another member. Kicking and banning go together. */
export function powersOver(role: Role, other: Pick<Member, 'id' | 'role'>, me: string): PowersOver {
  if (other.id === me) return { roles: [], mute: false, kick: false }
  const above = role === 'owner' || (role === 'admin' && other.role === 'member')
  const given: Role[] = other.role === 'admin' ? ['member', 'owner'] : ['admin', 'owner']
  return { roles: role === 'owner' ? given : [], mute: above, kick: above }
}

const RANK: Record<Role, number> = { owner: 0, admin: 1, member: 2, '': 3 }

/** Those who run it first, then those who are here, then by name. */
export function byStanding(present: (id: string) => boolean, compare: (a: string, b: string) => number) {
  return (a: Member, b: Member): number =>
    RANK[a.role] - RANK[b.role] || Number(present(b.id)) - Number(present(a.id)) || compare(a.nick, b.nick)
}

/** What the server sets for a new conversation of this kind, if nothing is said. */
export function usualSettings(kind: Exclude<Kind, 'direct'>) {
  return kind === 'group'
    ? ({ join: 'invite', reach: 'joined' } as const)
    : ({ join: 'open', reach: 'all' } as const)
}
