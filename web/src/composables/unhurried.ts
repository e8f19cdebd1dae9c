/**
 * What may wait. A phone needs tens of milliseconds for every part of a page; whoever looks at it waits for the part
 * that is done last. So what is not on the screen yet is made after what is, and long work is cut between its steps.
 *
 * Knows nothing of Vue: the first script of the page is made of it.
 */

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
