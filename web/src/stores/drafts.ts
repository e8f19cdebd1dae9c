/** What was begun and not sent: per conversation, stored a moment after each change, the same in all tabs. */
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'

import type { DraftRow } from '../db/database'
import { useConversationsStore } from './conversations'
import { link, whenLinked, type Link } from './link'
import type { Draft } from './types'

export const EMPTY: Draft = { text: '', replyTo: null, editing: null, attachments: [] }

const PAUSE_MS = 400

function isEmpty(draft: Draft): boolean {
  const { text, replyTo, editing, attachments } = draft
  return text.trim() === '' && replyTo === null && editing === null && attachments.length === 0
}

export const useDraftsStore = defineStore('drafts', () => {
  const conversations = useConversationsStore()
  const byConversation = shallowReactive(new Map<string, Draft>())
  const unsaved = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Reactive; all empty if there is none. */
  const draft = (conversation: string): Draft => byConversation.get(conversation) ?? EMPTY

  function set(conversation: string, draft: Draft): void {
    if (isEmpty(draft)) byConversation.delete(conversation)
    else byConversation.set(conversation, draft)
    const text = draft.editing === null ? draft.text.trim().slice(0, 200) : ''
    if (text !== (conversations.byId.get(conversation)?.draft ?? ''))
      conversations.patch(conversation, { draft: text })
  }

  /** Changes some of its fields; stored a moment later, and at once when the page is hidden. */
  function save(conversation: string, changes: Partial<Draft>): void {
    set(conversation, { ...draft(conversation), ...changes })
    unsaved.add(conversation)
    timer ??= setTimeout(() => void flush(), PAUSE_MS)
  }

  function drop(conversation: string): void {
    save(conversation, EMPTY)
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const here = link()
    const changed = [...unsaved]
    unsaved.clear()
    if (!here || changed.length === 0) return
    const writing = here.database.transaction('drafts', 'readwrite')
    for (const conversation of changed) {
      const now = byConversation.get(conversation)
      if (now) void writing.store.put({ ...now, conversation, attachments: [...now.attachments] })
      else void writing.store.delete(conversation)
    }
    await writing.done.catch(() => {})
    for (const conversation of changed) here.tabs.tell({ type: 'draft', conversation })
  }

  async function reread({ database }: Link, conversation: string): Promise<void> {
    // Whoever is typing here has the newer one.
    if (unsaved.has(conversation)) return
    const row = await database.get('drafts', conversation)
    if (!unsaved.has(conversation)) set(conversation, row ? of(row) : EMPTY)
  }

  async function restore({ database }: Link): Promise<void> {
    for (const row of await database.getAll('drafts')) {
      if (!byConversation.has(row.conversation)) set(row.conversation, of(row))
    }
  }

  whenLinked((here) => {
    const hidden = (): void => void (document.visibilityState === 'hidden' && flush())
    document.addEventListener('visibilitychange', hidden)
    globalThis.addEventListener('pagehide', hidden)
    const endings = [
      here.tabs.on((message) => {
        if (message.type === 'draft') void reread(here, message.conversation).catch(() => {})
      }),
      // The list comes later than the drafts.
      here.client.on('conversations', () => {
        for (const [conversation, draft] of byConversation) set(conversation, draft)
      }),
    ]
    void restore(here).catch(() => {})
    return () => {
      for (const end of endings) end()
      document.removeEventListener('visibilitychange', hidden)
      globalThis.removeEventListener('pagehide', hidden)
      clearTimeout(timer)
      timer = undefined
      unsaved.clear()
      byConversation.clear()
    }
  })

  return { draft, save, drop, flush }
})

function of({ text, replyTo, editing, attachments }: DraftRow): Draft {
  return { text, replyTo, editing, attachments }
}
