/** Components that come one after the other. */
import { onScopeDispose, readonly, type Ref, ref } from 'vue'

import { nextTurn } from './unhurried'

/**
 * Counts turns of the event loop since the caller began, up to `last`: what stands behind `turn > 0` comes in a task of
 * its own, and the browser may paint and answer a finger between two of them.
 */
export function useTurns(last: number): Readonly<Ref<number>> {
  const turn = ref(0)
  let gone = false
  async function count(): Promise<void> {
    while (turn.value < last) {
      await nextTurn()
      if (gone) return
      turn.value += 1
    }
  }
  void count()
  onScopeDispose(() => (gone = true))
  return readonly(turn)
}
