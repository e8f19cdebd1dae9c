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

/** A page that has not shown by then what it is about waits for a network that is away. */
const PATIENCE_MS = 10_000
let show: () => void
const shown = new Promise<void>((done) => {
  show = done
  setTimeout(done, PATIENCE_MS)
})

/** What the page is about is on the screen; said by the views. */
export const isShown = (): void => show()

/**
 * Settles when that is so and the browser has nothing better to do. A browser is idle also while it waits for the
 * server's first answers: what is fetched and evaluated then comes between them and the screen.
 */
export async function shownThenIdle(timeout?: number): Promise<void> {
  await shown
  await new Promise<void>((done) => whenIdle(done, timeout))
}

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
