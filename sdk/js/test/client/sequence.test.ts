// Entries are handed on in order and once, whatever the order and number in which they come.
import { describe, expect, it } from 'vitest'

import { Sequence } from '../../src/client/sequence.js'
import type { Entry } from '../../src/index.js'

const entry = (seq: number): Entry => ({
  ev: 'message',
  conversation: 'c',
  seq,
  message: `c.${seq}`,
  sender: { id: 'u2', nick: 'bob' },
  at: seq,
  body: { type: 'text', text: `${seq}` },
})

/** A sequence, what it delivered, and how often it asked for repair. */
class Heard {
  seqs: number[] = []
  repairs = 0
  deliver = (entry: Entry) => void this.seqs.push(entry.seq)
  readonly sequence = new Sequence(
    (entry) => this.deliver(entry),
    () => (this.repairs += 1),
  )

  come(...seqs: number[]): void {
    for (const seq of seqs) this.sequence.entry(entry(seq))
  }

  /** A question to history, asked and answered. */
  page(seqs: number[], more = false): boolean {
    this.sequence.gap('c')
    return this.answer(seqs, more)
  }

  answer(seqs: number[], more = false): boolean {
    return this.sequence.fill('c', seqs.map(entry), more)
  }
}

const soon = () => new Promise((resolve) => setTimeout(resolve))

describe('live', () => {
  it('begins with the first that is heard of a conversation', async () => {
    const heard = new Heard()
    heard.come(5, 6, 7)
    await soon()
    expect([heard.seqs, heard.repairs]).toEqual([[5, 6, 7], 0])
    expect(heard.sequence.cursors()).toEqual({ c: 7 })
  })

  it('hands on once what comes twice', () => {
    const heard = new Heard()
    heard.come(5, 6, 6, 5, 7)
    expect(heard.seqs).toEqual([5, 6, 7])
  })

  it('does not hand on what is known already', () => {
    const heard = new Heard()
    heard.sequence.advanceTo('c', 6)
    heard.come(5, 6, 7)
    expect(heard.seqs).toEqual([7])
  })

  it('hands on the first thing heard where only the end of the log is known', () => {
    const heard = new Heard()
    heard.sequence.expectAfter('c', 6)
    heard.come(6, 7)
    expect(heard.seqs).toEqual([6, 7])
  })

  it('counts from the end of the log once hello has told it', async () => {
    const heard = new Heard()
    heard.sequence.expectAfter('c', 6)
    expect(heard.sequence.cursors()).toEqual({ c: 6 })
    heard.come(8)
    await soon()
    expect([heard.seqs, heard.repairs]).toEqual([[], 1])
  })

  it('forgets a conversation, and begins anew', () => {
    const heard = new Heard()
    heard.come(5)
    heard.sequence.forget('c')
    heard.come(3)
    expect(heard.seqs).toEqual([5, 3])
  })
})

