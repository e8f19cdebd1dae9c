/** Leaves nothing of a user behind in this browser. */
import { clearReceived, deleteDatabase, type Database } from '../db/database'

/** Caches of the service worker that hold what the server gave to somebody who was logged in. The shell stays. */
const SHELL = /shell|precache/

export async function wipe(user: string): Promise<void> {
  await Promise.allSettled([deleteDatabase(user), dropCaches(), endPush()])
}

/** Logged out by the server: what one was given goes; what one wrote and could not send is kept for when one is back. */
export async function wipeReceived(database: Database): Promise<void> {
  await Promise.allSettled([clearReceived(database), dropCaches(), endPush()])
}

async function dropCaches(): Promise<void> {
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(names.filter((name) => !SHELL.test(name)).map((name) => caches.delete(name)))
}

/** The push service tells the server that nobody is there any more. */
async function endPush(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  const subscription = await registration?.pushManager?.getSubscription()
  await subscription?.unsubscribe()
}
