/**
 * The service worker: the client opens without a network, pictures are not fetched twice, and messages come as
 * notifications while no page is open. The rules: the shell of one build is kept whole or not at all; a new build
 * waits until somebody says so; nothing of /api is kept but small pictures, and those go with the logout.
 *
 * A classic script of one file (no imports); the build puts `BUILD` in.
 */

declare const BUILD: { version: string; files: string[] }

interface PushedMessage {
  type: 'message'
  conversation: string
  seq: number
  title: string
  /** null: the person wants no text of messages in notifications. */
  body: string | null
  badge: number
  tag: string
  at: number
}
type Pushed =
  PushedMessage | { type: 'read'; conversation: string; seq: number; badge: number } | { type: 'test' }

/** What a page tells this worker. */
type Told = { type: 'activate' } | { type: 'logout' } | { type: 'language'; language: string }

const worker = self as unknown as ServiceWorkerGlobalScope

const SHELL = `teahouse-shell-${BUILD.version}`
const PICTURES = 'teahouse-pictures'
const SETTINGS = 'teahouse-settings'
const MOST_PICTURES = 400
/** A network slower than this is taken for none, if there is a kept page to show. */
const NAVIGATION_MS = 3000

const THUMBNAIL = /^\/api\/v1\/files\/[^/]+\/thumbnail$/
const AVATAR = /^\/api\/v1\/(users|conversations)\/[^/]+\/avatar$/

const TEXTS = {
  en: {
    message: 'New message',
    testTitle: 'Teahouse',
    test: 'Notifications work on this device.',
  },
  'zh-CN': {
    message: '收到新消息',
    testTitle: '茶馆',
    test: '这台设备可以收到通知。',
  },
} as const

// --- The shell -----------------------------------------------------------------------------------------------------

async function install(): Promise<void> {
  const cache = await caches.open(SHELL)
  // Past the browser's own cache for the page: what is kept under this version must be of this version.
  await cache.addAll(
    BUILD.files.map((file) => new Request(file, { cache: file === '/' ? 'reload' : 'default' })),
  )
}

async function activate(): Promise<void> {
  const kept = new Set([SHELL, PICTURES, SETTINGS])
  const names = await caches.keys()
  await Promise.all(
    names
      .filter((name) => name.startsWith('teahouse-') && !kept.has(name))
      .map((name) => caches.delete(name)),
  )
  await worker.clients.claim()
}

async function page(request: Request): Promise<Response> {
  const kept = await caches.match('/', { cacheName: SHELL, ignoreVary: true })
  const fetched = fetch(request)
  if (!kept) return fetched
  const late = new Promise<Response>((answer) => setTimeout(() => answer(kept.clone()), NAVIGATION_MS))
  return Promise.race([fetched, late]).then(
    (answer) => (answer.status >= 500 ? kept.clone() : answer),
    () => kept.clone(),
  )
}

/** Names of built files have a hash: what is kept is right for ever, whatever it is asked for with. */
async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request, { cacheName: SHELL, ignoreVary: true })
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone())
  return answer
}

// --- Pictures ------------------------------------------------------------------------------------------------------

/** Keeps `answer` as the newest; the oldest go. (Putting what is there already makes it the newest again.) */
async function keepPicture(request: Request, answer: Response): Promise<void> {
  const cache = await caches.open(PICTURES)
  await cache.put(request, answer)
  const keys = await cache.keys()
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_PICTURES)).map((key) => cache.delete(key)))
}

async function fetchPicture(request: Request, event: FetchEvent): Promise<Response> {
  const answer = await fetch(request)
  if (answer.status === 200) event.waitUntil(keepPicture(request, answer.clone()))
  return answer
}

/** A thumbnail never changes. A kept avatar is shown at once and asked for anew behind it. */
async function picture(event: FetchEvent, fresh: boolean): Promise<Response> {
  const kept = await caches.match(event.request, { cacheName: PICTURES, ignoreVary: true })
  if (!kept) return fetchPicture(event.request, event)
  event.waitUntil(
    fresh
      ? fetchPicture(event.request, event).catch(() => undefined)
      : keepPicture(event.request, kept.clone()),
  )
  return kept
}

function answer(event: FetchEvent): void {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (request.mode === 'navigate') {
    // The server's own pages (the API's documentation, the first administrator's) are no part of the client.
    if (!/^\/(api|docs|ws|first-admin|openapi\.json|\.well-known)(\/|$)/.test(url.pathname)) {
      event.respondWith(page(request))
    }
  } else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (THUMBNAIL.test(url.pathname)) event.respondWith(picture(event, false))
  else if (AVATAR.test(url.pathname)) event.respondWith(picture(event, true))
}

// --- Notifications -------------------------------------------------------------------------------------------------

