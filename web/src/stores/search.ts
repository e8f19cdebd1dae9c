/**
 * Looking for messages: on the server, or, while there is no connection, in what is kept here.
 *
 * Rule: the answer to an earlier question that comes late is dropped.
 */
import type { Hit as WireHit, SearchPage } from 'teahouse-client'
import { defineStore } from 'pinia'
import { reactive, ref, shallowRef } from 'vue'

import { isMessage } from '../db/fold'
import { searchKept } from '../db/search'
import { requireLink, whenLinked } from './link'
import { failureOf } from './timeline/timeline'
import type { Body, Failure, Hit } from './types'

export interface Filters {
  conversation: string | null
  /** A user id, `@nick` or `me`. */
  from: string | null
  /** Milliseconds UTC. */
  before: number | null
  after: number | null
  has: 'image' | 'file' | 'voice' | 'link' | null
}

const NO_FILTERS: Filters = { conversation: null, from: null, before: null, after: null, has: null }
const PAGE = 30

export const useSearchStore = defineStore('search', () => {
  const query = ref('')
  const filters = reactive<Filters>({ ...NO_FILTERS })
  const hits = shallowRef<readonly Hit[]>([])
  const more = ref(false)
  const searching = ref(false)
  const error = shallowRef<Failure | null>(null)
  /** Only what is kept in this browser was searched: there is no connection. */
  const local = ref(false)
  let questions = 0
  let cursor: string | null = null

  async function ask(after: string | null): Promise<void> {
    questions += 1
    const question = questions
    searching.value = true
    error.value = null
    try {
      const page = await found(after)
      if (question !== questions) return
      hits.value = after ? [...hits.value, ...page.hits.map(shown)] : page.hits.map(shown)
      more.value = page.more
      cursor = page.next ?? null
    } catch (problem) {
      if (question === questions) error.value = failureOf(problem)
    } finally {
      if (question === questions) searching.value = false
    }
  }

  async function found(after: string | null): Promise<SearchPage> {
    const { client, database, me } = requireLink()
    const { conversation, from, before, after: since, has } = filters
    // A connection that the network has left hanging answers nothing for a while.
    local.value = client.state !== 'online' || !navigator.onLine
    if (local.value) {
      return searchKept(
        database,
        { words: query.value, conversation, from: from === 'me' ? me.id : from },
        PAGE,
      )
    }
    return client.call('search', {
      query: has ? `${query.value} has:${has}`.trim() : query.value,
      limit: PAGE,
      ...(conversation && { conversation }),
      ...(from && { from }),
      ...(before !== null && { before }),
      ...(since !== null && { after: since }),
      ...(after && { cursor: after }),
    })
  }

  const asks = (): boolean => {
    const { conversation: _, ...narrowing } = filters
    return query.value.trim() !== '' || Object.values(narrowing).some((value) => value !== null)
  }

  /** Asks anew. Without a word or a filter nothing is found. */
  async function run(): Promise<void> {
    if (asks()) return ask(null)
    forget()
  }

  async function next(): Promise<void> {
    if (more.value && cursor !== null && !searching.value) await ask(cursor)
  }

  function forget(): void {
    questions += 1
    hits.value = []
    more.value = false
    cursor = null
    searching.value = false
    error.value = null
  }

  function reset(): void {
    forget()
    query.value = ''
    Object.assign(filters, NO_FILTERS)
  }

  whenLinked(() => reset)

  return { query, filters, hits, more, searching, error, local, run, next, reset }
})

function shown({ entry, snippet, marks }: WireHit): Hit {
  const { conversation, seq, sender, at } = entry
  const body = (isMessage(entry) ? entry.body : undefined) as Body | undefined
  return {
    conversation,
    seq,
    sender,
    at,
    body: body ?? { type: '' },
    snippet,
    marks: marks as unknown as readonly (readonly [number, number])[],
  }
}
