/**
 * REST as a page of the server's own origin uses it: who one is, is said by a cookie that no script can read; and with
 * whatever changes something goes the CSRF token.
 *
 * Rule: the CSRF token lives in memory only. After a reload, `GET auth/web` gives it again.
 */
import { createRest, type Refused, type Schemas } from 'teahouse-client'

const OPEN = /^\/api\/v1\/auth\/(web\/(login|register|guest)|reset)$/

let csrf: string | null = null
let asking: Promise<Schemas['WebLogin']> | null = null
const listeners = new Set<(error: Refused) => void>()

/** Typed calls of the REST interface, as whoever is logged in. */
export const rest = createRest({
  baseUrl: '',
  headers: async (method, path): Promise<Record<string, string>> =>
    method === 'GET' || OPEN.test(path) ? {} : { 'X-CSRF-Token': await csrfToken() },
  refused: (error) => {
    for (const listener of listeners) listener(error)
  },
})

/** Told of each refusal: `unauthenticated` means that one is logged out. */
export function onRefused(listener: (error: Refused) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export async function csrfToken(): Promise<string> {
  return csrf ?? (await current()).csrf_token
}

export function setCsrf(token: string | null): void {
  csrf = token
}

/** Who this browser is logged in as. Several who ask at once are answered together. */
export function current(): Promise<Schemas['WebLogin']> {
  asking ??= rest
    .GET('/api/v1/auth/web')
    .then((answer) => {
      csrf = answer.csrf_token
      return answer
    })
    .finally(() => (asking = null))
  return asking
}
