/** "alice is typing", "alice and bob are typing", "several people are typing". */
import type { Person } from '@/stores/types'

type Translate = (key: string, named: Record<string, unknown>) => string

export function typingWords(people: readonly Person[], t: Translate): string {
  const [first, second] = people
  if (!first) return ''
  if (!second) return t('chat.typingOne', { nick: first.nick })
  if (people.length === 2) return t('chat.typingTwo', { first: first.nick, second: second.nick })
  return t('chat.typingMany', { count: people.length })
}
