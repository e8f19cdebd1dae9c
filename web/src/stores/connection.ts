/** Whether the server can be reached. (The bodies follow.) */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'

import type { ClientState } from 'teahouse-client'

export const useConnectionStore = defineStore('connection', () => {
  const state = ref<ClientState>('idle')
  /** While waiting: when the next try is made (milliseconds UTC). */
  const retryAt = ref<number | null>(null)
  /** What navigator.onLine says: false is sure, true is not. */
  const online = ref(true)
  /** Connected, or so briefly not that it is not worth a word. */
  const steady = ref(true)
  const error = shallowRef<{ code: string; message: string } | null>(null)
  const connected = computed(() => state.value === 'online')

  const retryNow = (): void => {}

  return { state, retryAt, online, steady, error, connected, retryNow }
})
