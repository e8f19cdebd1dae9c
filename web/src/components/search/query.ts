/**
 * Filters as one types them, in the server's own language (`from:@bob has:image after:2026-11-01`), taken out of the
 * words and made to chips. What is not a whole filter stays a word.
 */
import type { Filters } from '@/stores/search'

export type Has = NonNullable<Filters['has']>
export const HAS: readonly Has[] = ['image', 'file', 'voice', 'link']

export interface Taken {
  text: string
  filters: Partial<Filters>
}

/** What a filter needs to know of the world. */
export interface Places {
  /** The id of the conversation with this id or title, or with `@somebody`; null if there is none. */
  conversation(name: string): string | null
}

const FILTER = /(?:^|(?<=\s))(from|in|has|before|after):("[^"]+"|[^\s"]+)(?=\s)/g

/** The beginning of a day (`2026-11-24`) by this browser's clock, in milliseconds UTC; null if it is no day. */
export function dayStart(day: string): number | null {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(day)
  if (!parts) return null
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number]
  const at = new Date(year, month - 1, date)
  return at.getMonth() === month - 1 && at.getDate() === date ? at.getTime() : null
}

/** As an `<input type="date">` has it. */
export function dayOf(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function read(name: string, value: string, places: Places): Partial<Filters> | null {
  switch (name) {
    case 'from':
      return { from: value === 'me' || value.startsWith('@') ? value : `@${value}` }
    case 'in': {
      const conversation = places.conversation(value)
      return conversation ? { conversation } : null
    }
    case 'has':
      return HAS.includes(value as Has) ? { has: value as Has } : null
    default: {
      const at = dayStart(value)
      return at === null ? null : name === 'before' ? { before: at } : { after: at }
    }
  }
}

/** Takes each whole filter that is followed by a space; `final` (Enter) also the last. */
export function takeFilters(text: string, places: Places, final = false): Taken {
  const filters: Partial<Filters> = {}
  const rest = `${text}${final ? ' ' : ''}`.replace(FILTER, (whole, name: string, value: string) => {
    const found = read(name, value.replace(/^"|"$/g, ''), places)
    if (!found) return whole
    Object.assign(filters, found)
    return ''
  })
  if (Object.keys(filters).length === 0) return { text, filters }
  return { text: rest.replace(/\s{2,}/g, ' ').trimStart(), filters }
}
