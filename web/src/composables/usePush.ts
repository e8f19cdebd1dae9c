/**
 * Push messages on this device: they come through the service worker while no page is open. Switched on by its
 * owner, never by itself.
 */
import { Refused } from 'teahouse-client'
import { computed, ref } from 'vue'

import { deviceName } from '@/api/auth'
import { addPush, pushState, removePush, testPush } from '@/api/push'

import { askToNotify } from './desktopNotifications'

/**
 * unknown: not looked yet · unsupported: this browser (or a page without TLS) cannot · unavailable: the server does
 * not push · denied: the browser was told to forbid it · off, on
 */
export type PushStatus = 'unknown' | 'unsupported' | 'unavailable' | 'denied' | 'off' | 'on'

const KEY = 'teahouse.push'

const status = ref<PushStatus>('unknown')
const busy = ref(false)
/** The server's id of this device. */
const device = ref<string | null>(null)

/** How the browser wants the server's key. */
export function keyBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

const supported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis

async function registration(): Promise<ServiceWorkerRegistration | null> {
  return (await navigator.serviceWorker.getRegistration()) ?? null
}

function remember(id: string | null): void {
  device.value = id
  try {
    if (id) localStorage.setItem(KEY, id)
    else localStorage.removeItem(KEY)
  } catch {
    // It is only for taking the device away again; the server drops dead ones itself.
  }
}

async function register(subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON()
  const { p256dh, auth } = keys ?? {}
  if (!endpoint || !p256dh || !auth) throw new Error('the browser gave no whole subscription')
  remember((await addPush({ endpoint, keys: { p256dh, auth }, name: deviceName() })).id)
}

/** Looks how things are. A subscription that is there is told to the server again: it may have lost it. */
async function look(): Promise<void> {
  if (!supported()) {
    status.value = 'unsupported'
    return
  }
  const worker = await registration()
  if (!worker) status.value = 'unsupported'
  else if (Notification.permission === 'denied') status.value = 'denied'
  else {
    const subscription = await worker.pushManager.getSubscription()
    status.value = subscription ? 'on' : 'off'
    if (subscription && !device.value) await register(subscription)
  }
}

/** Rejects when the server or the browser's push service refuses. */
async function enable(): Promise<void> {
  if (busy.value) return
  busy.value = true
  try {
    if (!(await askToNotify())) {
      status.value = 'denied'
      return
    }
    const worker = await registration()
    if (!worker) {
      status.value = 'unsupported'
      return
    }
    const { vapid_key } = await pushState()
    if (!vapid_key) {
      status.value = 'unavailable'
      return
    }
    const subscription = await worker.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: keyBytes(vapid_key),
    })
    await register(subscription)
    status.value = 'on'
  } finally {
    busy.value = false
  }
}

async function disable(): Promise<void> {
  if (busy.value) return
  busy.value = true
  try {
    const subscription = await (await registration())?.pushManager.getSubscription()
    await subscription?.unsubscribe()
    const id = device.value ?? localStorage.getItem(KEY)
    if (id) await removePush(id)
    remember(null)
    status.value = 'off'
  } finally {
    busy.value = false
  }
}

/** Sends something to this device; rejects when its push service did not take it. */
async function test(): Promise<void> {
  const { devices } = await testPush(device.value)
  const failed = devices.find((one) => !one.sent)
  if (failed) throw new Refused('unavailable', failed.why, true)
}

export function usePush() {
  return { status, busy, on: computed(() => status.value === 'on'), device, look, enable, disable, test }
}
