/** Light or dark, and how close things stand together, as the page's own style sheet understands it. */
import type { Preferences } from './stores/keptPreferences'

const CANVAS = { light: '#f7f4ee', dark: '#171614' } as const
const system = window.matchMedia('(prefers-color-scheme: dark)')

export function showAppearance({ theme: chosen, density }: Pick<Preferences, 'theme' | 'density'>): void {
  const theme = chosen === 'system' ? (system.matches ? 'dark' : 'light') : chosen
  document.documentElement.dataset.theme = theme
  document.documentElement.dataset.density = density
  // The browser's own bars: a choice of one's own outweighs what index.html says for each system setting.
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.content = CANVAS[theme]
  }
}

/** Told when the system changes from light to dark, or back. */
export const onSystemTheme = (act: () => void): void => system.addEventListener('change', act)
