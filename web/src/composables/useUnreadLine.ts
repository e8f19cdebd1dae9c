/**
 * Where the line "new messages" stands: before what was unread when the conversation was opened, and later before what
 * came while nobody looked. The rule: what comes before one's eyes is not called new, and whoever answers has seen all.
 */
import { computed, ref, type Ref, watch } from 'vue'

import type { Row, Timeline } from '@/stores/types'

export function useUnreadLine(
  timeline: () => Timeline,
  looking: Readonly<Ref<boolean>>,
): Readonly<Ref<number | null>> {
  /** The last row there was when the conversation was opened; what is unread behind it came later. */
  const opened = ref<number | null>(null)
  const later = ref<number | null>(null)
  const answered = ref(false)
  /** The line was drawn since one last looked: what follows belongs behind it. */
  let drawn = false

  const lastOf = (rows: readonly Row[]): number => rows.findLast((row) => row.seq !== null)?.order ?? 0

  watch(
    () => timeline().rows,
    (rows, before) => {
      const newest = rows.at(-1)
      if (opened.value === null) {
        if (!timeline().opening && !timeline().hasNewer) opened.value = lastOf(rows)
        return
      }
      const known = before ? lastOf(before) : opened.value
      if (newest?.kind === 'message' && newest.own && newest.order > known) {
        answered.value = true
        later.value = null
      }
      if (looking.value || timeline().hasNewer || lastOf(rows) <= known || drawn) return
      const first = rows.find((row) => row.order > known && row.kind === 'message' && !row.own)
      if (!first || first.seq === null) return
      later.value = first.seq
      drawn = true
    },
    { immediate: true },
  )
  watch(looking, (now) => {
    if (now) drawn = false
  })

  return computed(() => {
    if (later.value !== null) return later.value
    const { firstUnread } = timeline()
    if (answered.value || firstUnread === null) return null
    return opened.value === null || firstUnread <= opened.value ? firstUnread : null
  })
}
