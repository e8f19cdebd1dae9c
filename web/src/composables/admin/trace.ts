/** The way of one message, for administrators. */
import type { Schemas } from 'teahouse-client'

import { rest } from '@/api/rest'

export type Trace = Schemas['Trace']

/** The id of a message, from the id itself or from its address as it is copied; null: it is neither. */
export function messageId(pasted: string): string | null {
  const text = pasted.trim()
  if (/^[\w-]{1,80}\.\d{1,15}$/.test(text)) return text
  const found = /\/c\/([\w-]{1,80})\/?\?(?:[^#]*&)?seq=(\d{1,15})(?:[&#]|$)/.exec(text)
  return found ? `${found[1]}.${found[2]}` : null
}

export interface Step {
  at: number
  what: 'accepted' | 'delivered' | 'read'
  nick: string
  user: string
}

/** What happened to it, in order. Delivered and read are known to have been at that time at the latest. */
export function stepsOf(trace: Trace): Step[] {
  const steps: Step[] = [
    { at: trace.accepted, what: 'accepted', nick: trace.sender.nick, user: trace.sender.id },
  ]
  for (const { user, nick, delivered_at: delivered, read_at: read } of trace.members) {
    if (delivered) steps.push({ at: delivered, what: 'delivered', nick, user })
    if (read) steps.push({ at: read, what: 'read', nick, user })
  }
  const order = ['accepted', 'delivered', 'read']
  return steps.sort((a, b) => a.at - b.at || order.indexOf(a.what) - order.indexOf(b.what))
}

export const traceOf = (message: string): Promise<Trace> =>
  rest.GET('/api/v1/admin/messages/{message}/trace', { params: { path: { message } } })
