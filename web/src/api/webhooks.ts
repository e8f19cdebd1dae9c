/** Outgoing webhooks of the whole server and of conversations. For administrators. */
import type { Schemas } from 'teahouse-client'

import { rest } from './rest'

export type Webhook = Schemas['OutletRow']
export type WebhookTested = Schemas['OutletTested']

const of = (outlet: string) => ({ params: { path: { outlet } } })

export async function webhookPage(after: string | null) {
  const page = await rest.GET('/api/v1/admin/outgoing-webhooks', {
    params: { query: after ? { after } : {} },
  })
  return { rows: page.webhooks, next: page.more ? (page.webhooks.at(-1)?.id ?? null) : null }
}

export const testWebhook = (id: string): Promise<WebhookTested> =>
  rest.POST('/api/v1/admin/outgoing-webhooks/{outlet}/test', of(id))

export const pauseWebhook = (id: string, paused: boolean): Promise<Webhook> =>
  rest.PUT('/api/v1/admin/outgoing-webhooks/{outlet}/paused', { ...of(id), body: { paused } })

export const dropWebhook = (id: string): Promise<unknown> =>
  rest.DELETE('/api/v1/admin/outgoing-webhooks/{outlet}', of(id))
