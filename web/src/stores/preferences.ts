/** How this browser shows things. Kept in localStorage, so that it holds before anybody is logged in; other tabs follow. */
import { defineStore } from 'pinia'
import { reactive, toRefs, watch } from 'vue'

import { keptPreferences, KEY } from './keptPreferences'

export const usePreferencesStore = defineStore('preferences', () => {
  const values = reactive(keptPreferences())

  watch(
    values,
    () => {
      try {
        localStorage.setItem(KEY, JSON.stringify(values))
      } catch {
        // No place: they hold until the page is closed.
      }
    },
    { flush: 'sync' },
  )
  globalThis.addEventListener?.('storage', (event) => {
    if (event.key === KEY) Object.assign(values, keptPreferences())
  })

  return { ...toRefs(values) }
})
