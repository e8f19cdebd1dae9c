import { expect, test } from 'vitest'

import { ownPath } from '@/composables/returnTo'

test.each(['/c/lobby', '/join/abc?x=1', '/', '/settings/devices#top'])('%s is a page of ours', (path) => {
  expect(ownPath(path)).toBe(path)
})

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/c\\x',
  '/a b',
  '',
  undefined,
  null,
  7,
])('%s is none: the chat instead', (path) => {
  expect(ownPath(path)).toBe('/')
})
