import { expect, test } from 'vitest'

import { ranked } from '@/components/composer/completionSources'
import { bytesOf } from '@/components/composer/limits'
import { bodyOf, editedBody } from '@/components/composer/useComposer'

test('Markdown is said only where there is some', () => {
  expect(bodyOf('**tea**', true)).toEqual({ type: 'markdown', text: '**tea**' })
  expect(bodyOf('- tea\n- cake', true).type).toBe('markdown')
  expect(bodyOf('1. tea', true).type).toBe('markdown')
  expect(bodyOf('just tea', true).type).toBe('text')
  expect(bodyOf('**tea**', false).type).toBe('text')
  // The server takes commands in plain text only.
  expect(bodyOf('/me waves *wildly*', true).type).toBe('text')
})

test('an edit changes the words and nothing else', () => {
  expect(editedBody({ type: 'text', text: 'a' }, 'b', false)).toEqual({ type: 'text', text: 'b' })
  expect(editedBody({ type: 'markdown', text: '*a*' }, '*b*', false)).toEqual({
    type: 'markdown',
    text: '*b*',
  })
  const picture = { type: 'image', file: 'f1', text: 'a' }
  expect(editedBody(picture, 'b', true)).toEqual({ type: 'image', file: 'f1', text: 'b' })
})

test('people whose name begins so come first', () => {
  const people = ['Carol', 'bob', 'Rob', '小明'].map((nick) => ({ id: nick, nick }))
  expect(ranked(people, 'o').map((one) => one.nick)).toEqual(['bob', 'Carol', 'Rob'])
  expect(ranked(people, 'RO').map((one) => one.nick)).toEqual(['Rob', 'Carol'])
  expect(ranked(people, '明').map((one) => one.nick)).toEqual(['小明'])
  expect(ranked(people, '')).toHaveLength(4)
})

test('bytes are counted as the server counts them', () => {
  expect(bytesOf('tea')).toBe(3)
  expect(bytesOf('茶')).toBe(3)
  expect(bytesOf('🍵')).toBe(4)
})
