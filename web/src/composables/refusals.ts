/**
 * Why something did not happen, in words of the chosen language. The server's own sentence is English, and only shown
 * where nothing better is known.
 */
import { Disconnected, Refused, type Code } from 'teahouse-client'
import { useI18n } from 'vue-i18n'

/** Sentences for codes that mean something particular in one place. */
export type Particular = Partial<Record<Code, string>>

const KNOWN: ReadonlySet<string> = new Set<Code>([
  'blocked',
  'conflict',
  'forbidden',
  'internal',
  'muted',
  'not_found',
  'rate_limited',
  'too_large',
  'unauthenticated',
  'unavailable',
])

export function useRefusals() {
  const { t } = useI18n()

  function sentence(error: unknown, particular: Particular = {}): string {
    if (error instanceof Disconnected) return t('refusals.disconnected')
    if (!(error instanceof Refused)) return t('refusals.internal')
    const here = particular[error.code]
    if (here) return here
    if (error.code === 'rate_limited' && error.retryAfterMs > 0) {
      return t('refusals.wait', { seconds: Math.ceil(error.retryAfterMs / 1000) })
    }
    return KNOWN.has(error.code) ? t(`refusals.${error.code}`) : error.message
  }

  return { sentence }
}
