/** The bots one owns, over REST. */
import type { Schemas } from 'teahouse-client'

import { rest } from '@/api/rest'

export type Bot = Schemas['BotRow']
export type Scope = Schemas['NewBot']['scopes'][number]

/** What a token may allow, as far as it belongs together. */
export const SCOPES: readonly Scope[] = [
  'messages:read',
  'messages:write',
  'conversations:read',
  'conversations:write',
  'commands:write',
  'users:read',
  'relations:read',
  'relations:write',
  'reports:write',
  'files:read',
  'files:write',
  'stream',
]

export const ownBots = async (): Promise<readonly Bot[]> => (await rest.GET('/api/v1/bots')).bots

/** The token is told this once. */
export const makeBot = (nick: string, description: string, scopes: Scope[]) =>
  rest.POST('/api/v1/bots', { body: { nick, description, scopes } })

export const turnToken = (bot: string) => rest.POST('/api/v1/bots/{bot}/token', { params: { path: { bot } } })

export const endBot = (bot: string): Promise<unknown> =>
  rest.DELETE('/api/v1/bots/{bot}', { params: { path: { bot } } })