describe('gaps', () => {
  it('shows nothing after a gap until it is filled', async () => {
    const heard = new Heard()
    heard.come(1, 4, 5)
    await soon()
    expect([heard.seqs, heard.repairs]).toEqual([[1], 1])
    expect(heard.sequence.gap('c')).toEqual({ after: 1, before: 4 })
    expect(heard.answer([2, 3, 4], true)).toBe(true)
    heard.come(6)
    expect(heard.seqs).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('fills one that is longer than a page', async () => {
    const heard = new Heard()
    heard.come(1, 7)
    expect(heard.page([2, 3], true)).toBe(false)
    expect(heard.page([4, 5], true)).toBe(false)
    expect(heard.page([6], true)).toBe(true)
    await soon()
    expect([heard.seqs, heard.repairs]).toEqual([[1, 2, 3, 4, 5, 6, 7], 1])
  })

  it('does not wait for what history does not give', () => {
    const heard = new Heard()
    heard.come(1, 10, 12)
    expect(heard.page([8])).toBe(true)
    expect(heard.seqs).toEqual([1, 8, 10, 12])
  })

  it('fills a second one behind the first', () => {
    const heard = new Heard()
    heard.come(1, 3, 5)
    expect(heard.page([2], true)).toBe(false)
    expect(heard.seqs).toEqual([1, 2, 3])
    expect(heard.page([4, 5, 6], false)).toBe(true)
    expect(heard.seqs).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('drops what was held when the connection is lost', () => {
    const heard = new Heard()
    heard.come(1, 3)
    heard.sequence.reset()
    expect(heard.answer([2, 3])).toBe(true)
    expect(heard.seqs).toEqual([1])
    heard.come(2, 3)
    expect(heard.seqs).toEqual([1, 2, 3])
  })

  it('reads to the end when the server says that something was left out', () => {
    const heard = new Heard()
    heard.come(1)
    heard.sequence.lost('c', 1)
    heard.come(400)
    expect(heard.sequence.gap('c')).toEqual({ after: 1, before: null })
    expect(heard.answer([2, 3], true)).toBe(false)
    expect(heard.answer([4, 400, 401], false)).toBe(true)
    expect(heard.seqs).toEqual([1, 2, 3, 4, 400, 401])
  })

  it('takes an answer to an older question for no end', () => {
    const heard = new Heard()
    heard.come(1, 3)
    heard.sequence.gap('c')
    heard.sequence.lost('c', 3) // while the question is on its way
    expect(heard.answer([2, 3], false)).toBe(false)
    expect(heard.seqs).toEqual([1, 2, 3])
    expect(heard.page([4, 5])).toBe(true)
    expect(heard.seqs).toEqual([1, 2, 3, 4, 5])
  })

  it('holds only so many, and asks for the others', () => {
    const heard = new Heard()
    heard.come(1)
    const all = Array.from({ length: 1000 }, (_, i) => i + 3)
    heard.come(...all)
    let next = 2
    while (
      !heard.page(
        Array.from({ length: 100 }, (_, i) => next + i).filter((s) => s <= 1002),
        next + 100 <= 1002,
      )
    ) {
      next += 100
    }
    expect(heard.seqs).toEqual(Array.from({ length: 1002 }, (_, i) => i + 1))
  })

  it('stops handing on when a listener forgets the conversation', () => {
    const heard = new Heard()
    heard.come(1, 4)
    heard.deliver = (entry) => {
      heard.seqs.push(entry.seq)
      if (entry.seq === 2) heard.sequence.forget('c')
    }
    expect(heard.page([2, 3])).toBe(true)
    expect(heard.seqs).toEqual([1, 2])
  })

  it('lets a page that was read otherwise close it', () => {
    const heard = new Heard()
    heard.come(1, 4, 5)
    heard.sequence.advanceTo('c', 3)
    expect(heard.seqs).toEqual([1, 4, 5])
  })
})

describe("one's own", () => {
  it('stands in the place of the event', async () => {
    const heard = new Heard()
    heard.come(1)
    heard.sequence.own('c', 2, entry(2))
    heard.come(3)
    await soon()
    expect([heard.seqs, heard.repairs]).toEqual([[1, 2, 3], 0])
  })

  it('is asked for when only its seq is known, and what follows waits', async () => {
    const heard = new Heard()
    heard.come(1)
    heard.sequence.own('c', 2, null)
    heard.come(3)
    await soon()
    expect([heard.seqs, heard.repairs]).toEqual([[1], 1])
    expect(heard.page([2, 3])).toBe(true)
    expect(heard.seqs).toEqual([1, 2, 3])
  })

  it('is asked for again when it came to be after the question', () => {
    const heard = new Heard()
    heard.come(1)
    heard.sequence.own('c', 2, null)
    heard.sequence.gap('c')
    heard.sequence.own('c', 3, null)
    heard.come(4)
    expect(heard.answer([2])).toBe(false)
    expect(heard.seqs).toEqual([1, 2])
    expect(heard.page([3, 4])).toBe(true)
    expect(heard.seqs).toEqual([1, 2, 3, 4])
  })

  it('means nothing when it is about something known', async () => {
    const heard = new Heard()
    heard.come(5)
    heard.sequence.own('c', 3, null)
    await soon()
    expect([heard.seqs, heard.repairs]).toEqual([[5], 0])
  })

  it('begins a conversation', () => {
    const heard = new Heard()
    heard.sequence.own('c', 9, null)
    expect(heard.page([9])).toBe(true)
    expect(heard.seqs).toEqual([9])
  })
})
