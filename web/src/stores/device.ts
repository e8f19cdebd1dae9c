/**
 * The name of this tab as a device of its own: a new connection of the same device ends the older one, so two tabs need
 * two names, and a tab that is loaded anew keeps its name and takes over from what may be left of its connection.
 */
import { newCid } from 'teahouse-client'

const KEY = 'teahouse.tab'
const LOCK = 'teahouse.tab.'

export async function tabDevice(): Promise<string> {
  const kept = sessionStorage.getItem(KEY)
  // A tab that was duplicated has the name of the other.
  const name = kept && (await hold(kept)) ? kept : newCid().slice(0, 8)
  if (name !== kept) {
    sessionStorage.setItem(KEY, name)
    await hold(name)
  }
  return `web-${name}`
}

const held = new Set<string>()

/** Whether nobody else has this name; it is ours from then on. */
function hold(name: string): Promise<boolean> {
  if (held.has(name) || !navigator.locks) return Promise.resolve(true)
  return new Promise((resolve) => {
    void navigator.locks
      .request(LOCK + name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        if (!lock) return undefined
        held.add(name)
        return new Promise<void>(() => {})
      })
      .catch(() => resolve(true))
  })
}
