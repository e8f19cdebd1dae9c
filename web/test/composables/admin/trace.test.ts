import { expect, test } from 'vitest'

import { messageId, stepsOf, type Trace } from '@/composables/admin/trace'

test.each([
  ['lobby.7', 'lobby.7'],
  ['  c01a20acc6f0b.12 ', 'c01a20acc6f0b.12'],
  ['https://tea.example.org/c/c01a2?seq=7', 'c01a2.7'],
  ['/c/lobby?panel=details&seq=12', 'lobby.12'],
  ['https://tea.example.org/c/lobby?seq=12#x', 'lobby.12'],
])('%s is %s', (pasted, id) => {
  expect(messageId(pasted)).toBe(id)
})

test.each(['', 'lobby', 'lobby.', 'https://tea.example.org/c/lobby', 'hello there.5 x'])(
  '%s is none',
  (pasted) => {
    expect(messageId(pasted)).toBeNull()
  },
)

test('the way of a message in order of time', () => {
  const member = (user: string, delivered_at: number, read_at: number) => ({
    user,
    nick: user,
    delivered: delivered_at > 0,
    delivered_at,
    read: read_at > 0,
    read_at,
    devices: [],
  })
  const trace: Trace = {
    message: 'lobby.7',
    conversation: 'lobby',
    seq: 7,
    kind: 'message',
    sender: { id: 'u1', nick: 'lu' },
    accepted: 100,
    recalled: false,
    members: [member('bob', 130, 180), member('mei', 120, 0), member('lin', 0, 0)],
    more: false,
  }
  expect(stepsOf(trace).map(({ at, what, nick }) => `${at} ${what} ${nick}`)).toEqual([
    '100 accepted lu',
    '120 delivered mei',
    '130 delivered bob',
    '180 read bob',
  ])
})
