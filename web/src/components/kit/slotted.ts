/** The element in a slot that holds one, without what a template wraps around it. */
import { Comment, Fragment, type VNode } from 'vue'

export function slotted(nodes: readonly VNode[] | undefined): VNode | undefined {
  for (const node of nodes ?? []) {
    if (node.type === Comment) continue
    if (node.type !== Fragment) return node
    const inside = slotted(node.children as VNode[])
    if (inside) return inside
  }
  return undefined
}
