import { describe, expect, it } from 'vitest'

import { emojiCount, firstLink, safeAddress, safeTarget, segments } from '@/composables/richText'

const links = (text: string): string[] =>
  segments(text).flatMap((piece) => (piece.kind === 'link' ? [piece.text] : []))
const joined = (text: string): string =>
  segments(text, () => 'u1')
    .map((piece) => piece.text)
    .join('')

describe('safeAddress', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://tea.example/1',
    '//tea.example',
    'tea.example',
    '',
  ])('refuses %j', (address) => {
    expect(safeAddress(address)).toBeNull()
  })

  it('takes http and https', () => {
    expect(safeAddress('https://tea.example/a?b#c')).toBe('https://tea.example/a?b#c')
    expect(safeAddress('http://tea.example')).toBe('http://tea.example/')
  })

  it('takes mail only where it may stand', () => {
    expect(safeAddress('mailto:a@b.c')).toBeNull()
    expect(safeTarget('mailto:a@b.c')).toBe('mailto:a@b.c')
    expect(safeTarget('mailto:a@b.c"onclick="x')).toBeNull()
  })
})

describe('segments', () => {
  it.each([
    ['see https://tea.example.', ['https://tea.example']],
    ['(https://tea.example/a)', ['https://tea.example/a']],
    ['https://en.wikipedia.org/wiki/Tea_(plant)', ['https://en.wikipedia.org/wiki/Tea_(plant)']],
    ['看https://tea.example/茶，很好', ['https://tea.example/茶']],
    ['请看（https://tea.example/a）。', ['https://tea.example/a']],
    ['www.tea.example and http://a.b/?x=1&y=2!', ['www.tea.example', 'http://a.b/?x=1&y=2']],
    ['"https://tea.example"', ['https://tea.example']],
    ['https://', []],
    ['www.', []],
    ['no address', []],
    ['http://localhost:8080/x', ['http://localhost:8080/x']],
  ])('finds the addresses in %j', (text, found) => {
    expect(links(text)).toEqual(found)
  })

  it('gives a bare www address a scheme', () => {
    expect(segments('www.tea.example')).toEqual([
      { kind: 'link', text: 'www.tea.example', href: 'https://www.tea.example/' },
    ])
  })

  it.each([
    '<b>@x</b> https://a.b/<i>',
    '@a@b @c. 你好@小红，',
    '  \n\t https://a.b  \n',
    '@',
    '@@x',
    'a@b.c',
  ])('loses nothing of %j', (text) => {
    expect(joined(text)).toBe(text)
  })

  it('finds only those mentions that are some', () => {
    const resolve = (nick: string) => ({ bob: 'u1', 小红: 'u2' })[nick] ?? null
    expect(segments('hi @bob, mail a@bob @eve @小红。', resolve).filter((p) => p.kind === 'mention')).toEqual(
      [
        { kind: 'mention', text: '@bob', user: 'u1' },
        { kind: 'mention', text: '@小红', user: 'u2' },
      ],
    )
  })

  it('does not take the end of a sentence for a part of the nick', () => {
    expect(segments('@bob.', (nick) => (nick === 'bob' ? 'u1' : null))).toEqual([
      { kind: 'mention', text: '@bob', user: 'u1' },
      { kind: 'text', text: '.' },
    ])
  })

  it('takes no mention out of an address', () => {
    expect(segments('https://a.b/@bob', () => 'u1')).toHaveLength(1)
  })
})

describe('firstLink', () => {
  it('is the first', () => expect(firstLink('a https://x.y b https://z.z')).toBe('https://x.y/'))
  it('is null without one', () => expect(firstLink('plain')).toBeNull())
})

describe('emojiCount', () => {
  it.each([
    ['🍵', 1],
    ['👨‍👩‍👧‍👦', 1],
    ['🇨🇳 ❤️ 1️⃣', 3],
    ['👍🏽👍🏿', 2],
    ['🍵🍵🍵🍵🍵🍵🍵', 0],
    ['tea 🍵', 0],
    ['12', 0],
    ['', 0],
    ['茶', 0],
  ])('counts %s as %i', (text, count) => {
    expect(emojiCount(text)).toBe(count)
  })
})
