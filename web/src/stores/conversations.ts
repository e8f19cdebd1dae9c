/**
 * The list of one's conversations: at once from what is kept here, then from the server, then kept up to date by what
 * is heard. A summary is replaced when something of it changes.
 */
import type { Commands, ConversationList, Entry } from 'teahouse-client'
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive } from 'vue'

import { renewPicture } from '../api/pictures'
import type { SummaryRow } from '../db/database'
import { createDetails, isStored } from './details'
import { createJoining } from './joining'
import { link, requireLink, whenLinked, type Link } from './link'
import { createReading } from './reading'
import { useReceiptsStore } from './receipts'
import {
  clear as cleared,
  hide,
  inOrder,
  made,
  readTo,
  shown,
  takeIn,
  told,
  type After,
  type Kept,
} from './summaries'
import type { Person, Summary } from './types'

const SAVE_MS = 500
const ASK_MS = 400

export const useConversationsStore = defineStore('conversations', () => {
  const receipts = useReceiptsStore()
  const kept = new Map<string, Kept>()
  const byId = shallowReactive(new Map<string, Summary>())
  const all = computed(() => inOrder(byId.values()))
  const ordered = computed<readonly Summary[]>(() => all.value.filter((summary) => !summary.archived))
  const archived = computed<readonly Summary[]>(() => all.value.filter((summary) => summary.archived))
  const badge = computed(() => {
    let count = 0
    for (const { muted, mentions, unread } of byId.values()) count += muted ? mentions : unread
    return count
  })
  const current = ref<string | null>(null)
  const loaded = ref(false)
  const lobby = ref('lobby')
  /** Where a direct conversation is that was begun as `@nick`. */
  const begun = shallowReactive(new Map<string, string>())
  /** Conversations that one came into, and when: the list does not tell. */
  const arrivals = new Map<string, number>()
  const unsaved = new Set<string>()
  let saving: ReturnType<typeof setTimeout> | undefined
  let asking: ReturnType<typeof setTimeout> | undefined

  const details = createDetails((id, avatar) => {
    const here = kept.get(id)
    if (!here || here.avatar === avatar) return
    here.avatar = avatar
    show(id)
  })
  const reading = createReading({
    wanted: (id) => {
      const here = kept.get(id)
      return here && here.wantedRead > 0 ? here.wantedRead : 0
    },
    lastSeq: (id) => kept.get(id)?.wire.last_seq ?? 0,
    told: ({ conversation, seq, unread, mentions, current: holds }) => {
      const here = kept.get(conversation)
      if (!here) return
      if (seq >= here.wantedRead) here.wantedRead = 0
      else reading.soon(conversation)
      const upto = here.wire.last_seq
      if (holds) here.ledger.recount({ unread, mentions, upto, read: Math.max(seq, here.ledger.read) })
      else if (here.ledger.unread !== unread) askSoon()
      show(conversation)
    },
  })

  /** Brings the summary up to date, and keeps it a moment later. */
  function show(id: string): void {
    const here = kept.get(id)
    const me = link()?.me.id
    if (!here || !me) return
    byId.set(
      id,
      shown(here, me, (seq) => receipts.mark(id, seq)),
    )
    if (!isStored(id)) return
    unsaved.add(id)
    saving ??= setTimeout(() => void save(), SAVE_MS)
  }

  async function save(): Promise<void> {
    clearTimeout(saving)
    saving = undefined
    const rows = [...unsaved].flatMap((id): SummaryRow[] => {
      const here = kept.get(id)
      if (!here) return []
      const { unread, mentions } = here.ledger
      return [
        {
          id,
          summary: { ...here.wire, unread, mentions },
          wantedRead: here.wantedRead,
          avatar: here.avatar,
          since: here.since,
        },
      ]
    })
    unsaved.clear()
    const writing = link()?.database.transaction('conversations', 'readwrite')
    for (const row of rows) void writing?.store.put(row)
    await writing?.done.catch(() => {})
  }

  function drop(id: string): void {
    kept.delete(id)
    byId.delete(id)
    unsaved.delete(id)
    details.forget(id)
    if (isStored(id))
      void link()
        ?.database.delete('conversations', id)
        .catch(() => {})
  }

  function after(id: string, what: After): void {
    if (what === 'gone') return drop(id)
    if (what === 'ask again') askSoon()
    show(id)
  }

  /** Asks for the whole list, once for all who need it in this moment. */
  function askSoon(): void {
    asking ??= setTimeout(() => {
      asking = undefined
      if (link()?.client.state === 'online') void load().catch(() => {})
    }, ASK_MS)
  }

  async function load(): Promise<void> {
    take(await requireLink().client.call('conversations', {}))
  }

  function take({ conversations }: ConversationList): void {
    const present = new Set(conversations.map((wire) => wire.conversation))
    for (const id of kept.keys()) if (!present.has(id) && isStored(id)) drop(id)
    for (const wire of conversations) {
      const id = wire.conversation
      const here = kept.get(id)
      if (here) told(here, wire)
      else kept.set(id, made(wire, { since: arrivals.get(id) ?? 0 }))
      replaceBegun(wire.peer ?? null, id)
      show(id)
      if ((kept.get(id)?.wantedRead ?? 0) > wire.read_seq) reading.soon(id)
    }
    arrivals.clear()
    loaded.value = true
  }

  function heard(entry: Entry, me: string): void {
    const id = entry.conversation
    const here = kept.get(id)
    if (!here) {
      const gone = entry.ev === 'member' && entry.user.id === me && entry.change !== 'joined'
      if (gone && entry.change !== 'invited' && entry.change !== 'approved') return
      arrivals.set(id, entry.at)
      askSoon()
      return
    }
    after(id, takeIn(here, entry, me))
  }

  /** Everything up to `seq` was seen here. */
  function read(id: string, seq: number): void {
    const here = kept.get(id)
    if (!here || seq <= Math.max(here.wantedRead, here.wire.read_seq)) return
    here.wantedRead = seq
    readTo(here, seq)
    show(id)
    reading.soon(id)
  }

  function change(id: string, apply: (here: Kept) => After): void {
    const here = kept.get(id)
    if (here) after(id, apply(here))
  }

  /** For the stores that know more of a conversation: who types, what was begun. */
  function patch(id: string, fields: Partial<Pick<Kept, 'draft' | 'typing'>>): void {
    change(id, (here) => {
      Object.assign(here, fields)
      return 'nothing'
    })
  }

  function open(id: string | null): void {
    current.value = id === null ? null : resolve(id)
  }

  /** The id of a conversation that was begun as `@nick`, once it has one. */
  function resolve(id: string): string {
    return begun.get(id) ?? id
  }

  /** A direct conversation that the first message will make. */
  function beginDirect(peer: Person): string {
    const id = `@${peer.nick}`
    if (kept.has(id) || begun.has(id)) return resolve(id)
    const blank = {
      last_seq: 0,
      read_seq: 0,
      unread: 0,
      mentions: 0,
      pinned: false,
      muted: false,
      archived: false,
    }
    const wire = { conversation: id, kind: 'direct', title: peer.nick, role: 'member', peer, ...blank }
    kept.set(id, made(wire, { avatar: '', since: Date.now() }))
    show(id)
    return id
  }

  /** The first message to `@nick` has made the conversation. */
  function began(name: string, id: string): void {
    const before = kept.get(name)
    begun.set(name, id)
    kept.delete(name)
    byId.delete(name)
    if (before && !kept.has(id)) {
      kept.set(id, { ...before, wire: { ...before.wire, conversation: id } })
      show(id)
    }
    if (current.value === name) current.value = id
    askSoon()
  }

  /** The other one was faster: the list has a conversation that was begun here as `@nick`. */
  function replaceBegun(peer: Person | null, id: string): void {
    if (!peer) return
    for (const [name, { wire }] of kept)
      if (!isStored(name) && wire.peer?.id === peer.id) return began(name, id)
  }

  const joining = createJoining({ byId, beginDirect, load, drop, change })

  async function restore({ database }: Link): Promise<void> {
    const rows = await database.getAll('conversations').catch(() => [])
    for (const { id, summary, ...more } of rows) {
      // The server was faster.
      if (kept.has(id)) continue
      kept.set(id, made(summary, more))
      show(id)
    }
    if (rows.length > 0) loaded.value = true
  }

  function reset(): void {
    void save()
    reading.stop()
    clearTimeout(asking)
    asking = undefined
    kept.clear()
    byId.clear()
    begun.clear()
    current.value = null
    loaded.value = false
  }

  whenLinked((here) => {
    const { client, me, tabs } = here
    const endings = [
      client.on('welcome', (welcome) => (lobby.value = welcome.lobby)),
      client.on('conversations', take),
      client.on('entry', (entry) => heard(entry, me.id)),
      client.on('receipt', ({ conversation, user, read: seq }) => {
        if (user === me.id && seq !== undefined) change(conversation, (kept) => readTo(kept, seq))
      }),
      client.on('hidden', ({ conversation, seqs }) => change(conversation, (kept) => hide(kept, seqs))),
      client.on('cleared', ({ conversation, upto }) => change(conversation, (kept) => cleared(kept, upto))),
      client.on('membership', ({ user }) => user.id === me.id && askSoon()),
      client.on('reset', askSoon),
      receipts.onMoved(({ conversation, from, to }) => {
        const last = byId.get(conversation)?.lastMessage
        if (last?.own && last.seq > from && last.seq <= to) show(conversation)
      }),
      tabs.on((message) => {
        if (message.type === 'hidden') change(message.conversation, (kept) => hide(kept, message.seqs))
        if (message.type === 'cleared') change(message.conversation, (kept) => cleared(kept, message.upto))
      }),
      reset,
    ]
    void restore(here)
    return () => {
      for (const end of endings) end()
    }
  })

  async function update(id: string, changes: Omit<Commands['update'], 'conversation'>): Promise<void> {
    await requireLink().client.call('update', { conversation: id, ...changes })
    if (changes.avatar) await renewPicture('conversations', id)
    await details.details(id)
  }

  return {
    byId,
    ordered,
    archived,
    badge,
    current,
    loaded,
    lobby,
    load,
    open,
    resolve,
    began,
    read,
    patch,
    change,
    update,
    details: details.details,
    detailsOf: details.detailsOf,
    members: details.members,
    membersOf: details.membersOf,
    ...joining,
  }
})
