import { describe, expect, it } from 'vitest'

import { around, covers, fromFloor, withRange, type Ranges } from '@/db/ranges'

describe('the gap map', () => {
  it('joins ranges that touch or overlap, and keeps gaps', () => {
    let ranges: Ranges = []
    ranges = withRange(ranges, [10, 20])
    ranges = withRange(ranges, [30, 40])
    expect(ranges).toEqual([
      [10, 20],
      [30, 40],
    ])
    expect(withRange(ranges, [21, 25])).toEqual([
      [10, 25],
      [30, 40],
    ])
    expect(withRange(ranges, [21, 29])).toEqual([[10, 40]])
    expect(withRange(ranges, [1, 3])).toEqual([
      [1, 3],
      [10, 20],
      [30, 40],
    ])
    expect(withRange(ranges, [5, 4])).toBe(ranges)
  })

  it('knows what it covers', () => {
    const ranges: Ranges = [
      [10, 20],
      [30, 40],
    ]
    expect(around(ranges, 15)).toEqual([10, 20])
    expect(around(ranges, 25)).toBeNull()
    expect(covers(ranges, 12, 20)).toBe(true)
    expect(covers(ranges, 12, 31)).toBe(false)
    expect(covers(ranges, 5, 4)).toBe(true)
    expect(fromFloor(ranges, 15)).toEqual([
      [15, 20],
      [30, 40],
    ])
    expect(fromFloor(ranges, 25)).toEqual([[30, 40]])
  })

  it('is the same as a set of numbers, whatever is added', () => {
    let seed = 7
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let round = 0; round < 50; round += 1) {
      let ranges: Ranges = []
      const known = new Set<number>()
      for (let step = 0; step < 20; step += 1) {
        const from = 1 + random(100)
        const to = from + random(12)
        ranges = withRange(ranges, [from, to])
        for (let seq = from; seq <= to; seq += 1) known.add(seq)
      }
      for (let seq = 1; seq <= 120; seq += 1) expect(around(ranges, seq) !== null).toBe(known.has(seq))
      for (const [index, range] of ranges.entries()) {
        expect(range[0]).toBeGreaterThan((ranges[index - 1]?.[1] ?? -1) + 1)
      }
    }
  })
})
