/** Conversations whose name has all words of a query, however they are written (case, accents, width). */
import type { Summary } from '@/stores/types'

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

export function filterConversations(list: readonly Summary[], query: string): readonly Summary[] {
  const words = folded(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return list
  return list.filter((one) => {
    const title = folded(one.title)
    return words.every((word) => title.includes(word))
  })
}
