import { expect, test } from 'vitest'

import { cropOf } from '@/composables/pictures'

test('as much as fits, from the middle', () => {
  expect(cropOf(800, 600, 1, 0, 0)).toEqual({ x: 100, y: 0, side: 600 })
  expect(cropOf(600, 800, 1, 0, 0)).toEqual({ x: 0, y: 100, side: 600 })
})

test('nearer, and moved to the edges but never over them', () => {
  expect(cropOf(800, 600, 2, 1, -1)).toEqual({ x: 500, y: 0, side: 300 })
  expect(cropOf(800, 600, 2, 9, 9)).toEqual({ x: 500, y: 300, side: 300 })
})

test('never more than there is', () => {
  expect(cropOf(800, 600, 0.2, 0, 0).side).toBe(600)
})
