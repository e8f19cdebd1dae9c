/**
 * All emoji, to be looked at by group and to be found by their names. Data is emojibase's, loaded when it is needed
 * first, in the language shown. In Chinese an emoji is also found by its Pinyin, in both by the short names that
 * everybody knows from elsewhere (`:tea:`).
 */

import { canDraw } from './emojiSupport'

export interface Emoji {
  emoji: string
  /** In the language shown. */
  name: string
  /** The short name, as between colons. */
  code: string
  group: number
  /** With the five skin tones, light to dark; empty if it has none. */
  skins: readonly string[]
}

/** emojibase's numbers of the groups that people choose from ("components" are no emoji of their own). */
export const GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const
export type Group = (typeof GROUPS)[number]

interface Row {
  unicode: string
  hexcode: string
  label: string
  group?: number
  order?: number
  tags?: string[]
  skins?: { unicode: string; hexcode: string }[]
}
type Codes = Record<string, string | string[]>

interface Entry {
  emoji: Emoji
  codes: string[]
  name: string
  words: string[]
}

const TONES = ['1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF']
const COMPONENTS = 2
/**
 * As keyboards and other clients write it: the selector of the coloured form only where the plain one is not coloured,
 * so that the same emoji is the same text and two people's reactions count as one.
 */
export const qualified = (emoji: string): string => emoji.replace(/(\p{Emoji_Presentation})\uFE0F/gu, '$1')
const list = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

export class EmojiIndex {
  readonly groups: ReadonlyMap<number, readonly Emoji[]>
  private readonly entries: Entry[]
  private readonly byCode = new Map<string, Emoji>()
  private readonly bySelf = new Map<string, Emoji>()

  constructor(rows: readonly Row[], codes: Codes, alternatives: Codes = {}) {
    const known = rows.filter(
      (row) => row.group !== undefined && row.group !== COMPONENTS && canDraw(row.unicode, row.hexcode),
    )
    known.sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    this.entries = known.map((row) => this.entry(row, codes, alternatives))
    const groups = new Map<number, Emoji[]>()
    for (const { emoji, codes: names } of this.entries) {
      const group = groups.get(emoji.group) ?? []
      groups.set(emoji.group, group)
      group.push(emoji)
      this.bySelf.set(emoji.emoji, emoji)
      for (const skin of emoji.skins) this.bySelf.set(skin, emoji)
      for (const name of names) if (!this.byCode.has(name)) this.byCode.set(name, emoji)
    }
    this.groups = groups
  }

  private entry(row: Row, codes: Codes, alternatives: Codes): Entry {
    const short = list(codes[row.hexcode])
    const other = list(alternatives[row.hexcode])
    const name = row.label.toLowerCase()
    const emoji: Emoji = {
      emoji: qualified(row.unicode),
      name: row.label,
      code: short[0] ?? name.replace(/[^\p{L}\p{N}]+/gu, '_'),
      group: row.group ?? 0,
      skins: (row.skins ?? [])
        .filter((skin) => TONES.filter((tone) => skin.hexcode.includes(tone)).length === 1)
        .slice(0, TONES.length)
        .map((skin) => qualified(skin.unicode)),
    }
    const words = [...name.split(/[\s:,_-]+/), ...(row.tags ?? []), ...other]
    return { emoji, codes: [emoji.code, ...short, ...other], name, words }
  }

  /** The best first: exact name, beginning of a name, a word of it, anywhere in it. */
  find(query: string, limit = 60): Emoji[] {
    const wanted = query.trim().toLowerCase().replace(/^:|:$/g, '')
    if (!wanted) return []
    const spaced = wanted.replaceAll('_', ' ')
    const found: { emoji: Emoji; rank: number; at: number }[] = []
    this.entries.forEach((entry, at) => {
      const rank = rankOf(entry, wanted, spaced)
      if (rank > 0) found.push({ emoji: entry.emoji, rank, at })
    })
    found.sort((a, b) => b.rank - a.rank || a.at - b.at)
    return found.slice(0, limit).map((one) => one.emoji)
  }

  /** What stands between colons, exactly. */
  named(code: string): Emoji | null {
    return this.byCode.get(code.toLowerCase()) ?? null
  }

  /** What is known of this emoji, in whatever skin tone. */
  of(emoji: string): Emoji | null {
    return this.bySelf.get(qualified(emoji)) ?? null
  }
}

function rankOf(entry: Entry, wanted: string, spaced: string): number {
  if (entry.name === spaced || entry.codes.includes(wanted)) return 6
  if (entry.codes.some((code) => code.startsWith(wanted))) return 5
  if (entry.name.startsWith(spaced)) return 4
  if (entry.words.includes(wanted)) return 3
  if (entry.words.some((word) => word.startsWith(wanted))) return 2
  return wanted.length > 1 && entry.name.includes(spaced) ? 1 : 0
}

/** `emoji` in skin tone 1 (light) to 5 (dark), if it has them; 0 is the yellow one. */
export function toned(emoji: Emoji, tone: number): string {
  return (tone > 0 ? emoji.skins[tone - 1] : undefined) ?? emoji.emoji
}

const loaded = new Map<string, Promise<EmojiIndex>>()

async function load(language: string): Promise<EmojiIndex> {
  const codes = import('emojibase-data/en/shortcodes/github.json')
  if (language.startsWith('zh')) {
    const [rows, short, pinyin] = await Promise.all([
      import('emojibase-data/zh/compact.json'),
      codes,
      import('emojibase-data/zh/shortcodes/cldr.json'),
    ])
    return new EmojiIndex(rows.default as unknown as Row[], short.default as Codes, pinyin.default as Codes)
  }
  const [rows, short] = await Promise.all([import('emojibase-data/en/compact.json'), codes])
  return new EmojiIndex(rows.default as unknown as Row[], short.default as Codes)
}

/** The index in this language; one that could not be loaded is tried again. */
export function emojiIndex(language: string): Promise<EmojiIndex> {
  const known = loaded.get(language)
  if (known) return known
  const made = load(language)
  loaded.set(language, made)
  made.catch(() => loaded.delete(language))
  return made
}
