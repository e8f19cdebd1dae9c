/**
 * What one may do with messages. The rule: the same rules the server keeps, so that nothing is offered that would be
 * refused.
 */
import { computed, type ComputedRef } from 'vue'

import { useConversationsStore } from '@/stores/conversations'
import type { MessageRow } from '@/stores/types'

const EDIT_MS = 24 * 3_600_000
const RECALL_MS = 120_000
const EDITABLE = new Set(['text', 'markdown', 'image', 'file', 'voice'])

export interface Rights {
  write: boolean
  pin: boolean
  /** Recall what others wrote, at any time. */
  recallAll: boolean
}

/** In a conversation, by its kind, its settings and one's role. */
export function useRights(conversation: () => string): ComputedRef<Rights> {
  const conversations = useConversationsStore()
  return computed(() => {
    const summary = conversations.byId.get(conversation())
    if (!summary) return { write: true, pin: false, recallAll: false }
    const runs = summary.role === 'owner' || summary.role === 'admin'
    const direct = summary.kind === 'direct'
    const post = direct ? undefined : conversations.detailsOf(summary.id)?.post
    const closed = post ? post === 'admins' : summary.kind === 'channel'
    return { write: direct || runs || !closed, pin: direct || runs, recallAll: runs && !direct }
  })
}

/** Stored and not taken back: it can be answered, forwarded and so on. */
export function isLive(row: MessageRow): row is MessageRow & { seq: number } {
  return row.seq !== null && !row.recalled && !row.expired
}

export function mayEdit(row: MessageRow, rights: Rights, now = Date.now()): boolean {
  return isLive(row) && row.own && rights.write && EDITABLE.has(row.body.type) && now - row.at < EDIT_MS
}

export function mayRecall(row: MessageRow, rights: Rights, now = Date.now()): boolean {
  return isLive(row) && (rights.recallAll || (row.own && now - row.at < RECALL_MS))
}
