import type { TeahouseClient } from 'teahouse-client'
/** Who is logged in, and the client that is connected for them. (The bodies follow.) */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'

import type { Me, Provider } from './types'

const soon = (): never => {
  throw new Error('not there yet')
}

export const useSessionStore = defineStore('session', () => {
  const user = shallowRef<Me | null>(null)
  const client = shallowRef<TeahouseClient | null>(null)
  /** restore() has found out whether somebody is logged in; the router waits for it. */
  const ready = ref(false)
  const providers = shallowRef<readonly Provider[]>([])
  const loggedIn = computed(() => user.value !== null)

  /** Who was logged in here comes back, also without a network. Never rejects. */
  const restore = (): Promise<void> => soon()
  /** These reject with Refused or Disconnected. */
  const login = (_user: string, _password: string): Promise<void> => soon()
  const register = (_fields: {
    user: string
    password: string
    nick?: string
    invitation?: string
  }): Promise<void> => soon()
  const guest = (_nick: string): Promise<void> => soon()
  const logout = (_options?: { everywhere?: boolean }): Promise<void> => soon()
  const loadProviders = (): Promise<void> => soon()
  /** Where the browser goes to log in with a provider. */
  const providerUrl = (_provider: Provider, _returnTo: string): string => soon()
  /** Nick, bio, avatar (a file id), locale. */
  const update = (_changes: Partial<Pick<Me, 'nick' | 'bio' | 'avatar' | 'locale'>>): Promise<void> => soon()

  return {
    user,
    client,
    ready,
    loggedIn,
    providers,
    restore,
    login,
    register,
    guest,
    logout,
    loadProviders,
    providerUrl,
    update,
  }
})
