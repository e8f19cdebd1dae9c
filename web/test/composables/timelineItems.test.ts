import { describe, expect, it } from 'vitest'

import { indexOfSeq, timelineItems } from '@/composables/timelineItems'

import { message, system } from '../components/chat/rows'

const NOON = new Date(2026, 10, 25, 12, 0).getTime()
const MINUTE = 60_000

const said = (seq: number, nick: string, at: number, more = {}) =>
  message({ seq, at, sender: { id: nick, nick }, own: nick === 'me', ...more })

describe('grouping', () => {
  const groups = (...rows: ReturnType<typeof said>[]) =>
    timelineItems(rows, null).map((item) => `${item.first ? '<' : '-'}${item.last ? '>' : '-'}`)

  it('joins what one person says within five minutes', () => {
    expect(groups(said(1, 'a', NOON), said(2, 'a', NOON + MINUTE), said(3, 'a', NOON + 2 * MINUTE))).toEqual([
      '<-',
      '--',
      '->',
    ])
  })

  it('parts by person, by time, and around what the system says', () => {
    expect(groups(said(1, 'a', NOON), said(2, 'b', NOON))).toEqual(['<>', '<>'])
    expect(groups(said(1, 'a', NOON), said(2, 'a', NOON + 5 * MINUTE))).toEqual(['<>', '<>'])
    const rows = [said(1, 'a', NOON), system({ seq: 2, at: NOON }), said(3, 'a', NOON)]
    expect(timelineItems(rows, null).every((item) => item.first && item.last)).toBe(true)
  })

  it('parts what is done (/me) from what is said', () => {
    expect(
      groups(said(1, 'a', NOON), said(2, 'a', NOON, { body: { type: 'text', text: 'waves', action: true } })),
    ).toEqual(['<>', '<>'])
  })

  it('parts those a webhook speaks for', () => {
    const hook = (seq: number, nick: string) => said(seq, 'hook', NOON, { webhook: { id: 'w1', nick } })
    expect(groups(hook(1, 'ci'), hook(2, 'ci'), hook(3, 'alerts'))).toEqual(['<-', '->', '<>'])
  })
})

describe('separators', () => {
  it('begins each day once', () => {
    const midnight = new Date(2026, 10, 26).getTime()
    const rows = [
      said(1, 'a', NOON),
      said(2, 'a', midnight - 1),
      said(3, 'a', midnight),
      said(4, 'a', midnight + 1),
    ]
    expect(timelineItems(rows, null).map((item) => item.day)).toEqual([NOON, null, midnight, null])
  })

  it('begins a group anew with a day', () => {
    const midnight = new Date(2026, 10, 26).getTime()
    const items = timelineItems([said(1, 'a', midnight - 1), said(2, 'a', midnight)], null)
    expect(items.map((item) => item.first)).toEqual([true, true])
    expect(items.map((item) => item.last)).toEqual([true, true])
  })

  it('marks the first unread once, not before one’s own words and not before what the system says', () => {
    const rows = [
      said(1, 'a', NOON),
      system({ seq: 2, at: NOON }),
      said(3, 'me', NOON),
      said(5, 'a', NOON),
      said(6, 'a', NOON),
    ]
    expect(timelineItems(rows, 2).map((item) => item.unread)).toEqual([false, false, false, true, false])
    expect(timelineItems(rows, null).some((item) => item.unread)).toBe(false)
    expect(timelineItems(rows, 99).some((item) => item.unread)).toBe(false)
  })

  it('begins a group anew below the line', () => {
    const items = timelineItems([said(1, 'a', NOON), said(2, 'a', NOON)], 2)
    expect(items.map((item) => [item.first, item.last])).toEqual([
      [true, true],
      [true, true],
    ])
  })
})

describe('indexOfSeq', () => {
  const items = timelineItems([said(2, 'a', NOON), said(5, 'a', NOON), said(9, 'a', NOON)], null)
  it.each([
    [1, 0],
    [2, 0],
    [3, 1],
    [9, 2],
    [10, -1],
  ])('finds %i at %i', (seq, index) => {
    expect(indexOfSeq(items, seq)).toBe(index)
  })
  it('finds nothing in nothing', () => expect(indexOfSeq([], 1)).toBe(-1))
})

it('makes ten thousand items in no time', () => {
  const rows = Array.from({ length: 10_000 }, (_, index) =>
    said(index + 1, `u${index % 7}`, NOON + index * 20_000),
  )
  const begun = performance.now()
  expect(timelineItems(rows, 5_000)).toHaveLength(10_000)
  expect(performance.now() - begun).toBeLessThan(200)
})
