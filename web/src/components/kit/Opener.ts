/**
 * What opens a window, before it was opened for the first time: the button of the slot, which says what it opens. The
 * machinery of the window itself is fetched when a pointer or the focus comes near, and made with the first press.
 */
import { cloneVNode, type FunctionalComponent } from 'vue'

import { slotted } from './slotted'

interface Props {
  popup: 'menu' | 'dialog'
}
type Events = {
  /** Somebody is about to press it. */
  near: () => void
  /** Pressed; `byKey`: without a pointer. */
  press: (byKey: boolean) => void
}

const Opener: FunctionalComponent<Props, Events> = ({ popup }, { slots, emit }) => {
  const button = slotted(slots.default?.())
  if (!button) return null
  const near = (): void => emit('near')
  return cloneVNode(button, {
    'aria-haspopup': popup,
    'aria-expanded': 'false',
    'data-state': 'closed',
    onPointerenter: near,
    onPointerdown: near,
    onFocus: near,
    onClick: (event: MouseEvent) => {
      if (!event.defaultPrevented && event.button === 0 && !event.ctrlKey) emit('press', event.detail === 0)
    },
    onKeydown: (event: KeyboardEvent) => {
      if (popup !== 'menu' || event.key !== 'ArrowDown' || event.defaultPrevented) return
      event.preventDefault()
      emit('press', true)
    },
  })
}
Opener.props = ['popup']
Opener.emits = ['near', 'press']
Opener.inheritAttrs = false
export default Opener
