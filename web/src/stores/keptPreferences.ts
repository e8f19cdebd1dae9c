/** How this browser shows things, as it is kept in localStorage: known before anything of the client runs. */
import { browserLanguage, type Language } from '../language'

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

export const KEY = 'teahouse.preferences'
const defaults = (): Preferences => ({
  theme: 'system',
  language: browserLanguage(),
  sendWithEnter: true,
  markdown: false,
  sounds: true,
  desktopNotifications: false,
  density: 'comfortable',
})

/** What is kept, as far as it is of the right type: an older or newer client may have written it. */
export function keptPreferences(): Preferences {
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
