/**
 * The other mouse button, the menu key, or a finger that rests on something: all of them ask for its menu. The rule:
 * what somebody prevented asks for nothing, and a finger that moves scrolls.
 */
const REST_MS = 700

export function longPress(ask: (event: MouseEvent) => void) {
  let timer = 0
  const clear = (): void => clearTimeout(timer)
  const byHand = (event: PointerEvent): boolean => event.pointerType !== 'mouse' && !event.defaultPrevented
  const moved = (event: PointerEvent): void => {
    if (byHand(event)) clear()
  }
  return {
    clear,
    on: {
      onContextmenu: (event: MouseEvent): void => {
        if (event.defaultPrevented) return
        clear()
        event.preventDefault()
        ask(event)
      },
      onPointerdown: (event: PointerEvent): void => {
        if (!byHand(event)) return
        clear()
        timer = window.setTimeout(() => ask(event), REST_MS)
      },
      onPointermove: moved,
      onPointercancel: moved,
      onPointerup: moved,
    },
  }
}
