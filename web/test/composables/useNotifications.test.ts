import type { Entry } from 'teahouse-client'
import { expect, test } from 'vitest'

import { pageTitle } from '@/composables/pageBadge'
import { deserves } from '@/composables/useNotifications'
import type { Summary } from '@/stores/types'

const NOW = 1_000_000
const entry = (more = {}): Entry =>
  ({
    ev: 'message',
    conversation: 'c1',
    seq: 5,
    message: 'c1.5',
    sender: { id: 'bob', nick: 'bob' },
    at: NOW - 1000,
    body: { type: 'text', text: 'tea?' },
    ...more,
  }) as Entry
const summary = (more: Partial<Summary> = {}): Summary =>
  ({ muted: false, archived: false, ...more }) as Summary
const told = (one: Entry, of: Summary | undefined = summary()): boolean => deserves(one, 'me', of, NOW)

test('a new message of somebody else is told, also from a conversation that is new', () => {
  expect(told(entry())).toBe(true)
  expect(deserves(entry(), 'me', undefined, NOW)).toBe(true)
})

test('not what one wrote oneself, what is no message, what was recalled, what is old', () => {
  expect(told(entry({ sender: { id: 'me', nick: 'me' } }))).toBe(false)
  expect(told(entry({ ev: 'reaction', body: undefined }))).toBe(false)
  expect(told(entry({ body: undefined, recalled: true }))).toBe(false)
  expect(told(entry({ at: NOW - 61_000 }))).toBe(false)
})

test('muted conversations tell of mentions only, those put away of nothing', () => {
  expect(told(entry(), summary({ muted: true }))).toBe(false)
  expect(told(entry({ mentions: ['me'] }), summary({ muted: true }))).toBe(true)
  expect(told(entry({ mentions: ['*'] }), summary({ muted: true }))).toBe(true)
  expect(told(entry({ mentions: ['carol'] }), summary({ muted: true }))).toBe(false)
  expect(told(entry({ mentions: ['me'] }), summary({ archived: true }))).toBe(false)
})

test('the title counts', () => {
  expect(pageTitle(0, '', 'Teahouse')).toBe('Teahouse')
  expect(pageTitle(3, 'Lobby', 'Teahouse')).toBe('(3) Lobby · Teahouse')
  expect(pageTitle(100, '', '茶馆')).toBe('(99+) 茶馆')
})
