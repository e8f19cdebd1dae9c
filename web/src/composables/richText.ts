/**
 * Plain text, taken apart for the page: words, links, mentions. The rule: what comes out are strings for text nodes and
 * addresses that were checked; nothing here makes HTML, so nothing a user wrote can become markup.
 */

export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mention'; text: string; user: string }

/** Who `@nick` is: a user id, `*` for everybody, or null if it mentions nobody. */
export type MentionResolver = (nick: string) => string | null

// An address ends at a space, a quote, an angle bracket, or the punctuation of Chinese and Japanese texts, which is
// written without a space before it.
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"'`，。！？、；：（）《》「」『』【】“”‘’]+/giu
const MENTION = /(?<![\p{L}\p{N}_@.\-/])@([\p{L}\p{N}][\p{L}\p{N}_.-]{0,31})/gu
const CLOSERS: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

/** The address if it is one a page may lead to (http, https), else null: `javascript:` and its like are not. */
export function safeAddress(address: string | null | undefined): string | null {
  if (!address) return null
  try {
    const url = new URL(address)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
  } catch {
    return null
  }
}

/** Like `safeAddress`, with the mail addresses that markdown may hold. */
export function safeTarget(address: string): string | null {
  return /^mailto:[^\s<>"]+$/i.test(address) ? address : safeAddress(address)
}

/** Takes off what belongs to the sentence and not to the address: a full stop, an unopened bracket. */
function trimmed(address: string): string {
  let end = address.length
  while (end > 0) {
    const last = address[end - 1] as string
    const opener = CLOSERS[last]
    const before = address.slice(0, end)
    const dangling = opener !== undefined && before.split(opener).length < before.split(last).length
    if (!dangling && !'.,;:!?*_~'.includes(last)) break
    end -= 1
  }
  return address.slice(0, end)
}

function withMentions(text: string, resolve: MentionResolver | undefined, into: Segment[]): void {
  if (!text) return
  let from = 0
  for (const found of resolve ? text.matchAll(MENTION) : []) {
    // The dot and dash that end a sentence are no part of a nick.
    const nick = (found[1] as string).replace(/[.-]+$/, '')
    const user = resolve?.(nick)
    if (!user) continue
    if (found.index > from) into.push({ kind: 'text', text: text.slice(from, found.index) })
    into.push({ kind: 'mention', text: `@${nick}`, user })
    from = found.index + nick.length + 1
  }
  if (from < text.length) into.push({ kind: 'text', text: text.slice(from) })
}

/** The pieces of `text` in their order; joined, their texts are `text` again. */
export function segments(text: string, resolve?: MentionResolver): Segment[] {
  const pieces: Segment[] = []
  let from = 0
  for (const found of text.matchAll(ADDRESS)) {
    const shown = trimmed(found[0])
    const href = safeAddress(/^www\./i.test(shown) ? `https://${shown}` : shown)
    // "www." within a word or alone is no address; nor is a scheme with nothing behind it.
    if (!href || !/[\p{L}\p{N}]\.?[\p{L}\p{N}:[]/u.test(shown.replace(/^(https?:\/\/|www\.)/i, ''))) continue
    withMentions(text.slice(from, found.index), resolve, pieces)
    pieces.push({ kind: 'link', text: shown, href })
    from = found.index + shown.length
  }
  withMentions(text.slice(from), resolve, pieces)
  return pieces
}

/** The first address in `text`, for the card below a message. */
export function firstLink(text: string): string | null {
  if (!/https?:\/\/|www\./i.test(text)) return null
  const link = segments(text).find((piece) => piece.kind === 'link')
  return link?.kind === 'link' ? link.href : null
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[#*0-9]\u{FE0F}?\u{20E3})/u

/** How many emoji `text` is, if it is nothing else and at most `most`; otherwise 0. */
export function emojiCount(text: string, most = 6): number {
  const bare = text.replace(/\s/g, '')
  // The longest emoji (a family, a flag of a region) has 14 units; longer texts need no look.
  if (!bare || bare.length > most * 14) return 0
  let count = 0
  for (const { segment } of graphemes.segment(bare)) {
    count += 1
    if (count > most || !EMOJI.test(segment)) return 0
  }
  return count
}
