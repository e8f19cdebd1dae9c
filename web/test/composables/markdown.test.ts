import { describe, expect, it } from 'vitest'

import { decodeHTMLStrict } from '@/composables/entities'
import { type MarkdownToken, parseMarkdown } from '@/composables/markdown'

const words = (tokens: MarkdownToken[]): string =>
  tokens.map((token) => (token.children ? words(token.children) : token.content)).join('')
const links = (tokens: MarkdownToken[]): (string | null)[] =>
  tokens.flatMap((token) =>
    token.type === 'link_open' ? [token.attrGet('href')] : links(token.children ?? []),
  )

describe('characters with a name', () => {
  it.each([
    ['&amp;', '&'],
    ['&lt;', '<'],
    ['&apos;', "'"],
    ['&nbsp;', '\u{a0}'],
    ['&yuml;', 'ÿ'],
    ['&OElig;', 'Œ'],
    ['&omega;', 'ω'],
    ['&mdash;', '—'],
    ['&euro;', '€'],
    ['&diams;', '♦'],
    ['&constructor;', '&constructor;'],
    ['&NotEqualTilde;', '&NotEqualTilde;'],
  ])('%s stands for %s', (written, meant) => {
    expect(decodeHTMLStrict(written)).toBe(meant)
    expect(words(parseMarkdown(`a ${written} b`))).toBe(`a ${meant} b`)
  })

  it('may be numbers', () => {
    expect(words(parseMarkdown('&#8364; &#x1F375; &#0;'))).toBe('€ 🍵 \u{fffd}')
  })
})

describe('addresses', () => {
  it('lead where a browser would go', () => {
    expect(links(parseMarkdown('[茶](https://茶馆.example/品茶)'))).toEqual([
      'https://xn--cl1ay07b.example/%E5%93%81%E8%8C%B6',
    ])
  })

  it('are shown as they were written', () => {
    const tokens = parseMarkdown('see <https://xn--cl1ay07b.example/>')
    expect(words(tokens)).toBe('see https://xn--cl1ay07b.example/')
  })

  it('that no browser knows stay words', () => {
    expect(words(parseMarkdown('<https://a b/>'))).toBe('<https://a b/>')
  })
})
