/** Where completions come from: members, emoji, commands. */
import type { CommandRow } from 'teahouse-client'
import { useI18n } from 'vue-i18n'

import { useEmojiChoice } from '@/composables/emojiChoice'
import { useConversationsStore } from '@/stores/conversations'
import { usePeopleStore } from '@/stores/people'
import { useSessionStore } from '@/stores/session'
import type { Person } from '@/stores/types'

import type { Token } from './completion'
import { emojiIndex, toned } from './emojiIndex'

export interface Option {
  id: string
  /** What is put into the text. */
  insertion: string
  label: string
  detail: string
  /** Of people: whose picture is shown. */
  person?: Person
  emoji?: string
}

const MOST = 8
const COMMANDS_MS = 60_000
/** What the server does itself; so these are there without asking. */
const OWN_COMMANDS: readonly CommandRow[] = [{ name: 'me' }, { name: 'shrug' }]

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Those whose nick begins so, then those who have it anywhere in it. */
export function ranked<P extends Person>(people: readonly P[], query: string): P[] {
  const wanted = folded(query)
  const rank = (one: P): number => {
    const nick = folded(one.nick)
    return nick.startsWith(wanted) ? 0 : nick.includes(wanted) ? 1 : 2
  }
  return people
    .filter((one) => rank(one) < 2)
    .sort((a, b) => rank(a) - rank(b) || a.nick.localeCompare(b.nick))
}

const commands = new Map<string, { at: number; rows: readonly CommandRow[] }>()

export function useCompletionSources(conversation: () => string) {
  const { t, locale } = useI18n()
  const conversations = useConversationsStore()
  const people = usePeopleStore()
  const session = useSessionStore()
  const { tone } = useEmojiChoice()

  const option = (person: Person): Option => ({
    id: person.id,
    insertion: `@${person.nick}`,
    label: person.nick,
    detail: '',
    person,
  })

  async function members(query: string): Promise<Option[]> {
    const id = conversation()
    const summary = conversations.byId.get(id)
    const known = conversations.membersOf(id)
    const others = (list: readonly Person[]): Person[] => list.filter((one) => one.id !== session.user?.id)
    let found: Person[] = ranked(others(known), query)
    const all = conversations.detailsOf(id)?.members ?? known.length
    if (query && found.length < MOST && (all > known.length || known.length === 0)) {
      const more = await people.find(query).catch(() => [])
      const ids = new Set(found.map((one) => one.id))
      found = [...found, ...others(more).filter((one) => !ids.has(one.id))]
    }
    const runs = summary?.role === 'owner' || summary?.role === 'admin'
    const everybody =
      runs && summary?.kind !== 'direct' && 'all'.startsWith(query.toLowerCase())
        ? [{ id: '*', insertion: '@all', label: '@all', detail: t('composer.everybody') }]
        : []
    return [...everybody, ...found.slice(0, MOST).map(option)]
  }

  async function emojis(query: string): Promise<Option[]> {
    const index = await emojiIndex(locale.value)
    return index.find(query, MOST).map((emoji) => ({
      id: emoji.emoji,
      insertion: toned(emoji, tone.value),
      label: emoji.name,
      detail: `:${emoji.code}:`,
      emoji: toned(emoji, tone.value),
    }))
  }

  async function known(id: string): Promise<readonly CommandRow[]> {
    const kept = commands.get(id)
    if (kept && Date.now() - kept.at < COMMANDS_MS) return kept.rows
    try {
      const answer = await session.client?.call('slash', { conversation: id })
      if (!answer) return kept?.rows ?? OWN_COMMANDS
      commands.set(id, { at: Date.now(), rows: answer.commands })
      return answer.commands
    } catch {
      return kept?.rows ?? OWN_COMMANDS
    }
  }

  async function slashes(query: string): Promise<Option[]> {
    const wanted = query.toLowerCase()
    const rows = (await known(conversation())).filter((row) => row.name.toLowerCase().startsWith(wanted))
    // Of two bots with one name, each is called by its own.
    const twice = (name: string): boolean => rows.filter((row) => row.name === name).length > 1
    return rows.slice(0, MOST).map((row) => {
      const insertion = `/${row.name}${row.bot && twice(row.name) ? `@${row.bot.nick}` : ''}`
      const own = ['me', 'shrug'].includes(row.name) && !row.bot
      const about = own ? t(`composer.commands.${row.name}`) : (row.description ?? '')
      return {
        id: insertion,
        insertion,
        label: row.hint
          ? `${insertion} ${own && row.name === 'me' ? t('composer.commands.meHint') : row.hint}`
          : insertion,
        detail: row.bot ? `${about} · ${row.bot.nick}` : about,
      }
    })
  }

  const sources = { mention: members, emoji: emojis, slash: slashes }
  const ask = (token: Token): Promise<Option[]> => sources[token.kind](token.query)

  /** The emoji whose name was just closed by a colon. */
  async function closed(code: string): Promise<string | null> {
    const emoji = (await emojiIndex(locale.value)).named(code)
    return emoji && toned(emoji, tone.value)
  }

  return { ask, closed }
}
