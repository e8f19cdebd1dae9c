/**
 * What stands beside the conversation: its details, a thread, the search. The rule: details and threads are part of the
 * address, so that "back" closes them, which is how one leaves them on a phone; the search may be about everything.
 */
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { useSearchPanel } from './useSearchPanel'

export type Panel = 'details' | 'thread' | 'search'

export function usePanel() {
  const route = useRoute()
  const router = useRouter()
  const search = useSearchPanel()

  const root = computed<number | null>(() => {
    const seq = Number(route.query.thread)
    return Number.isSafeInteger(seq) && seq > 0 ? seq : null
  })
  const panel = computed<Panel | null>(() => {
    if (search.panel.open) return 'search'
    if (route.name !== 'conversation') return null
    if (root.value !== null) return 'thread'
    return route.query.panel === 'details' ? 'details' : null
  })

  function go(query: { panel?: string; thread?: number }): void {
    search.hide()
    const next = { query: { ...route.query, panel: undefined, thread: undefined, ...query } }
    // From one to another: "back" leads out of both.
    void (route.query.panel || route.query.thread ? router.replace(next) : router.push(next))
  }
  const showDetails = (): void => go({ panel: 'details' })
  const showThread = (seq: number): void => go({ thread: seq })
  function close(): boolean {
    if (!panel.value) return false
    if (panel.value === 'search') search.hide()
    else go({})
    return true
  }
  const toggleDetails = (): void => {
    if (panel.value === 'details') close()
    else showDetails()
  }
  function toggleSearch(conversation: string): void {
    if (search.panel.open) search.hide()
    else search.show(conversation)
  }

  return { panel, root, showDetails, showThread, toggleDetails, toggleSearch, close }
}
