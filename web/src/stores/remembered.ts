/**
 * Who is logged in in this browser, as far as a page may know it before it has asked: so that one sees one's
 * conversations at once, also without a network. A guest's resume secret is kept here: it is all that a guest is.
 */
import type { Me } from './types'

export interface Remembered {
  me: Me
  /** Of guests. */
  resume?: string
}

const KEY = 'teahouse.session'
const LEAVING = 'teahouse.leaving'

export function remembered(): Remembered | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Remembered | null
    return found && typeof found.me?.id === 'string' ? found : null
  } catch {
    return null
  }
}

export function remember(now: Remembered | null): void {
  try {
    if (now) localStorage.setItem(KEY, JSON.stringify(now))
    else localStorage.removeItem(KEY)
  } catch {
    // No place: the next page asks the server who one is.
  }
}

/** Somebody logged out without a network: the cookie has still to be ended. */
export function isLeaving(): boolean {
  return localStorage.getItem(LEAVING) !== null
}

export function setLeaving(on: boolean): void {
  if (on) localStorage.setItem(LEAVING, '1')
  else localStorage.removeItem(LEAVING)
}

const ENTERED = 'entered'

/** The address a provider sends the browser back to: with a word that somebody may be logged in now. */
export function withEntry(path: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${ENTERED}=1`
}

/** Whether the browser comes back from a provider. */
export const comesBack = (): boolean => new URL(globalThis.location.href).searchParams.has(ENTERED)

/** The same, once: the word is taken out of the address. Without it nobody asks the
 * server about somebody whom this browser does not remember: for a stranger the answer is only an error. */
export function cameBack(): boolean {
  const url = new URL(globalThis.location.href)
  if (!url.searchParams.has(ENTERED)) return false
  url.searchParams.delete(ENTERED)
  history.replaceState(history.state, '', url.pathname + url.search + url.hash)
  return true
}
