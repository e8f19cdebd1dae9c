import { expect, test } from 'vitest'

import { pieces } from '@/components/search/marks'

test('marks are counted in code points', () => {
  expect(pieces('🍵🍵 green tea', [[3, 5]])).toEqual([
    { text: '🍵🍵 ', marked: false },
    { text: 'green', marked: true },
    { text: ' tea', marked: false },
  ])
  expect(pieces('今天天气很好', [[2, 2]]).find((piece) => piece.marked)?.text).toBe('天气')
})

test('marks at the edges, out of order, overlapping or past the end', () => {
  expect(pieces('tea', [[0, 3]])).toEqual([{ text: 'tea', marked: true }])
  expect(
    pieces('a b c', [
      [4, 1],
      [0, 1],
    ]).map((piece) => piece.text),
  ).toEqual(['a', ' b ', 'c'])
  expect(
    pieces('tea', [
      [0, 2],
      [1, 9],
    ]).map((piece) => piece.text),
  ).toEqual(['te', 'a'])
  expect(pieces('tea', [])).toEqual([{ text: 'tea', marked: false }])
  expect(pieces('', [[0, 1]])).toEqual([])
})
