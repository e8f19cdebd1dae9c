import { describe, expect, test } from 'vitest'

import { byStanding, powersOver, rightsIn } from '@/composables/rights'
import type { Kind, Member, Role } from '@/stores/types'

const place = (kind: Kind, role: Role, invite = 'members', conversation = 'c1') => ({
  kind,
  role,
  invite,
  conversation,
})
const member = (id: string, role: Role = 'member', nick = id): Member => ({
  id,
  nick,
  role,
  status: 'offline',
  joined: 1,
  mutedUntil: 0,
})

describe('what one may do in a conversation', () => {
  test('follows from the role', () => {
    expect(rightsIn(place('group', 'owner'), 'lobby')).toMatchObject({
      run: true,
      own: true,
      invite: true,
      pin: true,
    })
    expect(rightsIn(place('group', 'admin'), 'lobby')).toMatchObject({ run: true, own: false, invite: true })
    expect(rightsIn(place('group', 'member'), 'lobby')).toMatchObject({
      run: false,
      own: false,
      pin: false,
      expire: false,
    })
  })

  test('members invite where the setting says so', () => {
    expect(rightsIn(place('group', 'member', 'members'), 'lobby').invite).toBe(true)
    expect(rightsIn(place('channel', 'member', 'admins'), 'lobby').invite).toBe(false)
    expect(rightsIn(place('channel', 'admin', 'admins'), 'lobby').invite).toBe(true)
    expect(rightsIn(place('room', '', 'members'), 'lobby').invite).toBe(false)
  })

  test('in a direct conversation both pin and choose how long messages stay, and nobody leaves', () => {
    expect(rightsIn(place('direct', 'member'), 'lobby')).toEqual({
      run: false,
      invite: false,
      pin: true,
      expire: true,
      own: false,
      leave: false,
    })
  })

  test('nobody leaves the lobby, and nobody is invited to it', () => {
    const rights = rightsIn(place('room', 'member', 'members', 'lobby'), 'lobby')
    expect(rights).toMatchObject({ leave: false, invite: false })
  })
})

describe('what one may do to another', () => {
  test('the owner everything to everybody', () => {
    expect(powersOver('owner', member('u2'), 'u1')).toEqual({
      roles: ['admin', 'owner'],
      mute: true,
      kick: true,
    })
    expect(powersOver('owner', member('u2', 'admin'), 'u1').roles).toEqual(['member', 'owner'])
  })

  test('an admin keeps order among members, and gives no roles', () => {
    expect(powersOver('admin', member('u2'), 'u1')).toEqual({ roles: [], mute: true, kick: true })
    for (const role of ['admin', 'owner'] as const) {
      expect(powersOver('admin', member('u2', role), 'u1')).toEqual({ roles: [], mute: false, kick: false })
    }
  })

  test('a member nothing, and nobody anything to themselves', () => {
    expect(powersOver('member', member('u2'), 'u1')).toEqual({ roles: [], mute: false, kick: false })
    expect(powersOver('owner', member('u1', 'owner'), 'u1')).toEqual({ roles: [], mute: false, kick: false })
  })
})

test('those who run it stand first, then those who are here, then by name', () => {
  const members = [member('zoe'), member('bo'), member('ann', 'admin'), member('here'), member('lu', 'owner')]
  const sorted = [...members].sort(
    byStanding(
      (id) => id === 'here',
      (a, b) => a.localeCompare(b),
    ),
  )
  expect(sorted.map(({ id }) => id)).toEqual(['lu', 'ann', 'here', 'bo', 'zoe'])
})
