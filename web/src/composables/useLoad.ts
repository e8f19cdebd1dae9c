/** Something a view shows that comes from the server: not there yet, there, or not to be had and why. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

import { useRefusals } from './refusals'

export interface Load<T> {
  value: ShallowRef<T | null>
  loading: Ref<boolean>
  error: Ref<string>
  load: () => Promise<void>
}

export function useLoad<T>(ask: () => Promise<T>): Load<T> {
  const { sentence } = useRefusals()
  const value = shallowRef<T | null>(null)
  const loading = ref(false)
  const error = ref('')
  let asked = 0

  /** Of answers that come out of turn the newest question's counts. What was there stays until then. */
  async function load(): Promise<void> {
    const mine = ++asked
    loading.value = true
    try {
      const answer = await ask()
      if (mine !== asked) return
      value.value = answer
      error.value = ''
    } catch (refusal) {
      if (mine === asked) error.value = sentence(refusal)
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  return { value, loading, error, load }
}
