import { beforeAll, describe, expect, test } from 'vitest'

import { type EmojiIndex, emojiIndex, GROUPS, toned } from '@/components/composer/emojiIndex'

const firsts = (index: EmojiIndex, query: string, count = 5): string[] =>
  index.find(query, count).map((one) => one.emoji)

describe('in English', () => {
  let index: EmojiIndex
  beforeAll(async () => {
    index = await emojiIndex('en')
  })

  test('every group has some', () => {
    for (const group of GROUPS) expect(index.groups.get(group)?.length).toBeGreaterThan(20)
    expect(index.groups.has(2)).toBe(false)
  })

  test('found by name, by short name, by what it stands for', () => {
    expect(firsts(index, 'teapot')[0]).toBe('🫖')
    expect(firsts(index, 'tea', 1)[0]).toBe('🍵')
    expect(firsts(index, '+1')[0]).toBe('👍')
    expect(firsts(index, 'brew')).toContain('🫖')
    expect(firsts(index, 'TADA')[0]).toBe('🎉')
    expect(firsts(index, 'thumbs_up')[0]).toBe('👍')
    expect(index.find('nosuchthing')).toEqual([])
    expect(index.find('  ')).toEqual([])
  })

  test('exactly what stands between colons', () => {
    expect(index.named('tada')?.emoji).toBe('🎉')
    expect(index.named('tad')).toBeNull()
  })

  test('the same emoji is the same text as everywhere else', () => {
    expect(index.named('+1')?.emoji).toBe('\u{1F44D}')
    expect(index.of('\u{1F44D}\uFE0F')).toBe(index.named('+1'))
    // The plain heart is black and white, so that it keeps its selector.
    expect(index.named('heart')?.emoji).toBe('\u2764\uFE0F')
  })

  test('skin tones, and the way back from one', () => {
    const wave = index.named('wave')
    expect(wave && toned(wave, 3)).toBe('👋🏽')
    expect(wave && toned(wave, 0)).toBe('👋')
    expect(index.of('👋🏽')).toBe(wave)
    const tea = index.named('tea')
    expect(tea && toned(tea, 3)).toBe('🍵')
  })
})

describe('in Chinese', () => {
  let index: EmojiIndex
  beforeAll(async () => {
    index = await emojiIndex('zh-CN')
  })

  test('found by name, by Pinyin, and by the short name in English', () => {
    expect(firsts(index, '茶壶')[0]).toBe('🫖')
    expect(firsts(index, '再见')).toContain('👋')
    expect(firsts(index, 'cha_hu')[0]).toBe('🫖')
    expect(firsts(index, 'tada')[0]).toBe('🎉')
    expect(index.named('tea')?.name).toMatch(/茶/)
  })
})
