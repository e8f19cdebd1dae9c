import { expect, test } from 'vitest'

import { fuzzy, wordBegins } from '@/components/palette/fuzzy'

const best = (query: string, texts: string[]): string[] =>
  texts
    .map((text) => ({ text, match: fuzzy(query, text) }))
    .filter((one) => one.match !== null)
    .sort((a, b) => (b.match?.score ?? 0) - (a.match?.score ?? 0))
    .map((one) => one.text)

test('the beginning is better than the middle, a word better than strewn letters', () => {
  expect(best('tea', ['Steam', 'Green tea', 'Tea house', 'The early ape'])).toEqual([
    'Tea house',
    'Green tea',
    'Steam',
    'The early ape',
  ])
})

test('initials', () => {
  expect(best('gt', ['Green tea', 'Night'])[0]).toBe('Green tea')
  expect(fuzzy('nwg', 'New group')?.at).toEqual([0, 2, 4])
})

test('Chinese, by any of its characters in order', () => {
  expect(fuzzy('茶馆', '绿茶馆')?.at).toEqual([1, 2])
  expect(fuzzy('绿馆', '绿茶馆')).not.toBeNull()
  expect(fuzzy('馆绿', '绿茶馆')).toBeNull()
})

test('what is not in it, and what is strewn over a long text, is no match', () => {
  expect(fuzzy('xyz', 'Green tea')).toBeNull()
  expect(fuzzy('eyd', 'we never wandered beyond the fence')).toBeNull()
})

test('nothing asked matches everything', () => {
  expect(fuzzy('', 'tea')).toEqual({ score: 0, at: [] })
})

test('other words are found by how they begin', () => {
  expect(wordBegins('pic', 'account name picture')).toBe(true)
  expect(wordBegins('ture', 'account name picture')).toBe(false)
  expect(wordBegins('语', '语言 english')).toBe(true)
})
