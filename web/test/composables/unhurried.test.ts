import { afterEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'

import { isShown, nextTurn, shownThenIdle, whenIdle } from '@/composables/unhurried'
import { useTurns } from '@/composables/useTurns'

afterEach(() => vi.unstubAllGlobals())

it('counts turns up to the last', async () => {
  const scope = effectScope()
  const turn = scope.run(() => useTurns(2))
  expect(turn?.value).toBe(0)
  await vi.waitFor(() => expect(turn?.value).toBe(2))
  await nextTurn()
  expect(turn?.value).toBe(2)
  scope.stop()
})

it('counts no more once the scope is gone', async () => {
  const scope = effectScope()
  const turn = scope.run(() => useTurns(2))
  scope.stop()
  await nextTurn()
  await nextTurn()
  expect(turn?.value).toBe(0)
})

it('waits for idleness also where the browser does not tell of it', async () => {
  Reflect.deleteProperty(window, 'requestIdleCallback')
  const act = vi.fn()
  whenIdle(act)
  expect(act).not.toHaveBeenCalled()
  await vi.waitFor(() => expect(act).toHaveBeenCalledOnce())
})

it('leaves what may wait until the page is shown, and does it then', async () => {
  const act = vi.fn()
  void shownThenIdle(0).then(act)
  await new Promise((done) => setTimeout(done, 300))
  expect(act).not.toHaveBeenCalled()
  isShown()
  await vi.waitFor(() => expect(act).toHaveBeenCalledOnce())
  await shownThenIdle(0)
})
