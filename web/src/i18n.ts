/**
 * Two languages, each a chunk of its own: only the one shown is loaded. Texts lie in `locales/<language>/<area>.json`
 * and are named `area.key`; both languages have the same keys (a test compares them).
 */
import { createI18n } from 'vue-i18n'

import type { Language } from './language'

export { LANGUAGES, type Language } from './language'

type Texts = Record<string, unknown>

const LOADERS: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import('./locales/en'),
  'zh-CN': () => import('./locales/zh-CN'),
}

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
  messages: {},
})

/** Loads the texts of `language` if need be, then shows them. */
export async function showLanguage(language: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(language)) {
    const texts = (await LOADERS[language]()).default
    i18n.global.setLocaleMessage(language, texts as never)
  }
  ;(i18n.global.locale as unknown as { value: Language }).value = language
  document.documentElement.lang = language
}
