/** A plain search in what is kept here, for when the server cannot be asked: all words, without regard to case. */
import type { Hit, MessageEntry, SearchPage } from 'teahouse-client'

import type { Database } from './database'
import { isMessage, timely } from './fold'

export interface LocalQuestion {
  words: string
  conversation: string | null
  /** A user id or `@nick`. */
  from: string | null
}

/** So many entries are looked at; older ones are not found. */
const MOST_ENTRIES = 20_000
const SNIPPET = 120

const plain = (text: string): string => text.normalize('NFKC').toLowerCase()

export async function searchKept(
  database: Database,
  question: LocalQuestion,
  limit: number,
): Promise<SearchPage> {
  const words = plain(question.words).split(/\s+/u).filter(Boolean)
  const { conversation } = question
  const within = conversation
    ? IDBKeyRange.bound([conversation, 0], [conversation, Number.MAX_SAFE_INTEGER])
    : undefined
  const found: MessageEntry[] = []
  let at = await database.transaction('entries').store.openCursor(within, 'prev')
  for (let looked = 0; at && looked < MOST_ENTRIES; looked += 1) {
    if (isMessage(at.value) && matches(timely(at.value, Date.now()), words, question.from))
      found.push(at.value)
    at = await at.continue()
  }
  found.sort((one, other) => other.at - one.at)
  return { hits: found.slice(0, limit).map((entry) => hit(entry, words)), more: false, next: null }
}

function textOf(message: MessageEntry): string {
  const { body } = message
  return [body?.text, body?.title, body?.name].filter((part) => typeof part === 'string').join(' ')
}

function matches(message: MessageEntry, words: readonly string[], from: string | null): boolean {
  if (!message.body) return false
  const { id, nick } = message.sender
  if (from && from !== id && plain(from) !== `@${plain(nick)}`) return false
  const text = plain(textOf(message))
  return words.every((word) => text.includes(word))
}

/** A piece of the text around the first word, and where the words stand in it, counted in code points. */
function hit(entry: MessageEntry, words: readonly string[]): Hit {
  const points = [...textOf(entry).replace(/\s+/gu, ' ')]
  const first = indexOf(points, [...(words[0] ?? '')], 0)
  const start = Math.max(0, first - SNIPPET / 4)
  const piece = points.slice(start, start + SNIPPET)
  const marks = words.flatMap((word) => {
    const at = indexOf(piece, [...word], 0)
    return at < 0 ? [] : [[at, [...word].length] as [number, number]]
  })
  marks.sort((one, other) => one[0] - other[0])
  return { entry, snippet: piece.join(''), marks: marks as unknown as Hit['marks'] }
}

function indexOf(points: readonly string[], word: readonly string[], from: number): number {
  for (let at = from; at + word.length <= points.length; at += 1) {
    if (word.every((point, index) => plain(points[at + index]!) === point)) return at
  }
  return -1
}
