import { expect, test } from 'vitest'

import { suggestions } from '@/composables/useSchedules'

const ids = (now: Date) => suggestions(now).map((one) => one.id)

test('usual times are times to come', () => {
  for (let hour = 0; hour < 24 * 8; hour += 1) {
    const now = new Date(2026, 10, 23, hour, 31)
    for (const { at } of suggestions(now)) expect(at).toBeGreaterThan(now.getTime())
  }
})

test('no evening in the evening, and Monday only if it is not tomorrow', () => {
  expect(ids(new Date(2026, 10, 25, 10))).toEqual(['hour', 'evening', 'morning', 'monday'])
  expect(ids(new Date(2026, 10, 25, 19))).toEqual(['hour', 'morning', 'monday'])
  expect(ids(new Date(2026, 10, 29, 10))).toEqual(['hour', 'evening', 'morning'])
  const monday = suggestions(new Date(2026, 10, 23, 10)).find((one) => one.id === 'monday')
  expect(monday && new Date(monday.at).getDate()).toBe(30)
})
