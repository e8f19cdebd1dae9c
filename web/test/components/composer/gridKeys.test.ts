import { expect, test } from 'vitest'

import { moved } from '@/components/composer/gridKeys'

// Two sections in rows of 4:   0 1 2 3 / 4 5    and    0 1 2
const SIZES = [6, 3]
const go = (key: string, section: number, cell: number) => moved(key, { section, cell }, SIZES, 4)

test.each([
  ['ArrowRight', 0, 0, 0, 1],
  ['ArrowRight', 0, 5, 1, 0],
  ['ArrowLeft', 1, 0, 0, 5],
  ['ArrowDown', 0, 1, 0, 5],
  ['ArrowDown', 0, 3, 0, 5],
  ['ArrowDown', 0, 5, 1, 1],
  ['ArrowUp', 1, 1, 0, 5],
  ['ArrowUp', 1, 2, 0, 5],
  ['ArrowUp', 0, 4, 0, 0],
  ['Home', 0, 2, 0, 0],
  ['End', 0, 4, 0, 5],
])('%s from %i/%i leads to %i/%i', (key, section, cell, toSection, toCell) => {
  expect(go(key, section, cell)).toEqual({ section: toSection, cell: toCell })
})

test('at the edges there is nowhere to go', () => {
  expect(go('ArrowUp', 0, 2)).toBeNull()
  expect(go('ArrowLeft', 0, 0)).toBeNull()
  expect(go('ArrowRight', 1, 2)).toBeNull()
  expect(go('ArrowDown', 1, 0)).toBeNull()
  expect(go('a', 0, 0)).toBeNull()
})
