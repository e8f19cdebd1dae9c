/**
 * Where a timeline stands. The rules: whoever is at the bottom stays there when something comes or grows; whoever is
 * not, is never moved; each conversation is found again where it was left.
 */
import { nextTick, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import type { VirtualizerHandle } from 'virtua/vue'

import { indexOfSeq, type TimelineItem } from './timelineItems'

/** The row at the top when a conversation was left, and how far it was scrolled out. */
interface Place {
  order: number
  offset: number
}
const places = new Map<string, Place>()

/** So close to an end, the next page is asked for. */
const NEAR_PX = 900
const BOTTOM_PX = 40

export interface ScrollSource {
  conversation: string
  items: Ref<readonly TimelineItem[]>
  list: Readonly<ShallowRef<VirtualizerHandle | null>>
  hasNewer: () => boolean
  loadOlder: () => void
  loadNewer: () => void
  /** The rows from `first` to `last` are on the screen. */
  seen: (first: number, last: number) => void
}

export interface TimelineView {
  items: readonly TimelineItem[]
  /** The rows before the first one changed, not those after the last. */
  shift: boolean
  /** Counts the times that all rows were replaced: their measures are then worth nothing. */
  epoch: number
}

/** What a change of the rows means for the list. */
function changed(before: TimelineView, items: readonly TimelineItem[]): TimelineView {
  const [first, last] = [before.items[0], before.items.at(-1)]
  if (!first || !last || items.length === 0) return { items, shift: false, epoch: before.epoch }
  const from = (items[0] as TimelineItem).row.order
  const to = (items.at(-1) as TimelineItem).row.order
  const apart = from > last.row.order || to < first.row.order
  if (apart) return { items, shift: false, epoch: before.epoch + 1 }
  return { items, shift: from !== first.row.order && items.at(-1)?.key === last.key, epoch: before.epoch }
}

export function useTimelineScroll(source: ScrollSource) {
  const view = shallowRef<TimelineView>({ items: source.items.value, shift: false, epoch: 0 })
  const atBottom = ref(true)
  const top = ref(0)
  /** The rows are where they belong and may be shown. */
  const settled = ref(false)
  let lastOffset = 0

  const count = (): number => view.value.items.length
  function toIndex(index: number, align: 'start' | 'center' | 'end' | 'nearest', offset = 0): void {
    source.list.value?.scrollToIndex(index, { align, offset })
  }
  function toBottom(): void {
    atBottom.value = true
    if (count()) toIndex(count() - 1, 'end')
  }

  function look(): void {
    const list = source.list.value
    if (!list || count() === 0) return
    const { scrollOffset, scrollSize, viewportSize } = list
    const first = list.findItemIndex(scrollOffset)
    top.value = first
    source.seen(first, list.findItemIndex(scrollOffset + viewportSize - 12))
    if (!settled.value) return
    if (scrollOffset < NEAR_PX) source.loadOlder()
    if (scrollSize - scrollOffset - viewportSize < NEAR_PX) source.loadNewer()
  }

  function onScroll(offset: number): void {
    const list = source.list.value
    if (!list) return
    const near = list.scrollSize - offset - list.viewportSize < BOTTOM_PX
    // Only whoever scrolls up leaves the bottom: growing rows alone move it away, too.
    if (near) atBottom.value = !source.hasNewer()
    else if (offset < lastOffset - 1) atBottom.value = false
    lastOffset = offset
    look()
  }

  function onResize(): void {
    if (settled.value && atBottom.value && !source.hasNewer()) toBottom()
  }

  watch(source.items, async (items) => {
    const stay = settled.value && atBottom.value && !source.hasNewer()
    view.value = changed(view.value, items)
    await nextTick()
    if (stay) toBottom()
    requestAnimationFrame(look)
  })

  /** The first place: where it was left, else the first unread, else the bottom. */
  async function settle(firstUnread: number | null): Promise<void> {
    await nextTick()
    const place = places.get(source.conversation)
    const unread = view.value.items.findIndex((item) => item.unread)
    const left = place ? indexOfSeq(view.value.items, place.order) : -1
    if (place && left >= 0) {
      atBottom.value = false
      toIndex(left, 'start', place.offset)
    } else if (firstUnread !== null && unread >= 0) {
      atBottom.value = false
      toIndex(unread, 'start', -8)
    } else toBottom()
    // The list measures the rows at that place first, and moves again when it knows them.
    await frames(2)
    settled.value = true
    look()
  }

  function leave(): void {
    const list = source.list.value
    const item = view.value.items[top.value]
    if (!list || !item || !settled.value) return
    if (atBottom.value) places.delete(source.conversation)
    else
      places.set(source.conversation, {
        order: item.row.order,
        offset: list.scrollOffset - list.getItemOffset(top.value),
      })
  }

  return { view, atBottom, top, settled, toIndex, toBottom, onScroll, onResize, settle, leave, look }
}

async function frames(number: number): Promise<void> {
  for (let i = 0; i < number; i += 1) await new Promise((next) => requestAnimationFrame(next))
}
