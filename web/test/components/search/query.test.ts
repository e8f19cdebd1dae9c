import { expect, test } from 'vitest'

import { dayOf, dayStart, takeFilters } from '@/components/search/query'

const places = {
  conversation: (name: string) => ({ Lobby: 'lobby', 'Tea house': 'c1', '@bob': 'c2' })[name] ?? null,
}

test('a filter becomes a chip when the space behind it is typed', () => {
  expect(takeFilters('tea from:@bob', places)).toEqual({ text: 'tea from:@bob', filters: {} })
  expect(takeFilters('tea from:@bob ', places)).toEqual({ text: 'tea ', filters: { from: '@bob' } })
  expect(takeFilters('tea from:bob', places, true)).toEqual({ text: 'tea ', filters: { from: '@bob' } })
  expect(takeFilters('from:me has:image tea', places)).toEqual({
    text: 'tea',
    filters: { from: 'me', has: 'image' },
  })
})

test('places by title, in quotes if need be, or by the person in them', () => {
  expect(takeFilters('in:Lobby ', places).filters).toEqual({ conversation: 'lobby' })
  expect(takeFilters('in:"Tea house" ', places).filters).toEqual({ conversation: 'c1' })
  expect(takeFilters('in:@bob ', places).filters).toEqual({ conversation: 'c2' })
})

test('what is no filter stays a word', () => {
  for (const text of [
    'in:nowhere ',
    'has:legs ',
    'before:soon ',
    'after:2026-13-01 ',
    'xfrom:bob ',
    'from: ',
  ]) {
    expect(takeFilters(text, places)).toEqual({ text, filters: {} })
  }
})

test('days are days by the clock of whoever asks', () => {
  const at = dayStart('2026-11-24')
  expect(at).toBe(new Date(2026, 10, 24).getTime())
  expect(at && dayOf(at)).toBe('2026-11-24')
  expect(dayStart('2026-02-30')).toBeNull()
  expect(takeFilters('after:2026-11-24 ', places).filters).toEqual({ after: at })
})
