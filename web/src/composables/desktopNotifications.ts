/**
 * Notifications of the operating system, as a page shows them. The rule: one notification a conversation (`tag`), and
 * no message is told twice, whichever tab or the service worker tells it.
 */

export interface Told {
  conversation: string
  seq: number
  title: string
  body: string
  lang: string
  at: number
}

interface Shown {
  tag: string
  data: unknown
  close(): void
}

// Those a page shows without a service worker cannot be listed, so that it remembers them itself.
const own = new Map<string, Notification>()

export const canNotify = (): boolean => 'Notification' in globalThis

export const mayNotify = (): boolean => canNotify() && Notification.permission === 'granted'

/** Asks, in answer to a press; false if the answer is no. */
export async function askToNotify(): Promise<boolean> {
  if (!canNotify()) return false
  if (Notification.permission !== 'default') return Notification.permission === 'granted'
  return (await Notification.requestPermission()) === 'granted'
}

async function worker(): Promise<ServiceWorkerRegistration | null> {
  const found = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : null
  return found?.active ? found : null
}

const seqOf = (one: Shown): number => (one.data as { seq?: number } | null)?.seq ?? 0

export async function notify(told: Told, opened: () => void): Promise<void> {
  const options = {
    body: told.body,
    tag: told.conversation,
    lang: told.lang,
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    timestamp: told.at,
    renotify: true,
    data: { conversation: told.conversation, seq: told.seq },
  }
  const registration = await worker()
  if (registration) {
    const shown = await registration.getNotifications({ tag: told.conversation })
    if (shown.some((one) => seqOf(one) >= told.seq)) return
    await registration.showNotification(told.title, options)
    return
  }
  const notification = new Notification(told.title, options)
  own.set(told.conversation, notification)
  notification.addEventListener('click', () => {
    window.focus()
    notification.close()
    opened()
  })
}

/** Takes away what was read meanwhile. */
export async function takeAwayNotifications(
  read: (conversation: string, seq: number) => boolean,
): Promise<void> {
  const shown: Shown[] = (await (await worker())?.getNotifications()) ?? []
  for (const one of [...shown, ...own.values()]) {
    const { conversation, seq } = (one.data as { conversation?: string; seq?: number } | null) ?? {}
    if (!conversation || !read(conversation, seq ?? 0)) continue
    one.close()
    own.delete(conversation)
  }
}
