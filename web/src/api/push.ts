/** This user's devices for push messages. */
import type { Schemas } from 'teahouse-client'

import { rest } from './rest'

export type PushDevice = Schemas['WokenDevice']

/** What a browser gives for a subscription. */
export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
  name: string
}

/** The server's public key (`vapid_key`, base64url) and the devices there are. */
export const pushState = () => rest.GET('/api/v1/users/me/push')

/** The same subscription again is the same device. */
export const addPush = (subscription: Subscription) =>
  rest.POST('/api/v1/users/me/push', { body: { kind: 'webpush', ...subscription } })

export async function removePush(device: string): Promise<void> {
  await rest.DELETE('/api/v1/users/me/push/{device}', { params: { path: { device } } })
}

/** Sends something to this device, or to all; how it went for each. */
export const testPush = (id: string | null = null) =>
  rest.POST('/api/v1/users/me/push/test', { body: { id } })
