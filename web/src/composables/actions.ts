/**
 * What can be done from anywhere: a view says what it can do while it is there, shortcuts and the palette do it. So
 * neither knows the views, and nothing is offered that nobody would do.
 */
import { onScopeDispose, shallowReactive } from 'vue'

export type ActionId =
  /** The dialog that makes a group. */
  | 'newGroup'
  /** Settings and members of the open conversation. */
  | 'details'
  /** Sets the caret into the field of the open conversation. */
  | 'focusField'
  /** Whatever is open beside the conversation is closed; true if something was. */
  | 'close'

type Run = () => unknown

const offered = shallowReactive(new Map<ActionId, Run[]>())

/** Offers an action as long as the component (or scope) lives; of several the last wins. */
export function offerAction(id: ActionId, run: Run): void {
  offered.set(id, [...(offered.get(id) ?? []), run])
  onScopeDispose(() =>
    offered.set(
      id,
      (offered.get(id) ?? []).filter((one) => one !== run),
    ),
  )
}

/** Reactive. */
export const isOffered = (id: ActionId): boolean => (offered.get(id)?.length ?? 0) > 0

/** Does it; false if nobody offers it, or whoever does had nothing to do. */
export function doAction(id: ActionId): boolean {
  const run = offered.get(id)?.at(-1)
  return run ? run() !== false : false
}
