/**
 * Something that may be refused: `busy` while it is under way, and when it came to nothing, why. Said under the form
 * (`error`), or with `aloud` as a notice, for what has no place of its own.
 */
import { ref } from 'vue'

import { useNoticesStore } from '@/stores/notices'

import { useRefusals, type Particular } from './refusals'

export interface AttemptOptions {
  /** Said as a notice when it is done. */
  done?: string
  aloud?: boolean
  particular?: Particular
}

export function useAttempt() {
  const notices = useNoticesStore()
  const { sentence } = useRefusals()
  const busy = ref(false)
  const error = ref('')

  /** Whether it was done. Never rejects; a second one while the first is under way is not begun. */
  async function attempt(act: () => Promise<unknown>, options: AttemptOptions = {}): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = ''
    try {
      await act()
      if (options.done) notices.push({ text: options.done, kind: 'success' })
      return true
    } catch (refusal) {
      const text = sentence(refusal, options.particular)
      if (options.aloud) notices.push({ text, kind: 'error' })
      else error.value = text
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, error, attempt }
}
