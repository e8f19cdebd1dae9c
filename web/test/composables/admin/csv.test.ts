import { expect, test } from 'vitest'

import { dayStart } from '@/composables/admin/audit'
import { cell, csv } from '@/composables/admin/csv'

test('cells are quoted where they must be', () => {
  expect(cell('tea, green')).toBe('"tea, green"')
  expect(cell('the "good" one')).toBe('"the ""good"" one"')
  expect(cell('two\nlines')).toBe('"two\nlines"')
  expect(cell({ device: 'x' })).toBe('"{""device"":""x""}"')
  expect([null, undefined, 7, false].map(cell)).toEqual(['', '', '7', 'false'])
})

test('nothing becomes a formula in a spreadsheet', () => {
  expect(cell('=HYPERLINK("http://evil")')).toBe('"\'=HYPERLINK(""http://evil"")"')
  expect(cell('@sum')).toBe("'@sum")
  expect(cell(-3)).toBe('-3')
})

test('a file has a line of names and one for each row', () => {
  expect(csv([{ a: 1, b: 'x' }], ['b', 'a'])).toBe('b,a\r\nx,1\r\n')
})

test('a day begins where the reader is', () => {
  expect(dayStart('2026-11-25')).toBe(new Date(2026, 10, 25).getTime())
  expect(dayStart('2026-11-30', 1)).toBe(new Date(2026, 11, 1).getTime())
  expect(dayStart('')).toBeUndefined()
})
