/**
 * The rows of a timeline that are made so far. At first those around the place where it stands, a few at a time, so
 * that what is on the screen is not made together with what is not, and no finger waits for all of them. The rule:
 * what is left out is always the beginning or the end, never the middle. Called by `useTimelineScroll`.
 */
import { computed, nextTick, type Ref, shallowRef } from 'vue'

import type { TimelineItem } from './timelineItems'

/** Rows are made for so long before the browser has its turn. */
const SLICE_MS = 8
const MOST = 24
/** How many that are here, as learned; the first of all takes longest. */
let size = 1

export type Side = 'before' | 'after'

export function useSlices(items: Ref<readonly TimelineItem[]>) {
  /** First and last that are made, by `order`; null: all. */
  const made = shallowRef<readonly [from: number, to: number] | null>([Infinity, -Infinity])

  const orderAt = (index: number): number | undefined => items.value[index]?.row.order
  const firstMade = (from: number): number => items.value.findIndex((item) => item.row.order >= from)
  const lastMade = (to: number): number => items.value.findLastIndex((item) => item.row.order <= to)

  const rows = computed(() => {
    if (!made.value) return items.value
    const [from, to] = made.value
    const found = items.value.filter(({ row }) => row.order >= from && row.order <= to)
    // Other rows came instead of those that were being made.
    return found.length > 0 || from > to ? found : items.value
  })
  const lacks = (side: Side): boolean => {
    if (!made.value) return false
    const [from, to] = made.value
    return side === 'before' ? firstMade(from) > 0 : lastMade(to) < items.value.length - 1
  }

  /** How many rows the next slice has, from how long this one took. */
  async function measured(begun: number): Promise<void> {
    const rows = size
    await nextTick()
    const factor = SLICE_MS / Math.max(1, performance.now() - begun)
    size = Math.min(MOST, Math.max(1, Math.round(rows * factor)))
  }

  /** The rows from `index` on; from the last on, also those that come. */
  async function begin(index: number): Promise<void> {
    const begun = performance.now()
    const last = items.value.length - 1
    made.value =
      index >= last
        ? [orderAt(Math.max(0, last - size + 1)) ?? 0, Infinity]
        : [orderAt(index) ?? 0, orderAt(Math.min(last, index + size - 1)) ?? Infinity]
    await measured(begun)
  }

  async function extend(side: Side): Promise<void> {
    if (!made.value) return
    const begun = performance.now()
    const [from, to] = made.value
    if (side === 'before') made.value = [orderAt(Math.max(0, firstMade(from) - size)) ?? from, to]
    else made.value = [from, orderAt(lastMade(to) + size) ?? Infinity]
    await measured(begun)
  }

  function all(): void {
    made.value = null
  }

  return { rows, lacks, begin, extend, all }
}
