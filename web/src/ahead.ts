/**
 * Fetches ahead what a visit will ask for. The build writes into index.html which chunks that are (plugins/ahead.ts):
 * only whoever reads it knows which of them this visit needs. The rule: it is only fetched, nothing of it runs.
 */
import { keptPreferences } from './stores/keptPreferences'

type Parts = Record<string, readonly string[]>

function add(attributes: Record<string, string>): void {
  const link = document.createElement('link')
  for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value)
  document.head.append(link)
}

/** The chunks of a view, and of the language it will be shown in. */
export function expect(view: 'chat' | 'login'): void {
  // Not there while one works on the client.
  const parts = JSON.parse(document.getElementById('parts')?.textContent ?? '{}') as Parts
  const files = [...(parts[view] ?? []), ...(parts[keptPreferences().language] ?? [])]
  for (const href of files) {
    if (href.endsWith('.css')) add({ rel: 'preload', as: 'style', href, crossorigin: '' })
    else add({ rel: 'modulepreload', href, crossorigin: '' })
  }
}

/** The answer to a question that the client will ask. */
export function expectAnswer(href: string): void {
  add({ rel: 'preload', as: 'fetch', href, crossorigin: '' })
}
