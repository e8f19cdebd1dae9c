import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import * as api from '@/api/push'
import { keyBytes, usePush } from '@/composables/usePush'

vi.mock('@/api/push')

let subscription: { unsubscribe: () => Promise<boolean>; toJSON: () => object } | null
let permission: NotificationPermission
const subscribe = vi.fn()

const made = () => ({
  unsubscribe: async () => {
    subscription = null
    return true
  },
  toJSON: () => ({ endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' } }),
})

beforeEach(() => {
  subscription = null
  permission = 'default'
  localStorage.clear()
  subscribe.mockImplementation(async () => (subscription = made()))
  const pushManager = { subscribe, getSubscription: async () => subscription }
  vi.stubGlobal('PushManager', vi.fn())
  vi.stubGlobal('Notification', {
    get permission() {
      return permission
    },
    requestPermission: async () => (permission = permission === 'default' ? 'granted' : permission),
  })
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: { getRegistration: async () => ({ pushManager }) },
  })
  vi.mocked(api.pushState).mockResolvedValue({ vapid_key: 'BAEC', devices: [] })
  vi.mocked(api.addPush).mockResolvedValue({ id: 'd1', kind: 'webpush', name: '', created: 1 })
})
afterEach(() => vi.unstubAllGlobals())

test("the server's key as the browser wants it", () => {
  expect([...keyBytes('-_8A')]).toEqual([251, 255, 0])
})

test('switched on, told to the server, switched off again', async () => {
  const push = usePush()
  await push.look()
  expect(push.status.value).toBe('off')
  await push.enable()
  expect(push.status.value).toBe('on')
  expect(vi.mocked(api.addPush).mock.lastCall?.[0]).toMatchObject({
    endpoint: 'https://push.example/1',
    keys: { p256dh: 'p', auth: 'a' },
  })
  await push.disable()
  expect(push.status.value).toBe('off')
  expect(api.removePush).toHaveBeenCalledWith('d1')
  expect(subscription).toBeNull()
})

test('a browser that forbids it, and one that cannot', async () => {
  permission = 'denied'
  const push = usePush()
  await push.look()
  expect(push.status.value).toBe('denied')
  await push.enable()
  expect(push.status.value).toBe('denied')
  vi.stubGlobal('PushManager', undefined)
  Reflect.deleteProperty(globalThis, 'PushManager')
  await push.look()
  expect(push.status.value).toBe('unsupported')
})

test('a subscription that is there is told to the server again', async () => {
  subscription = made()
  const push = usePush()
  push.device.value = null
  await push.look()
  expect(push.status.value).toBe('on')
  expect(push.device.value).toBe('d1')
})

test('a test that did not arrive says so', async () => {
  vi.mocked(api.testPush).mockResolvedValue({ devices: [{ id: 'd1', sent: false, why: 'gone' }] })
  await expect(usePush().test()).rejects.toThrow('gone')
})
