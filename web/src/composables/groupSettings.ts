/** Settings of a conversation as a form has them, and which of them were changed. */
import type { UpdateCommand } from 'teahouse-client'

import type { Details } from '@/stores/types'

export interface Editable {
  title: string
  description: string
  topic: string
  join: string
  reach: string
  invite: string
  post: string
  /** How many entries joiners read, with `reach` "last". */
  lastText: string
  /** Of members; 0 for any number. */
  limitText: string
}

export type Changes = Omit<UpdateCommand, 'op' | 'id' | 'conversation'>

const WORDS = ['title', 'description', 'topic', 'join', 'reach', 'invite', 'post'] as const
/** What the server takes where nobody ever said. */
const USUAL_LAST = 50

/** The fields of a form. Numbers are typed as text: an empty field is no zero. */
export function editable(details: Details): Editable {
  const last = details.last || USUAL_LAST
  const words = Object.fromEntries(WORDS.map((name) => [name, details[name]])) as Pick<
    Editable,
    (typeof WORDS)[number]
  >
  return { ...words, lastText: String(last), limitText: String(details.limit) }
}

/** What a form changes. A number that is none changes nothing. */
export function differences(details: Details, form: Editable): Changes {
  const changes: Record<string, string | number> = {}
  for (const name of WORDS) {
    const said = name === 'title' || name === 'topic' ? form[name].trim() : form[name]
    if (said !== details[name]) changes[name] = said
  }
  const last = number(form.lastText)
  if (form.reach === 'last' && last !== null && last > 0 && last !== details.last) changes.last = last
  const limit = number(form.limitText)
  if (limit !== null && limit !== details.limit) changes.limit = limit
  // The choices of a form are those the command takes.
  return changes as Changes
}

function number(text: string | number): number | null {
  const plain = String(text).trim()
  return /^\d{1,7}$/.test(plain) ? Number(plain) : null
}
