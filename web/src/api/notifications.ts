/** What this user wishes of notifications, on all their devices. */
import type { AnswerOf, CallOf } from 'teahouse-client'

import { rest } from './rest'

const PATH = '/api/v1/users/me/notifications'

export type NotificationWishes = AnswerOf<'GET', typeof PATH>
type Changes = NonNullable<CallOf<'PATCH', typeof PATH>['body']>

export const notificationWishes = (): Promise<NotificationWishes> => rest.GET(PATH)

export const setNotificationWishes = (changes: Changes): Promise<NotificationWishes> =>
  rest.PATCH(PATH, { body: changes })
