/**
 * Who is in a conversation: page by page, and kept up by the entries that tell of comings, goings and roles. Large
 * conversations do not tell of comings and goings; there it is as it was when it was asked.
 */
import type { Entry } from 'teahouse-client'
import { computed, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'

import { useConversationsStore } from '@/stores/conversations'
import { usePeopleStore } from '@/stores/people'
import type { Member, Role } from '@/stores/types'

import { byStanding } from './rights'
import { useClientEvent } from './useOps'
import { usePages } from './usePages'

type Told = Extract<Entry, { ev: 'member' }>

const GONE = new Set(['left', 'kicked', 'banned'])
const CAME = new Set(['joined', 'invited', 'approved'])
/** Who looks for somebody among more members than this has to type more of the name. */
const SEARCHED = 5000
const ENOUGH = 40

/** The members after an entry that tells of one. */
export function changed(members: readonly Member[], entry: Told): readonly Member[] {
  const { user, change, role, until } = entry
  if (GONE.has(change)) return members.filter((member) => member.id !== user.id)
  if (CAME.has(change)) {
    if (members.some((member) => member.id === user.id)) return members
    // Whoever was brought in need not be here.
    const status = change === 'joined' ? 'online' : 'offline'
    const came: Member = { ...user, role: 'member', status, joined: entry.seq, mutedUntil: 0 }
    return [...members, came]
  }
  return members.map((member) => {
    if (change === 'role' && role === 'owner' && member.role === 'owner' && member.id !== user.id) {
      return { ...member, role: 'admin' as Role }
    }
    if (member.id !== user.id) return member
    if (change === 'role') return { ...member, role: (role ?? 'member') as Role }
    if (change === 'muted') return { ...member, mutedUntil: until ?? -1 }
    return change === 'unmuted' ? { ...member, mutedUntil: 0 } : member
  })
}

export function useMembers(conversation: () => string) {
  const { locale } = useI18n()
  const conversations = useConversationsStore()
  const people = usePeopleStore()
  const query = ref('')

  const pages = usePages<Member, string>(async (after) => {
    const { members, more } = await conversations.members(conversation(), after ?? undefined)
    return { rows: members, next: more ? (members.at(-1)?.id ?? null) : null }
  })
  watch(conversation, pages.reload, { immediate: true })
  useClientEvent('entry', (entry) => {
    if (entry.ev === 'member' && entry.conversation === conversation()) {
      pages.rows.value = changed(pages.rows.value, entry)
    }
  })

  const sorted = computed(() => {
    const { compare } = new Intl.Collator(locale.value)
    const present = (id: string): boolean => !['offline', 'invisible', null].includes(people.user(id).status)
    return [...pages.rows.value].sort(byStanding(present, compare))
  })
  const members = computed(() => {
    const wanted = query.value.trim().toLocaleLowerCase()
    if (!wanted) return sorted.value
    return sorted.value.filter((member) => member.nick.toLocaleLowerCase().includes(wanted))
  })
  // The server does not search among members: more of them are asked for until enough fit.
  watch([query, pages.rows, pages.loading], () => {
    const looking = query.value.trim() && members.value.length < ENOUGH && pages.rows.value.length < SEARCHED
    if (looking && !pages.error.value) void pages.more()
  })

  return { ...pages, members, query }
}
