import { expect, it } from 'vitest'
import type { MessageEntry, OutboxRecord } from 'teahouse-client'

import { Timeline, type Said } from '../../widget/timeline'

const NOON = new Date(2026, 10, 25, 12).getTime()

function message(seq: number, sender: string, more: Partial<MessageEntry> = {}): MessageEntry {
  return {
    ev: 'message',
    conversation: 'c',
    seq,
    message: `m${seq}`,
    sender: { id: sender, nick: sender },
    at: NOON + seq * 1000,
    body: { type: 'text', text: `says ${seq}` },
    ...more,
  }
}

function waiting(cid: string, order = 1): OutboxRecord {
  return { cid, message: { to: 'c', text: cid }, created: NOON + 60_000, order }
}

function said(timeline: Timeline): Said[] {
  return timeline.rows().filter((row): row is Said => row.kind === 'said')
}

function begun(): Timeline {
  const timeline = new Timeline()
  timeline.me = 'me'
  return timeline
}

it('tells who speaks, groups them, and draws a line between days', () => {
  const timeline = begun()
  timeline.take(message(1, 'me', { at: NOON - 86_400_000 }))
  timeline.take(message(3, 'desk'))
  timeline.take(message(4, 'desk'))
  timeline.take(message(5, 'bob', { at: NOON + 3_600_000 }))
  expect(timeline.rows().map((row) => row.kind)).toEqual(['day', 'said', 'day', 'said', 'said', 'said'])
  expect(said(timeline).map(({ author, first }) => [author, first])).toEqual([
    ['own', true],
    ['bot', true],
    ['bot', false],
    ['agent', true],
  ])
})

it('shows a message once from the moment it is written, under one key', () => {
  const timeline = begun()
  timeline.wait(waiting('k'), 'sending')
  const [before] = said(timeline)
  expect(before).toMatchObject({ sending: 'sending', body: { text: 'k' } })
  timeline.stored('k', 7)
  expect(said(timeline)[0]).toMatchObject({ sending: 'sent', key: before!.key })
  timeline.take(message(7, 'me')) // as history has it, without the key
  expect(said(timeline)).toMatchObject([{ key: before!.key, sending: 'sent', body: { text: 'says 7' } }])
})

it('does not show it twice if the entry is first', () => {
  const timeline = begun()
  timeline.wait(waiting('k'), 'sending')
  timeline.take(message(7, 'me'))
  timeline.stored('k', 7)
  expect(said(timeline)).toHaveLength(1)
})

it('puts what waits after what is there, in order, and says what failed', () => {
  const timeline = begun()
  timeline.wait(waiting('b', 2), 'failed')
  timeline.wait(waiting('a', 1), 'sending')
  timeline.take(message(9, 'desk'))
  expect(said(timeline).map((row) => row.sending)).toEqual([null, 'sending', 'failed'])
})

it('lays edits and recalls over what was said', () => {
  const timeline = begun()
  timeline.take(message(1, 'bob'))
  timeline.take(message(2, 'bob'))
  const later = { conversation: 'c', message: 'x', sender: { id: 'bob', nick: 'bob' }, at: NOON }
  timeline.take({ ...later, ev: 'edit', ref: 1, seq: 3, body: { type: 'text', text: 'better' } })
  timeline.take({ ...later, ev: 'recall', ref: 2, seq: 4 })
  expect(said(timeline).map((row) => row.body?.text)).toEqual(['better', undefined])
})

it('counts what others said since one looked, once', () => {
  const timeline = begun()
  for (const entry of [message(1, 'desk'), message(2, 'me'), message(3, 'bob')]) timeline.take(entry)
  expect(timeline.take(message(3, 'bob'))).toBe(false)
  expect([timeline.unread(0), timeline.unread(1), timeline.unread(3)]).toEqual([2, 1, 0])
})
