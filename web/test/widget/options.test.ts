import { describe, expect, it } from 'vitest'

import { colorOf, identityOf, inkOn, languageOf, optionsOf } from '../../widget/options'

function script(attributes: Record<string, string>, src = 'https://chat.example.org/widget.js') {
  const made = document.createElement('script')
  made.src = src
  Object.assign(made.dataset, attributes)
  return made
}

describe('the attributes of the script', () => {
  it('say which team, and its address where the server is', () => {
    const options = optionsOf(script({ team: 'tk_1' }, 'https://chat.example.org/widget.js?v=2'), [
      'de',
      'zh-TW',
    ])
    expect(options).toMatchObject({
      server: 'https://chat.example.org',
      team: 'tk_1',
      language: 'zh',
      open: false,
    })
    expect(options?.identity).toBeNull()
  })

  it('are worth nothing without a team or an address', () => {
    expect(optionsOf(script({}), [])).toBeNull()
    expect(optionsOf(script({ team: 'tk_1' }, 'data:text/javascript,0'), [])).toBeNull()
  })

  it('are checked', () => {
    const wrong = { team: 't', color: 'red;}*{display:none', position: 'up', dark: 'maybe', open: 'no' }
    expect(optionsOf(script(wrong), [])).toMatchObject({
      color: undefined,
      side: undefined,
      dark: undefined,
      open: false,
    })
    const right = { team: 't', color: '#0AF', position: 'left', dark: 'yes', open: '', language: 'zh' }
    expect(optionsOf(script(right), ['en'])).toMatchObject({
      color: '#00aaff',
      side: 'left',
      dark: 'yes',
      open: true,
      language: 'zh',
    })
  })

  it('identify only with everything that was signed', () => {
    expect(identityOf('42', '1795477496', 'ab')).toEqual({
      external: '42',
      expires: 1795477496,
      signature: 'ab',
    })
    for (const wrong of [
      ['', '1', 'ab'],
      ['42', 'soon', 'ab'],
      ['42', '1', ''],
      ['42', undefined, 'ab'],
    ] as const) {
      expect(identityOf(...wrong)).toBeNull()
    }
  })
})

describe('languages and colours', () => {
  it('takes the first language there are words in', () => {
    expect(languageOf(['fr-FR', 'zh-Hant', 'en'])).toBe('zh')
    expect(languageOf(['fr'])).toBe('en')
  })

  it('writes on a colour what can be read there', () => {
    expect([inkOn('#ffffff'), inkOn('#000000'), inkOn('#0f6b54'), inkOn('#ffcc00')]).toEqual([
      '#000000',
      '#ffffff',
      '#ffffff',
      '#000000',
    ])
    expect(colorOf('#12')).toBeUndefined()
  })
})
