/** What this user wishes of notifications, on all their devices. */
import { rest } from './rest'

export interface QuietHours {
  /** HH:MM, local to `zone`; the end may be the next morning. */
  start: string
  end: string
  /** An IANA time zone. */
  zone: string
}

export interface NotificationWishes {
  /** Whether a push shows what was said. */
  preview: boolean
  quiet: QuietHours | null
}

// Looser than the generated types, which know these paths only once the server has them.
type Call = (path: string, call?: object) => Promise<unknown>
const PATH = '/api/v1/users/me/notifications'

export const notificationWishes = (): Promise<NotificationWishes> =>
  (rest.GET as unknown as Call)(PATH) as Promise<NotificationWishes>

export const setNotificationWishes = (changes: Partial<NotificationWishes>): Promise<NotificationWishes> =>
  (rest.PATCH as unknown as Call)(PATH, { body: changes }) as Promise<NotificationWishes>
