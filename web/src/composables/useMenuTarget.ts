/**
 * One menu for all rows of a list: it is about the row that was pressed. The rule: where no row is, the browser's own
 * menu comes; and the press that opened the menu does nothing else.
 */
import { shallowRef } from 'vue'

/** `find`: what the row with this key (`data-row`) stands for; null: nothing one could do something with. */
export function useMenuTarget<Target>(find: (key: string) => Target | null) {
  const target = shallowRef<Target | null>(null)
  let held = false

  function aim(event: Event): void {
    held = false
    const row = (event.target as Element | null)?.closest?.('[data-row]')
    target.value = row ? find(row.getAttribute('data-row') ?? '') : null
    if (!target.value && event.type === 'contextmenu') event.stopPropagation()
  }
  function opened(open: boolean): void {
    held ||= open
  }
  /**
   * A finger that was held until the menu came is lifted at last: that is no click, and takes the focus from no menu.
   * (A click by the keyboard has no `detail`.)
   */
  function swallow(event: MouseEvent): void {
    if (!held || event.detail === 0) return
    event.preventDefault()
    event.stopPropagation()
  }

  return { target, aim, opened, swallow }
}
