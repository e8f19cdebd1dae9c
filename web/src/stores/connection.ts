/** Whether the server can be reached, as views show it. */
import type { ClientState } from 'teahouse-client'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'

import { link, whenLinked } from './link'
import type { Failure } from './types'

/** A break that is over sooner is not worth a word. */
const PATIENCE_MS = 1500

export const useConnectionStore = defineStore('connection', () => {
  const state = ref<ClientState>('idle')
  /** While waiting: when the next try is made (milliseconds UTC). */
  const retryAt = ref<number | null>(null)
  /** What navigator.onLine says: false is sure, true is not. */
  const online = ref(globalThis.navigator?.onLine ?? true)
  /** Connected, or so briefly not that it is not worth a word. */
  const steady = ref(true)
  const error = shallowRef<Failure | null>(null)
  /** A network that is gone is noticed by the connection only when it is used. */
  const connected = computed(() => state.value === 'online' && online.value)
  let losing: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    if (connected.value || state.value === 'idle') {
      clearTimeout(losing)
      losing = undefined
      steady.value = true
    } else {
      losing ??= setTimeout(() => (steady.value = false), PATIENCE_MS)
    }
  }

  function shown(now: ClientState): void {
    state.value = now
    look()
  }

  /** Now, and not when its time has come; also when the server had sent us away. */
  function retryNow(): void {
    const client = link()?.client
    if (client?.state === 'closed') client.start()
    else client?.retryNow()
  }

  whenLinked(({ client }) => {
    const wentOnline = (): void => {
      online.value = true
      client.retryNow()
      look()
    }
    const wentOffline = (): void => {
      online.value = false
      look()
    }
    globalThis.addEventListener('online', wentOnline)
    globalThis.addEventListener('offline', wentOffline)
    // Whoever looks again sees at once whether the connection still is one.
    const shownAgain = (): void => {
      if (document.visibilityState === 'visible') client.retryNow()
    }
    document.addEventListener('visibilitychange', shownAgain)
    const ending = client.on('state', (change) => {
      shown(change.state)
      retryAt.value = change.retryAt
      const why = change.error
      error.value = why ? { code: 'code' in why ? why.code : 'disconnected', message: why.message } : null
    })
    return () => {
      ending()
      document.removeEventListener('visibilitychange', shownAgain)
      globalThis.removeEventListener('online', wentOnline)
      globalThis.removeEventListener('offline', wentOffline)
      retryAt.value = null
      error.value = null
      shown('idle')
    }
  })

  return { state, retryAt, online, steady, error, connected, retryNow }
})
