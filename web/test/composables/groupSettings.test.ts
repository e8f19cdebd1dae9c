import { expect, test } from 'vitest'

import { differences, editable } from '@/composables/groupSettings'
import type { Details } from '@/stores/types'

const details: Details = {
  conversation: 'c',
  kind: 'group',
  title: 'Tasting',
  topic: '',
  description: '',
  avatar: '',
  join: 'invite',
  reach: 'joined',
  last: 0,
  limit: 500,
  invite: 'members',
  post: 'members',
  created: 1,
  revision: 4,
  members: 3,
  role: 'owner',
  expires_s: 0,
}
const changed = (changes: object) => differences(details, { ...editable(details), ...changes })

test('what nobody touched is not sent', () => {
  expect(changed({})).toEqual({})
  expect(changed({ title: ' Tasting ' })).toEqual({})
})

test('what was changed is sent, and nothing else', () => {
  expect(changed({ title: 'Green tea', join: 'approval' })).toEqual({ title: 'Green tea', join: 'approval' })
  expect(changed({ description: 'Oolong,\nmostly.' })).toEqual({ description: 'Oolong,\nmostly.' })
})

test('how many entries counts only where only so many are read', () => {
  expect(changed({ lastText: '20' })).toEqual({})
  expect(changed({ reach: 'last', lastText: '20' })).toEqual({ reach: 'last', last: 20 })
})

test('a number that is none changes nothing', () => {
  for (const text of ['', 'many', '-3', '1.5']) expect(changed({ limitText: text })).toEqual({})
  expect(changed({ limitText: '0' })).toEqual({ limit: 0 })
})
