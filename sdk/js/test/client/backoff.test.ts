// Waits grow, have chance in them, and keep to what the server asked for.
import { expect, it } from 'vitest'

import { Backoff } from '../../src/client/backoff.js'

it('doubles up to the longest', () => {
  const backoff = new Backoff(100, 1000, () => 1)
  expect(Array.from({ length: 6 }, () => backoff.next())).toEqual([100, 200, 400, 800, 1000, 1000])
})

it('is short again after it went well', () => {
  const backoff = new Backoff(100, 1000, () => 1)
  for (let i = 0; i < 5; i += 1) backoff.next()
  backoff.reset()
  expect(backoff.next()).toBe(100)
})

it('spreads those who wait between half and all of it, on top of what the server asked for', () => {
  expect(new Backoff(100, 1000, () => 0).next(2000)).toBe(2050)
  expect(new Backoff(100, 1000, () => 1).next(2000)).toBe(2100)
})
