/** Dead letters: jobs the server gave up. For administrators. */
import type { Schemas } from 'teahouse-client'

import { rest } from './rest'

export type Letter = Schemas['Letter']
export type LetterWithPayload = Schemas['LetterWithPayload']

const of = (letter: string) => ({ params: { path: { letter } } })

export const letterPage = (cursor: string | null): Promise<Schemas['LetterPage']> =>
  rest.GET('/api/v1/admin/dead-letters', { params: { query: cursor ? { cursor } : {} } })

export const letter = (id: string): Promise<LetterWithPayload> =>
  rest.GET('/api/v1/admin/dead-letters/{letter}', of(id))

export const retryLetter = (id: string): Promise<unknown> =>
  rest.POST('/api/v1/admin/dead-letters/{letter}/retry', of(id))

export const retryLetters = async (): Promise<number> =>
  (await rest.POST('/api/v1/admin/dead-letters/retry')).retried

export const discardLetter = (id: string): Promise<unknown> =>
  rest.DELETE('/api/v1/admin/dead-letters/{letter}', of(id))
