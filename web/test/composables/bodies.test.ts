import { describe, expect, it } from 'vitest'

import { bodyLine, shownBody, unmarked } from '@/composables/bodies'

const t = (key: string) => `[${key}]`

describe('shownBody', () => {
  it('takes nothing for granted', () => {
    for (const body of [
      null,
      undefined,
      7,
      'x',
      [],
      {},
      { type: 7 },
      { type: 'toString' },
      { type: '__proto__' },
    ]) {
      expect(shownBody(body)).toEqual({ type: 'other', text: '' })
    }
    expect(shownBody({ type: 'text', text: 7 })).toEqual({ type: 'text', text: '', action: false })
    expect(shownBody({ type: 'voice', file: 'f1', duration_ms: 'x', waveform: ['a', 3] })).toMatchObject({
      durationMs: 0,
      waveform: [0, 3],
    })
  })

  it('drops addresses that lead nowhere good', () => {
    const card = {
      type: 'card',
      title: 'T',
      url: 'javascript:alert(1)',
      image: 'data:image/svg+xml,x',
      buttons: [
        { label: 'bad', url: 'javascript:alert(1)' },
        { label: 'say', send: 'hi' },
        { label: '', send: 'x' },
        null,
      ],
    }
    expect(shownBody(card)).toMatchObject({
      url: null,
      image: null,
      buttons: [{ label: 'say', url: null, send: 'hi' }],
    })
  })
})

describe('bodyLine', () => {
  it.each([
    [{ type: 'text', text: 'a\n  b' }, 'a b'],
    [{ type: 'markdown', text: '# Tea\n**green** [here](https://x.y)' }, 'Tea green here'],
    [{ type: 'image', file: 'f', text: '' }, '[chat.photo]'],
    [{ type: 'image', file: 'f', text: 'look' }, '[chat.photo] · look'],
    [{ type: 'file', file: 'f', name: 'a.pdf' }, '[chat.file] · a.pdf'],
    [{ type: 'card', title: 'Build' }, 'Build'],
    [{ type: 'hologram' }, '[chat.unknownBody]'],
  ])('says %j in one line', (body, line) => {
    expect(bodyLine(body, t)).toBe(line)
  })
})

it('takes the marks of markdown away and leaves the words', () => {
  expect(unmarked('> quote\n- *a* and `b`\n```js\ncode\n```')).toBe('quote\na and b\ncode\n')
  expect(unmarked('snake_case_name 2*3*4')).toBe('snake_case_name 2*3*4')
})
