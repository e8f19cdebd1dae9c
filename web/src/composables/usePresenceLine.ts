/** Whether somebody is there, in words: "online", "last seen 5 minutes ago". */
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'

import { usePeopleStore } from '@/stores/people'

import { useTimes } from './times'

export function usePresenceLine(id: () => string | null | undefined): ComputedRef<string> {
  const { t } = useI18n()
  const people = usePeopleStore()
  const times = useTimes()
  return computed(() => {
    const known = id()
    if (!known) return ''
    const { status, lastSeen, bot } = people.user(known)
    if (bot) return t('chat.bot')
    if (status && status !== 'offline' && status !== 'invisible') return t(`kit.status.${status}`)
    if (lastSeen) return t('chat.lastSeen', { ago: times.value.ago(lastSeen) })
    return status ? t('kit.status.offline') : ''
  })
}
