/** Reports of messages and people to the administrators of the server. */
import { useOps } from './useOps'

export const REASONS = ['spam', 'abuse', 'violence', 'sexual', 'illegal', 'other'] as const
export type Reason = (typeof REASONS)[number]

/** A message, or a person. */
export type ReportedThing = { conversation: string; seq: number } | { user: string }

export function useReport() {
  const { call } = useOps()
  return async (thing: ReportedThing, reason: Reason, text: string): Promise<void> => {
    await call('report', { ...thing, reason, text })
  }
}
