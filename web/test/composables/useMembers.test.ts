import { expect, test } from 'vitest'

import { changed } from '@/composables/useMembers'
import type { Member, Role } from '@/stores/types'

const member = (id: string, role: Role = 'member'): Member => ({
  id,
  nick: id,
  role,
  status: 'online',
  joined: 1,
  mutedUntil: 0,
})
const entry = (id: string, change: string, more: object = {}) =>
  ({
    ev: 'member',
    conversation: 'c',
    seq: 9,
    message: 'c.9',
    sender: { id: 'u1', nick: 'u1' },
    at: 1,
    user: { id, nick: id },
    change,
    ...more,
  }) as Parameters<typeof changed>[1]
const all = [member('u1', 'owner'), member('u2', 'admin'), member('u3')]
const roles = (members: readonly Member[]) => members.map(({ id, role }) => `${id} ${role}`)

test.each(['left', 'kicked', 'banned'])('who was %s is out', (change) => {
  expect(changed(all, entry('u3', change)).map(({ id }) => id)).toEqual(['u1', 'u2'])
})

test.each(['joined', 'invited', 'approved'])('who was %s is in, once', (change) => {
  const now = changed(all, entry('u4', change))
  expect(now.at(-1)).toMatchObject({ id: 'u4', role: 'member', joined: 9 })
  expect(changed(now, entry('u4', change))).toBe(now)
})

test('a new owner makes the old one an admin', () => {
  expect(roles(changed(all, entry('u3', 'role', { role: 'owner' })))).toEqual([
    'u1 admin',
    'u2 admin',
    'u3 owner',
  ])
  expect(roles(changed(all, entry('u2', 'role', { role: 'member' })))).toEqual([
    'u1 owner',
    'u2 member',
    'u3 member',
  ])
})

test('mutes come and go', () => {
  const muted = changed(all, entry('u3', 'muted', { until: 5000 }))
  expect(muted[2]?.mutedUntil).toBe(5000)
  expect(changed(muted, entry('u3', 'unmuted'))[2]?.mutedUntil).toBe(0)
  expect(changed(all, entry('u3', 'muted', { until: -1 }))[2]?.mutedUntil).toBe(-1)
})
