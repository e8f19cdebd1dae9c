import { describe, expect, it } from 'vitest'
import { shallowRef } from 'vue'

import { timelineItems } from '@/composables/timelineItems'
import { useSlices } from '@/composables/useSlices'

import { message } from '../components/chat/rows'

const rows = (from: number, to: number) =>
  timelineItems(
    Array.from({ length: to - from + 1 }, (_, index) => message({ seq: from + index, order: from + index })),
    null,
  )

function sliced(from = 1, to = 100) {
  const items = shallowRef(rows(from, to))
  const slices = useSlices(items)
  return { items, slices, seqs: () => slices.rows.value.map((item) => item.row.seq) }
}
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('rows that are made in slices', () => {
  it('are none before it is known where they begin', () => {
    const { slices, seqs } = sliced()
    expect(seqs()).toEqual([])
    expect([slices.lacks('before'), slices.lacks('after')]).toEqual([false, true])
  })

  it('grow upwards from the last, and have what comes', async () => {
    const { items, slices, seqs } = sliced()
    await slices.begin(99)
    const first = seqs()[0] as number
    expect(first).toBeGreaterThan(1)
    expect(seqs()).toEqual(upTo(first, 100))
    expect([slices.lacks('before'), slices.lacks('after')]).toEqual([true, false])
    items.value = rows(1, 101)
    expect(seqs().at(-1)).toBe(101)
    await slices.extend('before')
    expect(seqs()[0]).toBeLessThan(first)
    expect(seqs()).toEqual(upTo(seqs()[0] as number, 101))
  })

  it('grow both ways from the middle until nothing is left out', async () => {
    const { slices, seqs } = sliced()
    await slices.begin(50)
    expect(seqs()[0]).toBe(51)
    for (let tries = 0; tries < 200 && slices.lacks('after'); tries += 1) await slices.extend('after')
    expect(seqs()).toEqual(upTo(51, 100))
    for (let tries = 0; tries < 200 && slices.lacks('before'); tries += 1) await slices.extend('before')
    expect(seqs()).toEqual(upTo(1, 100))
  })

  it('are all when somebody cannot wait', async () => {
    const { slices, seqs } = sliced()
    await slices.begin(99)
    slices.all()
    expect(seqs()).toEqual(upTo(1, 100))
    await slices.extend('before')
    expect(seqs()).toEqual(upTo(1, 100))
    expect([slices.lacks('before'), slices.lacks('after')]).toEqual([false, false])
  })

  it('are all when other rows have come in their place', async () => {
    const { items, slices, seqs } = sliced(1, 100)
    await slices.begin(50)
    items.value = rows(300, 310)
    expect(seqs()).toEqual(upTo(300, 310))
  })

  it('may be none', async () => {
    const { items, slices, seqs } = sliced()
    items.value = []
    await slices.begin(-1)
    expect(seqs()).toEqual([])
    items.value = rows(1, 2)
    expect(seqs()).toEqual([1, 2])
  })
})
