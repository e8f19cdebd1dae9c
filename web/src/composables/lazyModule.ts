/**
 * A module that is fetched when it is first needed, as a reference: null until it is here, then the module, for
 * everybody who asked and at once for who asks later. A failed fetch (offline, before it was cached) is tried again by
 * the next who asks.
 */
import { type ShallowRef, shallowRef } from 'vue'

export function lazyModule<Module>(load: () => Promise<Module>): () => Readonly<ShallowRef<Module | null>> {
  const module = shallowRef<Module | null>(null)
  let coming = false
  return () => {
    if (module.value === null && !coming) {
      coming = true
      load().then(
        (loaded) => (module.value = loaded),
        () => (coming = false),
      )
    }
    return module
  }
}

export const useMarkdown = lazyModule(() => import('./markdown'))
