/** "alice is typing", "alice and bob are typing", "several people are typing". */
import { usePeopleStore } from '@/stores/people'
import type { Person } from '@/stores/types'

type Translate = (key: string, named: Record<string, unknown>) => string

/** Reactive. A typing notice names nobody: who has not written here yet is asked for, and until then nothing is said. */
export function typingWords(people: readonly Person[], t: Translate): string {
  const store = usePeopleStore()
  const [first, second] = people.map(({ id, nick }) => store.user(id, nick).nick)
  if (people.length > 2) return t('chat.typingMany', { count: people.length })
  if (!first) return ''
  return people.length === 1 ? t('chat.typingOne', { nick: first }) : t('chat.typingTwo', { first, second })
}
