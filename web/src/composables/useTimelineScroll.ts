/**
 * Where a timeline stands. The rules: whoever is at the bottom stays there when something comes or grows; whoever is
 * not, is never moved; each conversation is found again where it was left.
 */
import { nextTick, onScopeDispose, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import type { VirtualizerHandle } from 'virtua/vue'

import { indexOfSeq, type TimelineItem } from './timelineItems'
import { isShown, nextTurn, shownThenIdle } from './unhurried'
import { type Side, useSlices } from './useSlices'

/** The row at the top when a conversation was left, and how far it was scrolled out. */
interface Place {
  order: number
  offset: number
}
const places = new Map<string, Place>()

/** A scroll so soon after a wheel, key or touch was the person's doing. */
const INTENT_MS = 400
/** A scroll so soon after the list moved itself, or measured rows, was its own. */
const OWN_MS = 150
/** So close to an end, the next page is asked for. */
const NEAR_PX = 900
const BOTTOM_PX = 40
/** So far beyond the screen, rows are made before they are scrolled to. */
export const BEYOND_PX = 600

const SCROLL_KEYS = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' '])

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
  const slices = useSlices(source.items)
  const view = shallowRef<TimelineView>({ items: slices.rows.value, shift: false, epoch: 0 })
  const atBottom = ref(true)
  const top = ref(0)
  /** The rows are where they belong and may be shown. */
  const settled = ref(false)
  let lastOffset = 0
  let intent = 0
  let moved = 0
  let onScrollbar = false
  /** It was left somewhere before. */
  const known = places.has(source.conversation)

  const count = (): number => view.value.items.length
  function toIndex(index: number, align: 'start' | 'center' | 'end' | 'nearest', offset = 0): void {
    moved = performance.now()
    source.list.value?.scrollToIndex(index, { align, offset })
  }
  const below = (): number => {
    const list = source.list.value
    return list ? list.scrollSize - list.scrollOffset - list.viewportSize : 0
  }
  /** At the bottom, or all fits. */
  const near = (): boolean => !source.hasNewer() && !slices.lacks('after') && below() < BOTTOM_PX
  function toBottom(): void {
    atBottom.value = true
    if (count()) toIndex(count() - 1, 'end')
  }
  /** To the bottom, and there again while rows that come onto the screen are measured. */
  async function stayAtBottom(): Promise<void> {
    toBottom()
    for (let tries = 0; tries < 3; tries += 1) {
      await frames(1)
      if (!atBottom.value || below() <= 1) return
      toBottom()
    }
  }

  function look(): void {
    const list = source.list.value
    if (!list || count() === 0 || !settled.value) return
    const { scrollOffset, scrollSize, viewportSize } = list
    const first = list.findItemIndex(scrollOffset)
    top.value = first
    source.seen(first, list.findItemIndex(scrollOffset + viewportSize - 12))
    if (scrollOffset < NEAR_PX && !slices.lacks('before')) source.loadOlder()
    if (scrollSize - scrollOffset - viewportSize < NEAR_PX && !slices.lacks('after')) source.loadNewer()
  }

  function onScroll(offset: number): void {
    // Only whoever scrolls up leaves the bottom: rows that are measured or grow move it, too.
    const now = performance.now()
    const meant = onScrollbar || now - intent < INTENT_MS || now - moved > OWN_MS
    if (near()) atBottom.value = true
    else if (meant && offset < lastOffset - 1) atBottom.value = false
    lastOffset = offset
    look()
  }

  /** Wheel, touch, keys, the scrollbar: the person moves the list. */
  function onInput(event: Event): void {
    if (event instanceof KeyboardEvent && !SCROLL_KEYS.has(event.key)) return
    // Whoever scrolls waits for nothing.
    if (settled.value) slices.all()
    intent = performance.now()
    if (event.type !== 'pointerdown') return
    const bar = event.currentTarget as HTMLElement
    onScrollbar = event.target === bar && (event as PointerEvent).offsetX > bar.clientWidth
  }

  function onResize(): void {
    moved = performance.now()
    if (settled.value && atBottom.value && !source.hasNewer()) void stayAtBottom()
  }

  watch(slices.rows, async (items) => {
    const stay = settled.value && atBottom.value && !source.hasNewer()
    view.value = changed(view.value, items)
    await nextTick()
    if (stay) void stayAtBottom()
    requestAnimationFrame(look)
  })

  /** The first place: where it was left, else the first unread, else the bottom. */
  async function settle(firstUnread: number | null): Promise<void> {
    await nextTurn()
    const items = source.items.value
    const place = places.get(source.conversation)
    const left = place ? indexOfSeq(items, place.order) : -1
    const unread = firstUnread === null ? -1 : items.findIndex((item) => item.unread)
    const start = left >= 0 ? left : unread
    const key = items[start]?.key
    const index = (): number => view.value.items.findIndex((item) => item.key === key)

    await slices.begin(start < 0 ? items.length - 1 : start)
    await laidOut()
    await fill(index)
    if (settled.value) return // it was jumped elsewhere
    atBottom.value = start < 0
    if (start < 0) toBottom()
    else toIndex(index(), 'start', left >= 0 ? place?.offset : -8)
    // The list measures the rows at that place first, and moves again when it knows them.
    await frames(2)
    show()
    atBottom.value = near()
    look()
    void rest()
  }

  /** Makes rows until the screen is full, from the row at `index` on. */
  async function fill(index: () => number): Promise<void> {
    for (;;) {
      const list = source.list.value
      if (!list || gone || settled.value || count() === 0) return
      const last = count() - 1
      // Not the list's own scrollSize, which is never less than the screen.
      const size = list.getItemOffset(last) + list.getItemSize(last)
      const from = index() < 0 ? 0 : list.getItemOffset(index())
      if (size - from < list.viewportSize && slices.lacks('after')) await slices.extend('after')
      else if (size < list.viewportSize && slices.lacks('before')) await slices.extend('before')
      else return
      await laidOut()
    }
  }

  /** And then those beyond it, while the browser is idle. */
  async function rest(): Promise<void> {
    const wanted = (): Side | null => {
      if (gone) return null
      const above = source.list.value?.scrollOffset ?? Infinity
      if (above < BEYOND_PX && slices.lacks('before')) return 'before'
      return below() < BEYOND_PX && slices.lacks('after') ? 'after' : null
    }
    for (let side = wanted(); side; side = wanted()) {
      await shownThenIdle(300)
      await slices.extend(side)
      await laidOut()
    }
    slices.all()
  }

  /** The rows are where they belong. */
  function show(): void {
    settled.value = true
    isShown()
  }
  let gone = false
  onScopeDispose(() => (gone = true))

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

  return {
    known,
    view,
    atBottom,
    top,
    settled,
    toIndex,
    stayAtBottom,
    onScroll,
    onInput,
    onResize,
    settle,
    show,
    all: slices.all,
    leave,
    look,
  }
}

/** What was made is in its place, and measured. */
async function laidOut(): Promise<void> {
  await frames(1)
  await nextTurn()
}

async function frames(number: number): Promise<void> {
  for (let i = 0; i < number; i += 1) await new Promise((next) => requestAnimationFrame(next))
}
