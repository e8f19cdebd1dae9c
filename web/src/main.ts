/** Puts the client together and starts it: language, look, who is here, then the page. */
import './styles/main.css'

import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'

import App from './App.vue'
import { followAppearance } from './appearance'
import { i18n, showLanguage } from './i18n'
import { createAppRouter } from './router'
import { remembered } from './stores/remembered'
import { usePreferencesStore } from './stores/preferences'
import { useSessionStore } from './stores/session'
import { startStores } from './stores/start'
import { registerWorker } from './worker/register'

async function start(): Promise<void> {
  // What the first view needs is on its way while one still finds out who is here.
  void (remembered() ? import('./views/ChatView.vue') : import('./views/LoginView.vue'))

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
  watch(
    () => preferences.language,
    (language) => void showLanguage(language),
  )
  app.use(i18n)
  app.use(router)
  await router.isReady()
  app.mount('#app')
  if (import.meta.env.PROD) registerWorker()
}

void start()
