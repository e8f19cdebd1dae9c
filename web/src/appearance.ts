/** Light or dark, as chosen or as the system is; and how close things stand together: followed while the page is open. */
import { watchEffect } from 'vue'

import { usePreferencesStore } from '@/stores/preferences'

import { onSystemTheme, showAppearance } from './theme'

export function followAppearance(): void {
  const preferences = usePreferencesStore()
  const apply = (): void => showAppearance({ theme: preferences.theme, density: preferences.density })
  watchEffect(apply)
  onSystemTheme(apply)
}
