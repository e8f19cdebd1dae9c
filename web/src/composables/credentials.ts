/**
 * Names and passwords, looked at before the server does: what is wrong with them as the last part of a key below
 * `auth.problems`, or null. The server has the last word; this only spares a way.
 */

/** What the server takes by default; it may want more. */
export const SHORTEST_PASSWORD = 8
const LONGEST_NAME = 32
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}_.-]{0,30}[\p{L}\p{N}_])?$/u

export type NameProblem = 'empty' | 'long' | 'characters' | null
export type PasswordProblem = 'empty' | 'short' | 'sameAsName' | null

/** Of a nick as well as of the name one logs in with. */
export function nameProblem(name: string): NameProblem {
  const plain = name.normalize('NFKC').trim()
  if (!plain) return 'empty'
  if ([...plain].length > LONGEST_NAME) return 'long'
  return NAME.test(plain) ? null : 'characters'
}

export function passwordProblem(password: string, name = ''): PasswordProblem {
  if (!password) return 'empty'
  if ([...password].length < SHORTEST_PASSWORD) return 'short'
  if (name && password.toLowerCase() === name.trim().toLowerCase()) return 'sameAsName'
  return null
}

const COMMON =
  /^(?:pass(?:word|wort)?|qwert[yz]u?|abc|letmein|welcome|admin|iloveyou|teahouse|woaini|\d+)[\d!@.#]*$/i

/** 0 (none) to 4 (strong): length counts most, then variety; what everybody guesses first counts nothing. */
export function strength(password: string, name = ''): 0 | 1 | 2 | 3 | 4 {
  if (!password) return 0
  const length = [...password].length
  if (length < SHORTEST_PASSWORD || COMMON.test(password)) return 1
  if (name && password.toLowerCase().includes(name.trim().toLowerCase())) return 1
  const distinct = new Set(password.toLowerCase()).size
  if (distinct < 5) return 1
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u, /\p{Lo}/u].filter((kind) =>
    kind.test(password),
  )
  const points = (length >= 12 ? 1 : 0) + (length >= 16 ? 1 : 0) + (kinds.length >= 3 ? 1 : 0)
  return Math.min(4, 2 + points) as 2 | 3 | 4
}
