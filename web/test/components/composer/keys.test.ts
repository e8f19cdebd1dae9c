import { expect, test } from 'vitest'

import { Composition, type Key, meaningOf } from '@/components/composer/keys'

const key = (more: Partial<Key> = {}): Key => ({
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  timeStamp: 1000,
  ...more,
})

test('Enter sends, Shift+Enter breaks the line', () => {
  const composition = new Composition()
  expect(meaningOf(key(), composition, true)).toBe('send')
  expect(meaningOf(key({ shiftKey: true }), composition, true)).toBe('newline')
})

test('or Ctrl+Enter sends, and Enter breaks the line', () => {
  const composition = new Composition()
  expect(meaningOf(key(), composition, false)).toBe('newline')
  expect(meaningOf(key({ ctrlKey: true }), composition, false)).toBe('send')
  expect(meaningOf(key({ metaKey: true }), composition, false)).toBe('send')
})

test('other keys mean nothing', () => {
  expect(meaningOf(key({ key: 'a', keyCode: 65 }), new Composition(), true)).toBe('nothing')
})

test('Chrome: the Enter that takes the words comes before the end of the composition', () => {
  const composition = new Composition()
  composition.started()
  expect(meaningOf(key({ isComposing: true, keyCode: 229 }), composition, true)).toBe('nothing')
  composition.ended(1001)
  expect(meaningOf(key({ timeStamp: 1400 }), composition, true)).toBe('send')
})

test('Safari: the Enter that takes the words comes after the end of the composition', () => {
  const composition = new Composition()
  composition.started()
  composition.ended(1000)
  expect(meaningOf(key({ keyCode: 229, timeStamp: 1001 }), composition, true)).toBe('nothing')
  expect(meaningOf(key({ timeStamp: 1400 }), composition, true)).toBe('send')
})

test('without any sign of its own, the key of the moment in which a composition ended is no Enter', () => {
  const composition = new Composition()
  composition.started()
  composition.ended(1000)
  expect(meaningOf(key({ timeStamp: 1002 }), composition, true)).toBe('nothing')
  expect(meaningOf(key({ timeStamp: 1100 }), composition, true)).toBe('send')
})

test('Ctrl+Enter does not send in the middle of a composition either', () => {
  const composition = new Composition()
  composition.started()
  expect(meaningOf(key({ ctrlKey: true, isComposing: true }), composition, false)).toBe('nothing')
})
