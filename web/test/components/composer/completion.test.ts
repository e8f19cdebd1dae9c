import { expect, test } from 'vitest'

import { closedEmoji, complete, tokenAt } from '@/components/composer/completion'

/** `|` is the caret. */
const at = (marked: string) => tokenAt(marked.replace('|', ''), marked.indexOf('|'))

test.each([
  ['@|', 'mention', ''],
  ['hi @bo|', 'mention', 'bo'],
  ['hi @bo| there', 'mention', 'bo'],
  ['hi @小|', 'mention', '小'],
  ['你好@bo|', 'mention', 'bo'],
  ['(@bo|', 'mention', 'bo'],
  [':te|', 'emoji', 'te'],
  ['tea :te|', 'emoji', 'te'],
  ['喝 :茶|', 'emoji', '茶'],
  ['/m|', 'slash', 'm'],
  ['/|', 'slash', ''],
])('%s asks for a %s beginning with "%s"', (marked, kind, query) => {
  expect(at(marked)).toMatchObject({ kind, query })
})

test.each([
  'bob@tea|',
  'a.b@tea|',
  '@bob |',
  '10:30|',
  ':t|',
  'http://te|',
  '注意:好|',
  'a /m|',
  '/me |',
  '@a@b|',
  '@bob|'.replace('@bob|', '|@bob'),
])('%s asks for nothing', (marked) => {
  expect(at(marked)).toBeNull()
})

test('a completion takes the place of what was typed, not of what comes after', () => {
  const text = 'hi @bo and you'
  const token = tokenAt(text, 6)
  expect(token && complete(text, token, '@bob')).toEqual({ text: 'hi @bob and you', caret: 8 })
})

test('the caret stands behind the space that follows', () => {
  const token = tokenAt('@bo', 3)
  expect(token && complete('@bo', token, '@bob')).toEqual({ text: '@bob ', caret: 5 })
})

test('a mention behind a Chinese character gets a space, without which the server would not see it', () => {
  const token = tokenAt('你好@bo', 5)
  expect(token && complete('你好@bo', token, '@bob')?.text).toBe('你好 @bob ')
})

test('an emoji closed by its second colon', () => {
  expect(closedEmoji('some :tea:', 10)).toMatchObject({ query: 'tea', start: 5, end: 10 })
  expect(closedEmoji('at 10:30:', 9)).toBeNull()
})
