/** Where somebody goes who has logged in: where they wanted to go, if that is a page of ours, else the chat. */
import { useRoute } from 'vue-router'

/** A path of this origin. `//elsewhere` and `/\elsewhere` are addresses of other sites. */
export function ownPath(wanted: unknown): string {
  return typeof wanted === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(wanted) ? wanted : '/'
}

export function useReturnTo(): () => string {
  const route = useRoute()
  return () => ownPath(Array.isArray(route.query.to) ? route.query.to[0] : route.query.to)
}
