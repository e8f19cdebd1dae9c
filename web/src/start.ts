/**
 * Puts the client together and starts it: language, look, who is here, then the page. In turns, between which the
 * browser can answer.
 */
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'

import App from './App.vue'
import { followAppearance } from './appearance'
import { isShown, nextTurn, shownThenIdle } from './composables/unhurried'
import { i18n, showLanguage } from './i18n'
import { createAppRouter } from './router'
import { usePreferencesStore } from './stores/preferences'
import { useSessionStore } from './stores/session'
import { startStores } from './stores/start'
import { registerWorker } from './worker/register'

const CHAT: ReadonlySet<unknown> = new Set(['chat', 'conversation'])

export async function start(): Promise<void> {
  const app = createApp(App)
  app.use(createPinia())
  followAppearance()

  const preferences = usePreferencesStore()
  const session = useSessionStore()
  startStores()
  const texts = showLanguage(preferences.language)
  const restored = session.restore()
  const router = createAppRouter({
    known: async () => {
      await restored
      return session.user !== null
    },
    admin: () => session.user?.admin ?? false,
  })
  // Logged out, here or in another tab: nothing of the former user may stay on the screen.
  watch(
    () => session.user?.id,
    (id) => {
      if (!id && router.currentRoute.value.meta.open !== 'everybody') void router.replace({ name: 'login' })
    },
  )

  await texts
  await nextTurn()
  watch(
    () => preferences.language,
    (language) => void showLanguage(language),
  )
  app.use(i18n)
  app.use(router)
  await router.isReady()
  await nextTurn()
  app.mount('#app')
  // The chat waits for the server; every other view is all there.
  if (!CHAT.has(router.currentRoute.value.name)) isShown()
  // It fetches the whole client, and is of use only at the next visit.
  if (import.meta.env.PROD) void shownThenIdle(10_000).then(registerWorker)
}
