/**
 * Tells that messages were read: those that were on the screen of somebody who looks at it. The rule: a window in the
 * background reads nothing; when it comes to the front, what it shows is read.
 */
import { useDocumentVisibility, useWindowFocus } from '@vueuse/core'
import { ref, watch } from 'vue'

import { useTimelinesStore } from '@/stores/timelines'

export function useReading(conversation: () => string): (seq: number) => void {
  const timelines = useTimelinesStore()
  const visibility = useDocumentVisibility()
  const focused = useWindowFocus()
  const shown = ref({ conversation: '', seq: 0 })
  const told = new Map<string, number>()

  function tell(): void {
    const { conversation: where, seq } = shown.value
    if (visibility.value !== 'visible' || !focused.value || seq <= (told.get(where) ?? 0)) return
    told.set(where, seq)
    timelines.read(where, seq)
  }

  watch([visibility, focused], tell)
  return (seq) => {
    const where = conversation()
    if (shown.value.conversation === where && shown.value.seq >= seq) return
    shown.value = { conversation: where, seq }
    tell()
  }
}
