import type { Entry, MessageEntry } from 'teahouse-client'
import { describe, expect, it } from 'vitest'

import { consequences, folded, hiddenFrom, isMessage, isModification, timely } from '@/db/fold'

import { BOB, EVE, FakeLog, ME } from '../stores/fakes'

/** Folds entry by entry, as the client does. */
function incrementally(entries: readonly Entry[]): Map<number, Entry> {
  const known = new Map<number, Entry>()
  const message = (seq?: number): MessageEntry | undefined => {
    const found = seq === undefined ? undefined : known.get(seq)
    return found && isMessage(found) ? found : undefined
  }
  for (const entry of entries) {
    known.set(entry.seq, entry)
    const target = isModification(entry) ? message(entry.ref) : undefined
    const root = message((isMessage(entry) ? entry : target)?.thread)
    const quoting = target
      ? [...known.values()].filter(isMessage).filter((answer) => answer.reply_to === target.seq)
      : []
    for (const changed of consequences(entry, { target, root, quoting })) known.set(changed.seq, changed)
  }
  return known
}

/** Reactions in one order, and no difference between what is missing and what is empty. */
function comparable(entry: Entry): unknown {
  if (!isMessage(entry)) return entry.ev
  const { quote: _, ...rest } = entry
  const reactions = (entry.reactions ?? []).map(({ emoji, users }) => [emoji, [...users].sort()])
  return {
    ...rest,
    reactions: reactions.sort(),
    pinned: entry.pinned ?? false,
    replies: entry.replies ?? null,
  }
}

function randomLog(seed: number, length: number): { log: FakeLog; told: Entry[] } {
  let state = seed
  const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below
  const people = [ME, BOB, EVE]
  const log = new FakeLog()
  const told: Entry[] = []
  for (let step = 0; step < length; step += 1) {
    const sender = people[random(3)]!
    const standing = log
      .folded()
      .filter((entry): entry is MessageEntry => isMessage(entry) && !entry.recalled)
    const target = standing.length > 0 ? standing[random(standing.length)] : undefined
    const kind = random(10)
    if (!target || kind < 4) {
      const root = target && target.thread === undefined && random(3) === 0 ? { thread: target.seq } : {}
      const answer = target && random(3) === 0 ? { reply_to: target.seq } : {}
      told.push(log.say(sender, `m${step}`, { ...root, ...answer }))
    } else if (kind < 6) {
      const emoji = ['🍵', '👍'][random(2)]!
      const users = target.reactions?.find((one) => one.emoji === emoji)?.users ?? []
      told.push(log.add(sender, { ev: 'reaction', ref: target.seq, emoji, on: !users.includes(sender.id) }))
    } else if (kind < 8) {
      const mentions = random(2) ? { mentions: [BOB.id] } : {}
      told.push(
        log.add(sender, {
          ev: 'edit',
          ref: target.seq,
          body: { type: 'text', text: `e${step}` },
          ...mentions,
        }),
      )
    } else if (kind < 9) {
      told.push(log.add(sender, { ev: 'pin', ref: target.seq, on: !target.pinned }))
    } else {
      told.push(log.add(sender, { ev: 'recall', ref: target.seq }))
    }
  }
  return { log, told }
}

describe('the fold', () => {
  it.each(Array.from({ length: 40 }, (_, index) => index + 1))('is that of the whole log, log %i', (seed) => {
    const { log, told } = randomLog(seed, 120)
    const known = incrementally(told)
    for (const entry of log.folded()) {
      // A reply that was taken back loses what it answered in the log; here its place stays the same.
      const now = known.get(entry.seq)!
      expect(comparable(now), `entry ${entry.seq}`).toEqual(comparable(entry))
    }
  })

  it.each([3, 4, 5, 6, 7])('does not mind to hear the end twice, log %i', (seed) => {
    const { log, told } = randomLog(seed, 120)
    // A page shows messages as they are now; then what was heard since the page was asked for is applied to it.
    const known = new Map(log.folded().map((entry) => [entry.seq, entry]))
    for (const entry of told.slice(60)) {
      const target = isModification(entry) ? known.get(entry.ref) : undefined
      if (!isModification(entry) || !target || !isMessage(target)) continue
      known.set(target.seq, folded(target, entry))
    }
    for (const entry of log.folded()) expect(comparable(known.get(entry.seq)!)).toEqual(comparable(entry))
  })

  it('shows in answers what the answered message says now', () => {
    const log = new FakeLog()
    const message = log.say(ME, 'one') as MessageEntry
    const answer = {
      ...(log.say(BOB, 'two', { reply_to: 1 }) as MessageEntry),
      quote: { seq: 1, sender: ME },
    }
    const edit = log.add(ME, { ev: 'edit', ref: 1, body: { type: 'text', text: 'uno' } })
    const [now, quoting] = consequences(edit, { target: message, quoting: [answer] })
    expect(quoting?.quote).toEqual({ seq: 1, sender: ME, type: 'text', text: 'uno' })
    const recall = log.add(ME, { ev: 'recall', ref: 1 })
    const after = consequences(recall, { target: now!, quoting: [quoting!] })
    expect(after[1]?.quote).toEqual({ seq: 1, sender: ME, recalled: true })
    expect(JSON.stringify(after)).not.toContain('uno')
  })

  it('never brings back what was hidden or is over', () => {
    const log = new FakeLog()
    const message = log.say(BOB, 'secret', { expires_s: 10 }) as MessageEntry
    const hidden = hiddenFrom(message)
    const edit = log.add(BOB, { ev: 'edit', ref: 1, body: { type: 'text', text: 'again' } })
    expect(folded(hidden, edit as never)).toBe(hidden)
    expect(timely(message, message.at + 9_999)).toBe(message)
    expect(timely(message, message.at + 10_000)).toMatchObject({ recalled: true, expired: true })
    expect(timely(message, message.at + 10_000).body).toBeUndefined()
  })

  it('gives the very same message when nothing changes', () => {
    const log = new FakeLog()
    const message = log.say(BOB, 'x') as MessageEntry
    const on = log.add(ME, { ev: 'reaction', ref: 1, emoji: '🍵', on: true })
    const now = folded(message, on as never)
    expect(folded(now, on as never)).toBe(now)
    expect(folded(message, log.add(ME, { ev: 'pin', ref: 1, on: false }) as never)).toBe(message)
  })
})
