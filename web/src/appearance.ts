/** Light or dark, as chosen or as the system is; and how close things stand together. Applied before the first paint. */
import { watchEffect } from 'vue'

import { usePreferencesStore } from '@/stores/preferences'

const CANVAS = { light: '#f7f4ee', dark: '#171614' } as const

export function followAppearance(): void {
  const preferences = usePreferencesStore()
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    const chosen = preferences.theme
    const theme = chosen === 'system' ? (system.matches ? 'dark' : 'light') : chosen
    document.documentElement.dataset.theme = theme
    document.documentElement.dataset.density = preferences.density
    // The browser's own bars: a choice of one's own outweighs what index.html says for each system setting.
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
      meta.content = CANVAS[theme]
    }
  }
  watchEffect(apply)
  system.addEventListener('change', apply)
}
