/**
 * Cards of addresses, asked of the server. The rule: each address is asked for once, when it is first seen, and a few
 * at a time, because the server allows 30 a minute. What cannot be had is simply not shown.
 */
import { shallowReactive } from 'vue'

import { rest } from '@/api/rest'

export interface LinkPreview {
  readonly url: string
  readonly title: string
  readonly description?: string | undefined
  readonly image?: string | undefined
  readonly site?: string | undefined
}

/** By address; null: there is none. */
const known = shallowReactive(new Map<string, LinkPreview | null>())
const queue: string[] = []
const AT_ONCE = 2
const KEPT = 500
let asking = 0

async function ask(url: string): Promise<void> {
  try {
    const found = await rest.GET('/api/v1/previews', { params: { query: { url } } })
    known.set(url, found)
  } catch {
    known.set(url, null)
  }
  const oldest = known.keys().next()
  if (known.size > KEPT && !oldest.done) known.delete(oldest.value)
}

async function work(): Promise<void> {
  if (asking >= AT_ONCE) return
  asking += 1
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) await ask(url)
  asking -= 1
}

/** The card of `url`; undefined while it is not known (then it is asked for). */
export function linkPreview(url: string): LinkPreview | null | undefined {
  return known.get(url)
}

export function wantPreview(url: string): void {
  if (known.has(url) || queue.includes(url)) return
  // Who scrolls fast past many links sees the latest first.
  queue.unshift(url)
  queue.length = Math.min(queue.length, 20)
  void work()
}
