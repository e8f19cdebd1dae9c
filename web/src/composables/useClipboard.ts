/** Copies a text, and says for a moment that it was done. */
import { onScopeDispose, ref } from 'vue'
import { useI18n } from 'vue-i18n'

import { useNoticesStore } from '@/stores/notices'

const SHOWN_MS = 2000

export function useClipboard() {
  const { t } = useI18n()
  const notices = useNoticesStore()
  const copied = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      copied.value = true
      clearTimeout(timer)
      timer = setTimeout(() => (copied.value = false), SHOWN_MS)
    } catch {
      // Without TLS browsers give pages no clipboard.
      notices.push({ text: t('refusals.noClipboard'), kind: 'error' })
    }
  }
  onScopeDispose(() => clearTimeout(timer))

  return { copied, copy }
}
