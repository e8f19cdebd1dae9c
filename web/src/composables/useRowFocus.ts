/**
 * One stop of the Tab key in a list of any length: arrow keys go from row to row, Home and End to the ends. The rule:
 * the row that has the focus stays in the page, also when it is scrolled away, so the focus is never lost.
 */
import { computed, nextTick, ref, type Ref } from 'vue'

export interface RowFocusSource {
  keys: () => readonly string[]
  /** Brings a row onto the screen. */
  show: (index: number) => void
  root: Readonly<Ref<HTMLElement | null>>
}

export function useRowFocus(source: RowFocusSource) {
  const chosen = ref<string | null>(null)
  const index = computed(() => {
    const keys = source.keys()
    const at = chosen.value === null ? -1 : keys.indexOf(chosen.value)
    return at < 0 ? keys.length - 1 : at
  })
  const active = computed<string | null>({
    get: () => source.keys()[index.value] ?? null,
    set: (key) => (chosen.value = key),
  })
  const kept = computed(() => (index.value >= 0 ? [index.value] : []))

  async function focusAt(to: number): Promise<void> {
    const keys = source.keys()
    const bounded = Math.max(0, Math.min(keys.length - 1, to))
    const key = keys[bounded]
    if (key === undefined) return
    chosen.value = key
    source.show(bounded)
    await nextTick()
    const row = source.root.value?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)
    row?.focus({ preventScroll: true })
  }

  /** True if the key was one of ours. */
  function onKey(event: KeyboardEvent): boolean {
    const steps: Record<string, number> = {
      ArrowUp: index.value - 1,
      ArrowDown: index.value + 1,
      PageUp: index.value - 10,
      PageDown: index.value + 10,
      Home: 0,
      End: source.keys().length - 1,
    }
    const to = steps[event.key]
    if (to === undefined) return false
    event.preventDefault()
    void focusAt(to)
    return true
  }

  return {
    active,
    kept,
    onKey,
    focusFirst: () => focusAt(0),
    focusLast: () => focusAt(source.keys().length - 1),
  }
}
