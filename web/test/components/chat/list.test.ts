import { describe, expect, it } from 'vitest'

import ConversationRow from '@/components/chat/list/ConversationRow.vue'
import { filterConversations } from '@/composables/conversationFilter'
import type { LastMessage, Summary } from '@/stores/types'

import { mountChat } from './mounting'

const ALICE = { id: 'u1', nick: 'alice' }

function summary(fields: Partial<Summary> = {}): Summary {
  return {
    id: 'c1',
    kind: 'group',
    title: 'Tasting',
    peer: null,
    role: 'member',
    lastMessage: null,
    lastAt: 0,
    lastSeq: 9,
    readSeq: 9,
    clearedSeq: 0,
    unread: 0,
    mentions: 0,
    pinned: false,
    muted: false,
    archived: false,
    draft: '',
    typing: [],
    avatar: null,
    expiresS: 0,
    ...fields,
  }
}
function last(fields: Partial<LastMessage> = {}): LastMessage {
  const body = { type: 'text', text: '<b>tea</b>' }
  return {
    seq: 9,
    sender: ALICE,
    at: Date.now(),
    body,
    recalled: false,
    own: false,
    mark: null,
    bot: false,
    ...fields,
  }
}
const shown = (fields: Partial<Summary>, current = false) =>
  mountChat(ConversationRow, { summary: summary(fields), current, active: true })
const text = (fields: Partial<Summary>, current = false): string =>
  shown(fields, current).text().replace(/\s+/g, ' ')

describe('a conversation in the list', () => {
  it('shows what was said last, by whom, as text', () => {
    expect(text({ lastMessage: last() })).toContain('alice: <b>tea</b>')
    expect(text({ lastMessage: last({ own: true, mark: 'sent' }) })).toContain('You: <b>tea</b>')
    expect(text({ kind: 'direct', peer: ALICE, lastMessage: last() })).not.toContain('alice:')
    expect(text({ lastMessage: last({ recalled: true }) })).toContain('Message recalled')
    expect(text({})).toContain('No messages yet')
  })

  it('shows who is writing before a draft, and a draft before what was said', () => {
    const fields = { lastMessage: last(), draft: 'unsent' }
    expect(text({ ...fields, typing: [ALICE] })).toContain('alice is typing')
    expect(text(fields)).toContain('Draft: unsent')
    expect(text(fields, true)).not.toContain('unsent')
  })

  it('says how much is unread and that one is mentioned, in words too', () => {
    const words = text({ unread: 120, mentions: 2 })
    expect(words).toContain('99+')
    expect(words).toContain('120 unread messages')
    expect(shown({ unread: 1, mentions: 2 }).find('[aria-label="You are mentioned 2 times"]').exists()).toBe(
      true,
    )
  })

  it('says which one is open', () => {
    expect(shown({}, true).get('a').attributes('aria-current')).toBe('page')
    expect(shown({}).get('a').attributes('aria-current')).toBeUndefined()
  })
})

describe('the filter', () => {
  const list = ['Tasting club', 'Café Zürich', '龙井茶馆'].map((title, id) =>
    summary({ id: String(id), title }),
  )
  it.each([
    ['', 3],
    ['club tast', 1],
    ['cafe zurich', 1],
    ['茶馆', 1],
    ['ｃａｆｅ', 1],
    ['coffee', 0],
  ])('%j finds %i', (query, count) => {
    expect(filterConversations(list, query)).toHaveLength(count)
  })
})
