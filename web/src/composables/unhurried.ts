/**
 * What may wait. A phone needs tens of milliseconds for every part of a page; whoever looks at it waits for the part
 * that is done last. So what is not on the screen yet is made after what is, and long work is cut between its steps.
 */
import { onScopeDispose, readonly, type Ref, ref } from 'vue'

/** Does it when the browser has nothing better to do, and at the latest after `timeout`. */
export function whenIdle(act: () => void, timeout = 5000): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(act, { timeout })
  // Safari does not know the better way.
  else setTimeout(act, 200)
}

/** The same to be waited for. */
export const idle = (timeout?: number): Promise<void> => new Promise((done) => whenIdle(done, timeout))

/** The next turn of the event loop: before it the browser may paint, and answer a finger or a key. */
export function nextTurn(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    const come = (): void => {
      port1.close()
      done()
    }
    port1.addEventListener('message', come, { once: true })
    port1.start()
    port2.postMessage(null)
  })
}

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
