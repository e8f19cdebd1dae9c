import common from 'highlight.js/lib/common'
import { describe, expect, it } from 'vitest'

import { GRAMMARS, languageOf } from '@/composables/grammars'
import { painter, type Paint } from '@/composables/highlight'

const text = (paint: Paint): string =>
  paint.children.map((child) => (typeof child === 'string' ? child : text(child))).join('')
const scopes = (paint: Paint): string[] =>
  paint.children.flatMap((child) => (typeof child === 'string' ? [] : [child.scope, ...scopes(child)]))

describe('languages', () => {
  it('are those of highlight.js, by all their names', () => {
    expect(Object.keys(GRAMMARS).sort()).toEqual(common.listLanguages().sort())
    for (const language of common.listLanguages()) {
      expect(languageOf(language)).toBe(language)
      const { aliases = [] } = common.getLanguage(language) as { aliases?: string[] }
      for (const alias of aliases) expect(languageOf(alias), alias).toBe(language)
    }
  })

  it('are not everything somebody may write', () => {
    for (const name of ['', 'klingon', 'constructor', '__proto__']) expect(languageOf(name)).toBeNull()
  })

  it.each(Object.keys(GRAMMARS))('paint %s and change no letter', async (language) => {
    const code = 'const x = "<b>" # 1\n<?php echo 1 ?>\n'
    expect(text((await painter(language))(code))).toBe(code)
  })

  it('have colours also for what stands inside', async () => {
    const paint = (await painter('xml'))('<script>const x = 1</script>')
    expect(scopes(paint)).toContain('keyword')
  })
})
