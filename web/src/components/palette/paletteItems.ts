/** What the palette shows for a few letters: conversations, people, commands, the best of each first. */
import { refDebounced } from '@vueuse/core'
import { computed, ref, type Ref, shallowRef, watch } from 'vue'

import { useConversationsStore } from '@/stores/conversations'
import { usePeopleStore } from '@/stores/people'
import { useSessionStore } from '@/stores/session'
import type { Summary, User } from '@/stores/types'

import { type Command, useCommands } from './commands'
import { fuzzy, wordBegins } from './fuzzy'

export type PaletteItem =
  | { kind: 'conversation'; id: string; conversation: Summary; at: readonly number[] }
  | { kind: 'person'; id: string; person: User; at: readonly number[] }
  | { kind: 'command'; id: string; command: Command; at: readonly number[] }

export interface PaletteGroup {
  name: 'recent' | 'conversations' | 'people' | 'actions'
  items: PaletteItem[]
}

const RECENT = 6
const MOST = 7

interface Scored {
  item: PaletteItem
  score: number
}

const best = (found: (Scored | null)[], most: number): PaletteItem[] =>
  found
    .filter((one): one is Scored => one !== null)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map((one) => one.item)

function command(query: string, one: Command): Scored | null {
  const label = fuzzy(query, one.label)
  if (!label && !wordBegins(query, one.aliases)) return null
  // Other words count less, and nothing of the label is marked for them.
  return {
    item: { kind: 'command', id: `command-${one.id}`, command: one, at: label?.at ?? [] },
    score: label?.score ?? 5,
  }
}

function conversation(query: string, one: Summary): Scored | null {
  const match = fuzzy(query, one.title)
  if (!match) return null
  const item = {
    kind: 'conversation',
    id: `conversation-${one.id}`,
    conversation: one,
    at: match.at,
  } as const
  return { item, score: match.score }
}

/** People from the server, a moment after the last letter; an answer that comes too late is dropped. */
function useFoundPeople(query: Ref<string>): Ref<readonly User[]> {
  const people = usePeopleStore()
  const found = shallowRef<readonly User[]>([])
  let asked = 0
  watch(refDebounced(query, 150), async (wanted) => {
    const mine = (asked += 1)
    const name = wanted.trim().replace(/^@/, '')
    const answer = name ? await people.find(name).catch(() => []) : []
    if (mine === asked) found.value = answer
  })
  return found
}

export function usePaletteItems(query: Ref<string>) {
  const conversations = useConversationsStore()
  const session = useSessionStore()
  const commands = useCommands()
  const found = useFoundPeople(query)
  const trimmed = computed(() => query.value.trim())

  const all = computed(() => [...conversations.ordered, ...conversations.archived])

  function people(): PaletteItem[] {
    const known = new Set(all.value.map((one) => one.peer?.id))
    return found.value
      .filter((person) => person.id !== session.user?.id && !known.has(person.id))
      .slice(0, MOST)
      .map((person) => ({
        kind: 'person',
        id: `person-${person.id}`,
        person,
        at: fuzzy(trimmed.value, person.nick)?.at ?? [],
      }))
  }

  const groups = computed<PaletteGroup[]>(() => {
    const wanted = trimmed.value.replace(/^@/, '')
    const others = all.value.filter((one) => one.id !== conversations.current)
    const made: PaletteGroup[] = wanted
      ? [
          {
            name: 'conversations',
            items: best(
              all.value.map((one) => conversation(wanted, one)),
              MOST,
            ),
          },
          { name: 'people', items: people() },
          {
            name: 'actions',
            items: best(
              commands.value.map((one) => command(wanted, one)),
              MOST,
            ),
          },
        ]
      : [
          {
            name: 'recent',
            items: best(
              others.slice(0, RECENT).map((one) => conversation('', one)),
              RECENT,
            ),
          },
          {
            name: 'actions',
            items: commands.value.map((one) => command('', one)?.item).filter((one) => one !== undefined),
          },
        ]
    return made.filter((group) => group.items.length > 0)
  })

  const active = ref(0)
  const items = computed(() => groups.value.flatMap((group) => group.items))
  // Another question: the best is the first again. More answers to the same one move nothing under the finger.
  watch(trimmed, () => (active.value = 0))
  watch(
    () => items.value.length,
    (count) => (active.value = Math.min(active.value, Math.max(0, count - 1))),
  )

  return { groups, items, active }
}
