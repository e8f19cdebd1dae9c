/**
 * Finds what somebody means by a few letters: they must occur in order, and a match is better the more of it stands
 * together and at the beginnings of words. Chinese needs nothing of its own: each character is a word.
 */

export interface Match {
  score: number
  /** Which UTF-16 units of the text matched. */
  at: number[]
}

const WORD_BEGINS = /[\s_./-]/

function begins(text: string, index: number): boolean {
  return index === 0 || WORD_BEGINS.test(text[index - 1] ?? '') || (text.codePointAt(index) ?? 0) > 0x2e80
}

export function fuzzy(query: string, text: string): Match | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '')
  const within = text.toLowerCase()
  if (!wanted) return { score: 0, at: [] }
  const whole = within.indexOf(query.trim().toLowerCase())
  if (whole >= 0) {
    const at = Array.from({ length: query.trim().length }, (_, index) => whole + index)
    return { score: 100 + (whole === 0 ? 50 : begins(text, whole) ? 30 : 0) - within.length / 100, at }
  }
  return scattered(wanted, within, text)
}

/** The letters one by one; of the places a letter may stand, the beginning of a word is tried first. */
function scattered(wanted: string, within: string, text: string): Match | null {
  const at: number[] = []
  let score = 0
  for (let index = 0; index < wanted.length; index += 1) {
    const from = (at.at(-1) ?? -1) + 1
    const letter = wanted[index] ?? ''
    const next = within.indexOf(letter, from)
    if (next < 0) return null
    const place =
      next === from && index > 0 ? next : (wordWith(letter, within, text, from, wanted.slice(index)) ?? next)
    score += place === from && index > 0 ? 6 : begins(text, place) ? 5 : 1
    at.push(place)
  }
  // Letters strewn over a text, neither beside each other nor at beginnings of words, mean nothing.
  return score < wanted.length * 3 ? null : { score: score - within.length / 100, at }
}

/** Where, from `from` on, a word begins with `letter` so that the rest can still follow; null if nowhere. */
function wordWith(letter: string, within: string, text: string, from: number, rest: string): number | null {
  for (let place = within.indexOf(letter, from); place >= 0; place = within.indexOf(letter, place + 1)) {
    if (begins(text, place) && follows(rest, within, place)) return place
  }
  return null
}

function follows(rest: string, within: string, from: number): boolean {
  let at = from - 1
  for (const letter of rest) {
    at = within.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}

/** Whether one of these words begins so. */
export function wordBegins(query: string, words: string): boolean {
  const wanted = query.trim().toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .some((word) => word.startsWith(wanted))
}
