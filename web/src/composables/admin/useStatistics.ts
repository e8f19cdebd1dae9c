/** How the server is doing, asked every two seconds while the page is seen. */
import type { Schemas } from 'teahouse-client'
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { ref, shallowRef, watch } from 'vue'

import { rest } from '@/api/rest'
import { useLoad } from '@/composables/useLoad'

import type { Sample } from './rates'

const EVERY_MS = 2000
/** Four minutes. */
export const KEPT = 120

type Statistics = Schemas['Statistics']

function sampleOf(told: Statistics): Sample {
  return {
    at: performance.now(),
    uptime: told.uptime_s,
    counters: told.counters,
    sessions: Object.values(told.sessions).reduce((sum, count) => sum + count, 0),
    memory: told.memory_bytes,
    lag: told.loop_lag_ms,
  }
}

export function useStatistics() {
  const samples = shallowRef<readonly Sample[]>([])
  const { value, error, load } = useLoad(async (): Promise<Statistics> => {
    const told: Statistics = await rest.GET('/api/v1/admin/statistics')
    samples.value = [...samples.value, sampleOf(told)].slice(-KEPT - 1)
    return told
  })
  const paused = ref(false)
  const visibility = useDocumentVisibility()
  const { pause, resume } = useIntervalFn(load, EVERY_MS, { immediateCallback: true })
  watch([visibility, paused], ([seen, stopped]) => {
    if (seen === 'hidden' || stopped) return pause()
    // The time in between would be drawn as one step.
    samples.value = []
    resume()
  })
  return { statistics: value, error, samples, paused }
}
