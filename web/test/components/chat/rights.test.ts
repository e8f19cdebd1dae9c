import { describe, expect, it } from 'vitest'

import { isLive, mayEdit, mayRecall, type Rights } from '@/components/chat/messageRights'

import { message } from './rows'

const NOW = 1_800_000_000_000
const MEMBER: Rights = { write: true, pin: false, recallAll: false }
const ADMIN: Rights = { write: true, pin: true, recallAll: true }
const ago = (seconds: number, more = {}) => message({ own: true, at: NOW - seconds * 1000, ...more })

describe('what may be done with a message', () => {
  it('nothing with what is not stored, or not any more', () => {
    for (const row of [
      message({ seq: null, cid: 'x' }),
      message({ recalled: true }),
      message({ expired: true }),
    ]) {
      expect(isLive(row)).toBe(false)
      expect(mayEdit({ ...row, own: true }, ADMIN, row.at)).toBe(false)
      expect(mayRecall({ ...row, own: true }, ADMIN, row.at)).toBe(false)
    }
  })

  it('edits: one’s own words, for a day, where one may write', () => {
    expect(mayEdit(ago(86_399), MEMBER, NOW)).toBe(true)
    expect(mayEdit(ago(86_400), MEMBER, NOW)).toBe(false)
    expect(mayEdit(ago(1, { own: false }), ADMIN, NOW)).toBe(false)
    expect(mayEdit(ago(1), { ...MEMBER, write: false }, NOW)).toBe(false)
    expect(mayEdit(ago(1, { body: { type: 'card', title: 'T' } }), MEMBER, NOW)).toBe(false)
  })

  it('recalls: one’s own for two minutes, everybody’s at any time by whoever runs it', () => {
    expect(mayRecall(ago(119), MEMBER, NOW)).toBe(true)
    expect(mayRecall(ago(120), MEMBER, NOW)).toBe(false)
    expect(mayRecall(ago(1, { own: false }), MEMBER, NOW)).toBe(false)
    expect(mayRecall(ago(9_999, { own: false }), ADMIN, NOW)).toBe(true)
  })
})
