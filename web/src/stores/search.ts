/** Looking for messages. (The bodies follow.) */
import { defineStore } from 'pinia'
import { reactive, ref, shallowRef } from 'vue'

import type { Failure, Hit } from './types'

export interface Filters {
  conversation: string | null
  /** A user id, `@nick` or `me`. */
  from: string | null
  /** Milliseconds UTC. */
  before: number | null
  after: number | null
  has: 'image' | 'file' | 'voice' | 'link' | null
}

export const useSearchStore = defineStore('search', () => {
  const query = ref('')
  const filters = reactive<Filters>({ conversation: null, from: null, before: null, after: null, has: null })
  const hits = shallowRef<readonly Hit[]>([])
  const more = ref(false)
  const searching = ref(false)
  const error = shallowRef<Failure | null>(null)
  /** Only what is kept in this browser was searched: there is no connection. */
  const local = ref(false)

  /** Asks anew; the answer of an earlier question that comes late is dropped. */
  const run = async (): Promise<void> => {}
  const next = async (): Promise<void> => {}
  const reset = (): void => {}

  return { query, filters, hits, more, searching, error, local, run, next, reset }
})
