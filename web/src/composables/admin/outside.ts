/** Conversations and connections from outside, for administrators: how large they are, not what was said. */
import type { Schemas } from 'teahouse-client'

import { rest } from '@/api/rest'

export type OutsideRow = Schemas['OutsideRow']
export type PlaceRow = Schemas['PlaceRow']
export type SessionRow = Schemas['SessionRow']
export type OutsideKind = '' | 'direct' | 'group' | 'channel' | 'room'

export async function conversationPage(query: string, kind: OutsideKind, after: string | null) {
  const page = await rest.GET('/api/v1/admin/conversations', {
    params: { query: { query, kind, ...(after && { after }) } },
  })
  return {
    rows: page.conversations,
    next: page.more ? (page.conversations.at(-1)?.conversation ?? null) : null,
  }
}

export async function placesPage(conversation: string, after: string | null) {
  const page = await rest.GET('/api/v1/admin/conversations/{conversation}', {
    params: { path: { conversation }, query: after ? { after } : {} },
  })
  return { rows: page.members, next: page.more ? (page.members.at(-1)?.user ?? null) : null }
}

export const endConversation = (conversation: string): Promise<unknown> =>
  rest.DELETE('/api/v1/admin/conversations/{conversation}', { params: { path: { conversation } } })

export async function sessionPage(user: string, after: string | null) {
  const page = await rest.GET('/api/v1/admin/sessions', {
    params: { query: { ...(user && { user }), ...(after && { after }) } },
  })
  return { rows: page.sessions, next: page.more ? (page.sessions.at(-1)?.session ?? null) : null }
}

export const cutSession = (session: string): Promise<unknown> =>
  rest.DELETE('/api/v1/admin/sessions/{session}', { params: { path: { session } } })
