/** The search panel beside the conversations: open or not. What is asked stands in the search store. */
import { reactive } from 'vue'

import { useSearchStore } from '@/stores/search'

/** `wanted` counts how often it was asked for: each time the caret goes into its field. */
const panel = reactive({ open: false, wanted: 0 })

export function useSearchPanel() {
  const search = useSearchStore()
  return {
    panel,
    /** In one conversation, or in all. */
    show(conversation: string | null): void {
      if (!panel.open || search.filters.conversation !== conversation) {
        search.reset()
        search.filters.conversation = conversation
      }
      panel.open = true
      panel.wanted += 1
    },
    hide(): void {
      panel.open = false
    },
  }
}
