/** Who asks to be let into a conversation, for those who run it; kept up as people ask and are answered. */
import type { RequestRow } from 'teahouse-client'
import { computed, watch } from 'vue'

import { useLoad } from './useLoad'
import { useClientEvent, useOps } from './useOps'

export function useJoinRequests(conversation: () => string, allowed: () => boolean) {
  const { call } = useOps()
  const { value, loading, error, load } = useLoad(async (): Promise<RequestRow[]> => {
    if (!allowed()) return []
    return (await call('requests', { conversation: conversation() })).requests
  })
  const requests = computed(() => value.value ?? [])
  watch([conversation, allowed], load, { immediate: true })
  useClientEvent('request', (event) => {
    if (event.conversation === conversation() && allowed()) void load()
  })

  const approve = async (user: string): Promise<void> => {
    await call('approve', { conversation: conversation(), user })
    await load()
  }
  const reject = async (user: string): Promise<void> => {
    await call('reject', { conversation: conversation(), user })
    await load()
  }
  return { requests, loading, error, load, approve, reject }
}
