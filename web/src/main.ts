/**
 * The first script of the page, and a small one: it says what is needed, lets the browser paint what index.html holds,
 * and begins. Everything large is evaluated after the first paint, a chunk a turn, so that a phone is never held up for
 * long. What is on its way meanwhile are the chunks that this visit needs, and the answer to who is here.
 */
import './styles/main.css'

import { expect, expectAnswer, expectThen } from './ahead'
import { nextTurn } from './composables/unhurried'
import { keptPreferences } from './stores/keptPreferences'
import { comesBack, remembered } from './stores/remembered'
import { showAppearance } from './theme'

/** After the first paint; a page that nobody sees is not painted, and does not wait. */
function painted(): Promise<void> {
  return new Promise((done) => {
    if (document.visibilityState !== 'visible') done()
    requestAnimationFrame(async () => {
      await nextTurn()
      done()
    })
    setTimeout(done, 300)
  })
}

async function begin(): Promise<void> {
  showAppearance(keptPreferences())
  const back = comesBack()
  const known = remembered() !== null || back
  const view = known ? 'chat' : 'login'
  expect(view)
  if (known) expectAnswer('/api/v1/auth/web')
  if (back) expectAnswer('/api/v1/users/me')
  await painted()
  await import('./i18n')
  expectThen(view)
  await nextTurn()
  const { start } = await import('./start')
  await nextTurn()
  await start()
}

void begin()
