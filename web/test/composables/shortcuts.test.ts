import { expect, test } from 'vitest'

import { FIELD_KEYS, keyLabels, type Pressed, SHORTCUTS, shortcutOf } from '@/composables/shortcuts'
import en from '@/locales/en/palette.json'

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

test('Ctrl on most machines, Command on a Mac', () => {
  expect(shortcutOf(press('k', { ctrlKey: true }), false, false)).toBe('palette')
  expect(shortcutOf(press('k', { metaKey: true }), false, false)).toBeNull()
  expect(shortcutOf(press('k', { metaKey: true }), false, true)).toBe('palette')
  expect(shortcutOf(press('k', { ctrlKey: true }), false, true)).toBeNull()
})

test('Shift makes another shortcut of letters and arrows, but a sign is a sign', () => {
  expect(shortcutOf(press('ArrowDown', { altKey: true }), true, false)).toBe('next')
  expect(shortcutOf(press('ArrowDown', { altKey: true, shiftKey: true }), true, false)).toBe('nextUnread')
  expect(shortcutOf(press('F', { ctrlKey: true, shiftKey: true }), true, false)).toBe('searchAll')
  expect(shortcutOf(press('?', { shiftKey: true }), false, false)).toBe('help')
  expect(shortcutOf(press('?'), false, false)).toBe('help')
})

test('single keys are text while one types', () => {
  expect(shortcutOf(press('?', { shiftKey: true }), true, false)).toBeNull()
  expect(shortcutOf(press('/'), true, false)).toBeNull()
  expect(shortcutOf(press('/'), false, false)).toBe('focusField')
  expect(shortcutOf(press('Escape'), true, false)).toBe('close')
  expect(shortcutOf(press('/', { ctrlKey: true }), true, false)).toBe('help')
})

test('no key means two things, and each is told in the help', () => {
  const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys)
  expect(new Set(keys).size).toBe(keys.length)
  for (const { id } of [...SHORTCUTS, ...FIELD_KEYS]) expect(en.shortcuts).toHaveProperty(id)
})

test('keys as they are labelled', () => {
  expect(keyLabels('Mod+Shift+F', false)).toEqual(['Ctrl', 'Shift', 'F'])
  expect(keyLabels('Mod+Shift+F', true)).toEqual(['⌘', '⇧', 'F'])
  expect(keyLabels('Alt+ArrowUp', false)).toEqual(['Alt', '↑'])
})
