import { describe, expect, it } from 'vitest'

import MessageRow from '@/components/chat/timeline/MessageRow.vue'
import SystemLine from '@/components/chat/timeline/SystemLine.vue'
import { timelineItems } from '@/composables/timelineItems'
import type { MessageRow as Row } from '@/stores/types'

import { mountChat } from './mounting'
import { message, system } from './rows'

function shown(fields: Partial<Row>, more: Record<string, unknown> = {}) {
  const row = message(fields)
  const [item] = timelineItems([row], null)
  return mountChat(MessageRow, { row, item, kind: 'group', canReact: true, canReply: true, ...more })
}
const mark = (fields: Partial<Row>): string | undefined =>
  shown({ own: true, ...fields }, { kind: 'direct' })
    .find('[data-mark]')
    .attributes('aria-label')

describe('marks', () => {
  it.each([
    [{ state: 'waiting', seq: null, cid: 'x' }, 'Waiting to be sent'],
    [{ state: 'sending', seq: null, cid: 'x' }, 'Waiting to be sent'],
    [{ state: 'failed', seq: null, cid: 'x' }, 'Not sent'],
    [{ state: 'sent', mark: 'sent' }, 'Sent'],
    [{ state: 'sent', mark: 'delivered' }, 'Delivered'],
    [{ state: 'sent', mark: 'read' }, 'Read'],
  ] as const)('of %j', (fields, label) => {
    expect(mark(fields)).toBe(label)
  })

  it('are on one’s own messages only', () => {
    expect(shown({ own: false, mark: 'read' }).find('[data-mark]').exists()).toBe(false)
  })

  it('tell in groups how many have read it', () => {
    const button = shown({ own: true, mark: 'read', readCount: 3 }).get('button[data-mark]')
    expect(button.attributes('aria-label')).toBe('Read by 3 people')
  })
})

describe('a message', () => {
  it('that failed says why and what can be done', async () => {
    const wrapper = shown({
      own: true,
      seq: null,
      cid: 'x',
      state: 'failed',
      error: { code: 'muted', message: 'server words' },
    })
    expect(wrapper.get('[role="alert"]').text()).toContain('you may not write here at the moment')
    expect(wrapper.get('[role="alert"]').findAll('button')).toHaveLength(2)
  })

  it('that was recalled shows nothing of what it was', () => {
    const wrapper = shown({ recalled: true, body: { type: '' }, reactions: [], replyTo: 4 })
    expect(wrapper.text()).toContain('This message was recalled')
    expect(shown({ expired: true, body: { type: '' } }).text()).toContain('time is over')
    expect(wrapper.text()).not.toContain('hello')
  })

  it('shows what it answers, even if that is not known', () => {
    const quote = {
      seq: 4,
      sender: { id: 'u2', nick: 'bob' },
      type: 'text',
      text: '<b>tea</b>',
      recalled: false,
    }
    expect(shown({ replyTo: 4, quote }).text()).toContain('bob<b>tea</b>')
    expect(shown({ replyTo: 4, quote: { ...quote, recalled: true } }).text()).toContain('Message recalled')
    expect(shown({ replyTo: 4, quote: null }).text()).toContain('An earlier message')
  })

  it('names its author in groups, and not in direct conversations', () => {
    expect(shown({}).text()).toContain('alice')
    expect(shown({}, { kind: 'direct' }).text()).not.toContain('alice')
  })

  it('says that it was edited, forwarded, pinned, that it is important and goes away', () => {
    const wrapper = shown({
      edited: 1,
      pinned: true,
      high: true,
      expiresAt: 1_795_477_600_000,
      forwarded: { nick: 'carol', at: 1 },
    })
    const labels = wrapper.findAll('[role="img"]').map((icon) => icon.attributes('aria-label'))
    expect(labels.slice(0, 2)).toEqual(['Important', 'Pinned'])
    expect(labels[2]).toMatch(/^Goes away/)
    expect(wrapper.text()).toContain('edited')
    expect(wrapper.text()).toContain('Forwarded from carol')
  })

  it('shows reactions with who put them there, one’s own pressed', () => {
    const reactions = [
      { emoji: '🍵', count: 2, mine: false, users: ['u1', 'u2'] },
      { emoji: '👍', count: 1, mine: true, users: ['u3'] },
    ]
    const pressed = shown({ reactions })
      .findAll('[aria-pressed]')
      .map((button) => button.attributes('aria-pressed'))
    expect(pressed).toEqual(['false', 'true'])
  })
})

describe('what the system says', () => {
  const said = (fields: Parameters<typeof system>[0], locale = 'en') =>
    mountChat(SystemLine, { row: system(fields) }, { locale }).text()
  const bob = { id: 'u2', nick: 'bob' }

  it.each([
    [{ change: 'joined', sender: bob }, 'bob joined'],
    [{ change: 'invited' }, 'alice added bob'],
    [{ change: 'kicked' }, 'alice removed bob'],
    [{ change: 'banned', reason: '<b>spam</b>' }, 'alice banned bob · <b>spam</b>'],
    [{ change: 'role', role: 'admin' }, 'alice made bob admin'],
    [
      { event: 'conversation', change: 'created', user: null, title: '{x} @y | z' },
      'alice created “{x} @y | z”',
    ],
    [
      { event: 'conversation', change: 'expires', user: null, expiresS: 86_400 },
      'alice set new messages to go away after 1 day',
    ],
    [{ event: 'conversation', change: 'expires', user: null, expiresS: 0 }, 'alice set new messages to stay'],
    [{ event: 'pin', change: 'on', user: null, ref: 3 }, 'alice pinned a message'],
    [{ change: 'ascended' }, 'alice changed something.'],
  ] as const)('%j', (fields, sentence) => {
    expect(said(fields)).toBe(sentence)
  })

  it('in Chinese, too', () => {
    expect(said({ change: 'invited' }, 'zh-CN')).toBe('alice 邀请 bob 加入')
  })
})
