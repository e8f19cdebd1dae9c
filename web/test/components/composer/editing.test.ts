import { expect, test } from 'vitest'

import { changeBetween } from '@/components/composer/editing'

test.each([
  ['tea', 'tea', { start: 3, end: 3, text: '' }],
  ['tea', 'green tea', { start: 0, end: 0, text: 'green ' }],
  ['hi @bo you', 'hi @bob you', { start: 6, end: 6, text: 'b' }],
  ['a b c', 'a c', { start: 2, end: 4, text: '' }],
  ['', 'tea', { start: 0, end: 0, text: 'tea' }],
  ['aaa', 'aa', { start: 2, end: 3, text: '' }],
])('from "%s" to "%s"', (before, after, change) => {
  expect(changeBetween(before, after)).toEqual(change)
  expect(before.slice(0, change.start) + change.text + before.slice(change.end)).toBe(after)
})
