/**
 * Fetches ahead what a visit will ask for. The build writes into index.html which chunks that are (plugins/ahead.ts):
 * only whoever reads it knows which of them this visit needs. The rule: it is only fetched, nothing of it runs.
 */
import { keptPreferences } from './stores/keptPreferences'

type View = 'chat' | 'login'
type Parts = Record<string, readonly string[]>

function add(attributes: Record<string, string>): void {
  const link = document.createElement('link')
  for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value)
  document.head.append(link)
}

function fetchParts(...names: string[]): void {
  // Not there while one works on the client.
  const parts = JSON.parse(document.getElementById('parts')?.textContent ?? '{}') as Parts
  for (const href of names.flatMap((name) => parts[name] ?? []))
    // Not before what index.html names itself: all of that is needed first, and is low, too.
    add({ rel: 'modulepreload', href, crossorigin: '', fetchpriority: 'low' })
}

/** The chunks of a view, and of the language it will be shown in. */
export const expect = (view: View): void => fetchParts(view, keptPreferences().language)

/** And what the view will need a little later. */
export const expectThen = (view: View): void => fetchParts(`${view} then`)

/** The answer to a question that the client will ask. */
export function expectAnswer(href: string): void {
  add({ rel: 'preload', as: 'fetch', href, crossorigin: '' })
}
