/** This user's devices for push messages. */
import { rest } from './rest'

export interface PushDevice {
  id: string
  kind: 'webpush' | 'fcm' | 'apns'
  name: string
  created: number
}

export interface PushState {
  /** The server's public key, base64url. */
  vapid_key: string
  devices: PushDevice[]
}

export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
  name?: string
}

// Looser than the generated types, which know these paths only once the server has them.
type Call = (path: string, call?: object) => Promise<unknown>

export const pushState = (): Promise<PushState> =>
  (rest.GET as unknown as Call)('/api/v1/users/me/push') as Promise<PushState>

/** The same subscription again is the same device. */
export const addPush = (subscription: Subscription): Promise<PushDevice> =>
  (rest.POST as unknown as Call)('/api/v1/users/me/push', {
    body: { kind: 'webpush', ...subscription },
  }) as Promise<PushDevice>

export async function removePush(id: string): Promise<void> {
  await (rest.DELETE as unknown as Call)('/api/v1/users/me/push/{id}', { params: { path: { id } } })
}

export async function testPush(id?: string): Promise<void> {
  await (rest.POST as unknown as Call)('/api/v1/users/me/push/test', { body: id ? { id } : {} })
}
