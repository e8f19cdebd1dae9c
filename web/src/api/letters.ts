/** Dead letters: jobs the server gave up. For administrators. */
import { rest } from './rest'

export interface Letter {
  id: string
  kind: string
  cause: string
  attempts: number
  created: number
  died: number
  conversation: string | null
}

export interface LetterWithPayload extends Letter {
  seq: number | null
  payload: unknown
}

// Looser than the generated types, which know these paths only once the server has them.
type Call = (path: string, call?: object) => Promise<unknown>
const PATH = '/api/v1/admin/dead-letters'
const one = (letter: string): object => ({ params: { path: { letter } } })

export const letterPage = (cursor: string | null): Promise<{ letters: Letter[]; cursor: string | null }> =>
  (rest.GET as unknown as Call)(PATH, { params: { query: cursor ? { cursor } : {} } }) as Promise<{
    letters: Letter[]
    cursor: string | null
  }>

export const letter = (id: string): Promise<LetterWithPayload> =>
  (rest.GET as unknown as Call)(`${PATH}/{letter}`, one(id)) as Promise<LetterWithPayload>

export const retryLetter = (id: string): Promise<unknown> =>
  (rest.POST as unknown as Call)(`${PATH}/{letter}/retry`, one(id))

export const retryLetters = async (): Promise<number> =>
  ((await (rest.POST as unknown as Call)(`${PATH}/retry`)) as { retried: number }).retried

export const discardLetter = (id: string): Promise<unknown> =>
  (rest.DELETE as unknown as Call)(`${PATH}/{letter}`, one(id))
