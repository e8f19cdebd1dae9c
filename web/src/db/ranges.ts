/**
 * The gap map: which seqs of a conversation are known here, as disjoint, ascending ranges. A seq that is in a range and
 * has no entry is one this reader does not see.
 *
 * Rule: ranges are values; each function returns a new list.
 */

export type Range = readonly [from: number, to: number]
export type Ranges = readonly Range[]

/** The ranges with `added` in them; neighbours grow together. */
export function withRange(ranges: Ranges, added: Range): Ranges {
  let [from, to] = added
  if (to < from) return ranges
  const before: Range[] = []
  const after: Range[] = []
  for (const range of ranges) {
    if (range[1] < from - 1) before.push(range)
    else if (range[0] > to + 1) after.push(range)
    else {
      from = Math.min(from, range[0])
      to = Math.max(to, range[1])
    }
  }
  return [...before, [from, to], ...after]
}

/** What is known from `floor` on; what is below it is forgotten. */
export function fromFloor(ranges: Ranges, floor: number): Ranges {
  return ranges
    .filter((range) => range[1] >= floor)
    .map((range) => [Math.max(range[0], floor), range[1]] as const)
}

/** The range that holds `seq`, or null. */
export function around(ranges: Ranges, seq: number): Range | null {
  return ranges.find((range) => range[0] <= seq && seq <= range[1]) ?? null
}

/** Whether all of `from` to `to` is known. */
export function covers(ranges: Ranges, from: number, to: number): boolean {
  if (to < from) return true
  const range = around(ranges, from)
  return range !== null && range[1] >= to
}
