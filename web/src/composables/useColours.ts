/** Paints code in its colours, once its grammar is here. Called by the blocks of code. */
import { computed, type ComputedRef } from 'vue'

import { languageOf } from './grammars'
import type { Paint, Painter } from './highlight'
import { lazyModule } from './lazyModule'
import { shownThenIdle } from './unhurried'

/** By language: there are no more than grammars. */
const painters = new Map<string, ReturnType<typeof lazyModule<Painter>>>()

function painterOf(language: string): Painter | null {
  const found =
    painters.get(language) ??
    lazyModule(async () => {
      // Words can be read before they have colours.
      await shownThenIdle(2000)
      return (await import('./highlight')).painter(language)
    })
  painters.set(language, found)
  return found().value
}

/** The tree of `code`; null while it is not known, and where the language is not. */
export function useColours(code: () => string, language: () => string): ComputedRef<Paint | null> {
  return computed(() => {
    const known = languageOf(language())
    return known ? (painterOf(known)?.(code()) ?? null) : null
  })
}
