/** What stands in the slot, with listeners of ours beside its own. */
import { cloneVNode, type FunctionalComponent } from 'vue'

import { slotted } from './slotted'

const Pressed: FunctionalComponent<{ on: Record<string, unknown> | null }> = ({ on }, { slots }) => {
  const inside = slotted(slots.default?.())
  return inside && on ? cloneVNode(inside, on) : inside
}
Pressed.props = ['on']
Pressed.inheritAttrs = false
export default Pressed
