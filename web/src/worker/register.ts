/**
 * The page's side of the service worker: it is registered, asked for a new version now and then, and told what it
 * should know. A new version waits; `update` says that there is one, `applyUpdate` takes it and loads the page anew.
 */
import { ref } from 'vue'

/** A page may stay open for weeks. */
const LOOK_EVERY_MS = 60 * 60 * 1000

const waiting = ref(false)
let registration: ServiceWorkerRegistration | null = null
let reloading = false

/** A new version is there and waits. */
export const update = waiting

export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return
  // Once it has taken over on demand. The first worker of all takes over as well, and then nothing is to be reloaded.
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (reloading) window.location.reload()
  })
  window.addEventListener('load', () => void register())
  if (document.readyState === 'complete') void register()
}

async function register(): Promise<void> {
  if (registration) return
  try {
    registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })
  } catch {
    // Without one (a private window, a certificate nobody trusts) everything works but what needs it.
    return
  }
  follow(registration)
  setInterval(look, LOOK_EVERY_MS)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') look()
  })
}

let looked = Date.now()

function look(): void {
  if (Date.now() - looked < LOOK_EVERY_MS / 2) return
  looked = Date.now()
  registration?.update().catch(() => undefined)
}

function follow(of: ServiceWorkerRegistration): void {
  const found = (): void => {
    // Without a controller it is the first one, which nobody waits for.
    if (of.waiting && navigator.serviceWorker.controller) waiting.value = true
  }
  found()
  of.addEventListener('updatefound', () => of.installing?.addEventListener('statechange', found))
}

export function applyUpdate(): void {
  reloading = true
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker takes no origin
  if (registration?.waiting) registration.waiting.postMessage({ type: 'activate' })
  else window.location.reload()
}

/** Tells the worker; if it is on its way, once it is there. */
export async function tellWorker(
  message: { type: 'logout' } | { type: 'language'; language: string },
): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const { active } = await navigator.serviceWorker.ready
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker takes no origin
  active?.postMessage(message)
}
