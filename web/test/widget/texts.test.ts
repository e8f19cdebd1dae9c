import { expect, it } from 'vitest'

import { speaker, TEXTS } from '../../widget/texts'

it('says the same in both languages, with the same values', () => {
  expect(Object.keys(TEXTS.zh)).toEqual(Object.keys(TEXTS.en))
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort()
  for (const [name, text] of Object.entries(TEXTS.en)) {
    expect(holes(TEXTS.zh[name as keyof typeof TEXTS.zh]), name).toEqual(holes(text))
  }
})

it('fills in values, and nothing that is in them', () => {
  expect(speaker('en')('typing', { name: '{count} $& <b>' })).toBe('{count} $& <b> is typing')
  expect(speaker('zh')('place', { place: 3 })).toBe('您排在第 3 位。')
})
