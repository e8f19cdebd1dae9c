/**
 * What the word before the caret asks for: `@bob` a member, `:tea` an emoji, `/me` a command. The rule: only the text
 * up to the caret is looked at, and only what the server would take for a mention or a command is one here, too.
 */

export type TokenKind = 'mention' | 'emoji' | 'slash'

export interface Token {
  kind: TokenKind
  /** Without its sign. */
  query: string
  start: number
  end: number
}

export interface Edited {
  text: string
  caret: number
}

// The server's rule for a mention is `(?<![\w@.])@`. Chinese is written without spaces, so that "你好@" asks as well:
// then a space is put before the name, without which the server would not see it.
const MENTION = /(?<![A-Za-z0-9_@.])@([\p{L}\p{N}_.-]{0,32})$/u
// After a space only, so that neither "10:30" nor "注意:" makes Enter take an emoji instead of sending.
const EMOJI = /(?<=^|\s):([\p{L}\p{N}_+-]{2,32}|\p{Script=Han})$/u
const CLOSED_EMOJI = /(?<=^|\s):([\p{L}\p{N}_+-]{1,40}):$/u
const SLASH = /^\/([\p{L}\p{N}_-]{0,32})$/u
const LETTER = /[\p{L}\p{N}_]$/u

export function tokenAt(text: string, caret: number): Token | null {
  const before = text.slice(0, caret)
  const token = (kind: TokenKind, query: string): Token => ({
    kind,
    query,
    start: caret - query.length - 1,
    end: caret,
  })
  const slash = SLASH.exec(before)
  if (slash) return token('slash', slash[1] ?? '')
  const mention = MENTION.exec(before)
  if (mention) return token('mention', mention[1] ?? '')
  const emoji = EMOJI.exec(before)
  if (emoji) return token('emoji', emoji[1] ?? '')
  return null
}

/** `:wave:`, just closed: the name between the colons, to be replaced if there is such an emoji. */
export function closedEmoji(text: string, caret: number): Token | null {
  const found = CLOSED_EMOJI.exec(text.slice(0, caret))
  if (!found) return null
  const query = found[1] ?? ''
  return { kind: 'emoji', query, start: caret - query.length - 2, end: caret }
}

/** Puts `insertion` in the place of the token; a word that is followed by nothing gets a space. */
export function complete(text: string, token: Token, insertion: string): Edited {
  const before = text.slice(0, token.start)
  const after = text.slice(token.end)
  const apart = token.kind === 'mention' && LETTER.test(before) ? ' ' : ''
  const space = /^\s/.test(after) ? '' : ' '
  const head = before + apart + insertion + space
  return { text: head + after, caret: head.length + (space ? 0 : 1) }
}