async function language(): Promise<keyof typeof TEXTS> {
  const kept = await caches.match('/language', { cacheName: SETTINGS })
  const chosen = kept ? await kept.text() : worker.navigator.language
  return /^zh\b/i.test(chosen) ? 'zh-CN' : 'en'
}

async function setBadge(count: number): Promise<void> {
  const icon = worker.navigator as WorkerNavigator & { setAppBadge?: (count: number) => Promise<void> }
  await icon.setAppBadge?.(count).catch(() => undefined)
}

async function showMessage(message: PushedMessage): Promise<void> {
  await setBadge(message.badge)
  const pages = await worker.clients.matchAll({ type: 'window' })
  if (pages.some((one) => one.visibilityState === 'visible' && one.focused)) return
  // A page in the background may have told of the same message already.
  const shown = await worker.registration.getNotifications({ tag: message.tag })
  if (shown.some((one) => ((one.data as { seq?: number } | null)?.seq ?? 0) >= message.seq)) return
  const chosen = await language()
  await worker.registration.showNotification(message.title, {
    body: message.body ?? TEXTS[chosen].message,
    tag: message.tag,
    lang: chosen,
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    data: { conversation: message.conversation, seq: message.seq },
    // In lib.webworker these are missing.
    ...({ renotify: true, timestamp: message.at } as object),
  })
}

async function takeAway(conversation: string, seq: number): Promise<void> {
  for (const one of await worker.registration.getNotifications({ tag: conversation })) {
    if (((one.data as { seq?: number } | null)?.seq ?? 0) <= seq) one.close()
  }
}

async function pushed(told: Pushed | null): Promise<void> {
  if (told?.type === 'message') return showMessage(told)
  if (told?.type === 'read') {
    await setBadge(told.badge)
    return takeAway(told.conversation, told.seq)
  }
  if (told?.type === 'test') {
    const chosen = await language()
    const texts = TEXTS[chosen]
    await worker.registration.showNotification(texts.testTitle, {
      body: texts.test,
      tag: 'test',
      lang: chosen,
      icon: '/icons/icon-192.png',
      badge: '/icons/badge-96.png',
    })
  }
}

/** To the page that is there, or to a new one. */
async function open(conversation: string | undefined, seq: number | undefined): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = pages.find((one) => one.focused) ?? pages[0]
  const path = conversation ? `/c/${encodeURIComponent(conversation)}` : '/'
  if (!there) {
    await worker.clients.openWindow(path)
    return
  }
  await there.focus().catch(() => undefined)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- clients of a worker are of its own origin
  if (conversation) there.postMessage({ type: 'open', conversation, seq })
}

function parsed(event: PushEvent): Pushed | null {
  try {
    return event.data?.json() as Pushed
  } catch {
    return null
  }
}

// --- The subscription ----------------------------------------------------------------------------------------------

/** The browser replaced this device's subscription: the server must know the new one. */
async function resubscribe(before: PushSubscription | null): Promise<void> {
  const options = before?.options
  if (!options?.applicationServerKey) return
  const { endpoint, keys } = (
    await worker.registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: options.applicationServerKey,
    })
  ).toJSON()
  const who = await fetch('/api/v1/auth/web')
  if (!who.ok) return
  const { csrf_token } = (await who.json()) as { csrf_token: string }
  await fetch('/api/v1/users/me/push', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token },
    body: JSON.stringify({ kind: 'webpush', endpoint, keys }),
  })
}

// --- What a page says ----------------------------------------------------------------------------------------------

async function told(message: Told): Promise<void> {
  if (message.type === 'activate') return worker.skipWaiting()
  if (message.type === 'language') {
    await (await caches.open(SETTINGS)).put('/language', new Response(message.language))
    return
  }
  await caches.delete(PICTURES)
  // Who logs in next on this device must not be told what was meant for the one before.
  await (await worker.registration.pushManager.getSubscription())?.unsubscribe()
  for (const one of await worker.registration.getNotifications()) one.close()
  await setBadge(0)
}

worker.addEventListener('install', (event) => event.waitUntil(install()))
worker.addEventListener('activate', (event) => event.waitUntil(activate()))
worker.addEventListener('fetch', answer)
worker.addEventListener('push', (event) => event.waitUntil(pushed(parsed(event))))
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const about = event.notification.data as { conversation?: string; seq?: number } | null
  event.waitUntil(open(about?.conversation, about?.seq))
})
worker.addEventListener('pushsubscriptionchange', (event) => {
  const { oldSubscription } = event as Event & { oldSubscription?: PushSubscription | null }
  ;(event as ExtendableEvent).waitUntil(resubscribe(oldSubscription ?? null))
})
worker.addEventListener('message', (event) => event.waitUntil(told(event.data as Told)))
