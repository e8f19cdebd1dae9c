/**
 * Tells that messages were read: those that were on the screen of somebody who looks at it. The rule: a window in the
 * background reads nothing; when it comes to the front, what it shows is read.
 */
import { useDocumentVisibility, useWindowFocus } from '@vueuse/core'
import { computed, type ComputedRef, ref, watch } from 'vue'

import { useTimelinesStore } from '@/stores/timelines'

/** Somebody has this page before them. */
export function useLooking(): ComputedRef<boolean> {
  const visibility = useDocumentVisibility()
  const focused = useWindowFocus()
  return computed(() => visibility.value === 'visible' && focused.value)
}

export function useReading(conversation: () => string): (seq: number) => void {
  const timelines = useTimelinesStore()
  const looking = useLooking()
  const shown = ref({ conversation: '', seq: 0 })
  const told = new Map<string, number>()

  function tell(): void {
    const { conversation: where, seq } = shown.value
    if (!looking.value || seq <= (told.get(where) ?? 0)) return
    told.set(where, seq)
    timelines.read(where, seq)
  }

  watch(looking, tell)
  return (seq) => {
    const where = conversation()
    if (shown.value.conversation === where && shown.value.seq >= seq) return
    shown.value = { conversation: where, seq }
    tell()
  }
}
