/** A list that comes page by page. `ask` is given where the last page ended; null there: that was all. */
import { computed, ref, shallowRef } from 'vue'

import { useRefusals } from './refusals'

export interface Page<Row, Cursor> {
  rows: readonly Row[]
  next: Cursor | null
}

export function usePages<Row, Cursor>(ask: (cursor: Cursor | null) => Promise<Page<Row, Cursor>>) {
  const { sentence } = useRefusals()
  const rows = shallowRef<readonly Row[]>([])
  const next = shallowRef<Cursor | null>(null)
  const loading = ref(false)
  const loaded = ref(false)
  const error = ref('')
  const hasMore = computed(() => next.value !== null)
  let asked = 0

  async function take(cursor: Cursor | null): Promise<void> {
    const mine = ++asked
    loading.value = true
    error.value = ''
    try {
      const page = await ask(cursor)
      if (mine !== asked) return
      rows.value = cursor === null ? page.rows : [...rows.value, ...page.rows]
      next.value = page.next
      loaded.value = true
    } catch (refusal) {
      if (mine === asked) error.value = sentence(refusal)
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  const reload = (): Promise<void> => take(null)
  const more = (): Promise<void> =>
    loading.value || next.value === null ? Promise.resolve() : take(next.value)
  const replace = (change: (row: Row) => Row | null): void => {
    rows.value = rows.value.map(change).filter((row): row is Row & {} => row !== null)
  }

  return { rows, hasMore, loading, loaded, error, reload, more, replace }
}
