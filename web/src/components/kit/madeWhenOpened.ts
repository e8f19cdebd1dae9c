/**
 * A window that is fetched and made when it opens for the first time. Most menus of a page are never opened, and each
 * is a dozen components.
 */
import { type Component, type Ref, ref, shallowRef, watch } from 'vue'

export function madeWhenOpened(open: Ref<boolean>, load: () => Promise<{ default: Component }>) {
  const made = shallowRef<Component | null>(null)
  /** It was opened by a key first. */
  const byKey = ref(false)
  let coming: Promise<Component | null> | null = null

  /** What fails (offline, and not kept yet) is tried again the next time. */
  function fetch(): Promise<Component | null> {
    coming ??= load().then(
      (loaded) => loaded.default,
      () => (coming = null),
    )
    return coming
  }
  async function make(): Promise<void> {
    made.value ??= await fetch()
    if (!made.value) open.value = false
  }
  async function press(key: boolean): Promise<void> {
    byKey.value = key
    await make()
    open.value = made.value !== null
  }
  // Whoever holds the state may open it, too.
  watch(open, (now) => now && void make(), { immediate: true })

  return { made, byKey, near: () => void fetch(), press }
}
