/** Whether somebody can see the page and it has the focus: only then what is on the screen counts as read. */
import { onScopeDispose, readonly, ref, type Ref } from 'vue'

const EVENTS = ['focus', 'blur', 'pageshow'] as const

export function usePageVisible(): Readonly<Ref<boolean>> {
  const seen = (): boolean => document.visibilityState === 'visible' && document.hasFocus()
  const visible = ref(seen())
  const look = (): void => void (visible.value = seen())
  document.addEventListener('visibilitychange', look)
  for (const event of EVENTS) window.addEventListener(event, look)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', look)
    for (const event of EVENTS) window.removeEventListener(event, look)
  })
  return readonly(visible)
}
