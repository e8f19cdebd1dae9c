/**
 * Does what was asked for at once (a reaction, a pin) and says so in a notice if it came to nothing. Unlike
 * `useAttempt` several may be under way: each press counts.
 */
import { useNoticesStore } from '@/stores/notices'

import { useRefusals } from './refusals'

export type Aloud = (act: () => Promise<unknown>, done?: string) => Promise<boolean>

export function useAloud(): Aloud {
  const notices = useNoticesStore()
  const { sentence } = useRefusals()

  /** True if it was done; `done` is said then. Never rejects. */
  return async (act, done) => {
    try {
      await act()
    } catch (error) {
      notices.push({ text: sentence(error), kind: 'error' })
      return false
    }
    if (done) notices.push({ text: done, kind: 'success' })
    return true
  }
}
