/** How this browser shows things. Kept in localStorage, so that it holds before anybody is logged in; other tabs follow. */
import { defineStore } from 'pinia'
import { reactive, toRefs, watch } from 'vue'

import { browserLanguage, type Language } from '../i18n'

export interface Preferences {
  theme: 'system' | 'light' | 'dark'
  language: Language
  /** Enter sends and Shift+Enter breaks the line; else Ctrl+Enter sends. */
  sendWithEnter: boolean
  /** What one writes is Markdown; its tools are shown. */
  markdown: boolean
  sounds: boolean
  desktopNotifications: boolean
  density: 'comfortable' | 'compact'
}

const KEY = 'teahouse.preferences'
const defaults = (): Preferences => ({
  theme: 'system',
  language: browserLanguage(),
  sendWithEnter: true,
  markdown: false,
  sounds: true,
  desktopNotifications: false,
  density: 'comfortable',
})

/** What is stored, as far as it is of the right type: an older or newer client may have written it. */
function stored(): Preferences {
  const found = { ...defaults() } as unknown as Record<string, unknown>
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>
    for (const [name, value] of Object.entries(defaults())) {
      if (typeof kept[name] === typeof value) found[name] = kept[name]
    }
  } catch {
    // Unreadable or forbidden: the defaults hold.
  }
  return found as unknown as Preferences
}

export const usePreferencesStore = defineStore('preferences', () => {
  const values = reactive(stored())

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
    if (event.key === KEY) Object.assign(values, stored())
  })

  return { ...toRefs(values) }
})
