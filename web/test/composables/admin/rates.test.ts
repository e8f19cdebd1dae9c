import { expect, test } from 'vitest'

import { draw, niceTop, seriesOf, type Sample } from '@/composables/admin/rates'

const sample = (at: number, messages: number, uptime = at / 1000): Sample => ({
  at,
  uptime,
  counters: { messages, deliveries: 0, commands: 0, bytes: 0 },
  sessions: 2,
  memory: 1e8,
  lag: 0.4,
})

test('two answers and the time between them make a rate', () => {
  expect(seriesOf([sample(0, 10), sample(2000, 30), sample(4000, 30)], 'messages')).toEqual([10, 0])
})

test('a restart is a gap, not a fall', () => {
  expect(seriesOf([sample(10_000, 500), sample(12_000, 3, 1)], 'messages')).toEqual([null])
  expect(seriesOf([sample(10_000, 5), sample(12_000, 9, 1)], 'messages')).toEqual([null])
})

test('what is no rate is shown as it is', () => {
  expect(seriesOf([sample(0, 1), sample(2000, 2)], 'sessions')).toEqual([2, 2])
})

test('a scale has one digit and holds everything', () => {
  expect([0, 0.5, 1, 7, 9, 11, 250, 6100].map(niceTop)).toEqual([1, 0.5, 1, 8, 10, 20, 300, 8000])
})

test('a line ends at the right edge and breaks where nothing is known', () => {
  const { line, area, top } = draw([1, 2, null, 4], 5, 100, 40)
  expect(top).toBe(4)
  expect(line).toBe('M25.0 30.0L50.0 20.0M100.0 0.0')
  expect(area).toBe('M25.0 40L25.0 30.0L50.0 20.0L50.0 40ZM100.0 40L100.0 0.0L100.0 40Z')
  expect(draw([], 5, 100, 40).line).toBe('')
})
