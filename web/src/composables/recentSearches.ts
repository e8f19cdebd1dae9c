/** What somebody looked for lately, kept in this browser. */
import { useLocalStorage } from '@vueuse/core'

const KEY = 'teahouse.searches'
const MOST = 8

const recent = useLocalStorage<string[]>(KEY, [])

export function useRecentSearches() {
  return {
    recent,
    remember(words: string): void {
      const query = words.trim()
      if (query.length < 2) return
      // What was typed on the way to it is no search of its own.
      const others = recent.value.filter((one) => one !== query && !query.startsWith(one))
      recent.value = [query, ...others].slice(0, MOST)
    },
    forget(query?: string): void {
      recent.value = query === undefined ? [] : recent.value.filter((one) => one !== query)
    },
  }
}
