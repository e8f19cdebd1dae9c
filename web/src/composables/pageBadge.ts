/** How many messages wait, where it is seen while the page is not: title, icon of the tab, icon of the app. */

const ICON = '/icons/teahouse.svg'
const ICON_UNREAD = '/icons/teahouse-unread.svg'

type WithBadge = Navigator & {
  setAppBadge?: (count: number) => Promise<void>
  clearAppBadge?: () => Promise<void>
}

export function pageTitle(badge: number, conversation: string, name: string): string {
  const count = badge > 0 ? `(${badge > 99 ? '99+' : badge}) ` : ''
  return count + (conversation ? `${conversation} · ${name}` : name)
}

export function showBadge(badge: number): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const wanted = badge > 0 ? ICON_UNREAD : ICON
  if (icon && icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted)
  const app = navigator as WithBadge
  const told = badge > 0 ? app.setAppBadge?.(badge) : app.clearAppBadge?.()
  told?.catch(() => undefined)
}
