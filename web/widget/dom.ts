/**
 * Elements, made without HTML: whatever somebody wrote becomes a text node, and a host page that demands trusted types
 * or forbids inline styles has nothing to object to.
 */
type Child = Node | string | null | false | undefined
type Props = Record<string, string | boolean | number | null | undefined | ((event: never) => void)>

/** `on...` are listeners, everything else attributes; one that is null, undefined or false is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value as EventListener)
    else set(made, name, value)
  }
  made.append(...children.filter((child): child is Node | string => Boolean(child)))
  return made
}

export function set(
  element: Element,
  name: string,
  value: string | boolean | number | null | undefined,
): void {
  if (value === null || value === undefined || value === false) element.removeAttribute(name)
  else if (element.getAttribute(name) !== (value === true ? '' : String(value))) {
    element.setAttribute(name, value === true ? '' : String(value))
  }
}

/** Show or hide, and say nothing where nothing changes: live regions are read out when their text is set. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
  element.hidden = !text
}

const SVG = 'http://www.w3.org/2000/svg'

/** A drawing of lines in a square of 24, beside words for those who do not see it. */
export function icon(...paths: string[]): SVGElement {
  const drawing = document.createElementNS(SVG, 'svg')
  const shape = { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': '2' }
  const ends = { 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' }
  for (const [name, value] of Object.entries({ ...shape, ...ends })) drawing.setAttribute(name, value)
  for (const d of paths) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', d)
    drawing.append(path)
  }
  return drawing
}

export const ICONS = {
  chat: ['M21 11.5a8.4 8.4 0 0 1-12.3 7.4L3 21l2.1-5.7A8.4 8.4 0 1 1 21 11.5z'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  send: ['M5 12h14', 'M13 6l6 6-6 6'],
  clip: ['M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4L14.5 7'],
  sound: ['M11 5L6 9H3v6h3l5 4z', 'M16 9a4 4 0 0 1 0 6', 'M19 6a8 8 0 0 1 0 12'],
  mute: ['M11 5L6 9H3v6h3l5 4z', 'M16 9l5 6', 'M21 9l-5 6'],
}
