// Typed calls of the REST interface: `createRest({ baseUrl })` gives a function for each method, which knows every path,
// parameter, body and answer from the server's OpenAPI document.
//
// Rule: the answer is what is returned, a problem document is thrown as Refused, and no answer is Disconnected. Who one
// is, is said by `headers`, which is asked for each call, as tokens expire.
import { Disconnected, Refused } from '../wire/errors.js'
import type { Code } from '../wire/protocol.js'
import type { components, paths } from './schema.js'

export type Schemas = components['schemas']
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The paths that have a method. */
export type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<Lowercase<M>, object> ? P : never
}[keyof paths]

type Operation<M extends Method, P> = P extends keyof paths
  ? Lowercase<M> extends keyof paths[P]
    ? paths[P][Lowercase<M>]
    : never
  : never

/** What a call answers: JSON typed by the document, undefined where there is nothing to say, else the bytes. */
export type AnswerOf<M extends Method, P> =
  Operation<M, P> extends { responses: infer R } ? Content<R[keyof R & (200 | 201 | 202 | 204 | 206)]> : never

type Content<R> = R extends { content: { 'application/json': infer Answer } }
  ? Answer
  : R extends { content?: never }
    ? undefined
    : Blob

/** What is sent as it is. */
export type Bytes = Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string

type BodyOf<O> = O extends { requestBody?: infer B }
  ? NonNullable<B> extends { content: { 'application/json': infer Fields } }
    ? Fields
    : Bytes
  : never

type Needed<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] }

/** Of the parameters those in path, query and header, without those kinds that the operation does not have. */
type ParametersOf<O> = O extends { parameters: infer P }
  ? { [K in keyof P as [P[K]] extends [undefined] ? never : K extends 'cookie' ? never : K]: P[K] }
  : Record<string, never>

type Part<Name extends string, T, Must> = [T] extends [never]
  ? { [N in Name]?: undefined }
  : Must extends true
    ? { [N in Name]: T }
    : { [N in Name]?: T }

type NeedsParameters<O> = keyof Needed<ParametersOf<O>> extends never ? false : true
type NeedsBody<O> = O extends { requestBody: object } ? true : false

export type CallOf<M extends Method, P> = Part<
  'params',
  keyof ParametersOf<Operation<M, P>> extends never ? never : ParametersOf<Operation<M, P>>,
  NeedsParameters<Operation<M, P>>
> &
  Part<'body', BodyOf<Operation<M, P>>, NeedsBody<Operation<M, P>>> & {
    headers?: Record<string, string>
    signal?: AbortSignal
  }

type ArgumentsOf<M extends Method, P> =
  Record<string, never> extends Omit<CallOf<M, P>, 'headers' | 'signal'>
    ? [call?: CallOf<M, P>]
    : [call: CallOf<M, P>]

/** A function a method; what is asked for by path comes back typed. */
export type Rest = {
  [M in Method]: <P extends PathsWith<M>>(path: P, ...call: ArgumentsOf<M, P>) => Promise<AnswerOf<M, P>>
}

export interface RestOptions {
  /** Where the server is, as http://127.0.0.1:8080; empty in a page of the server's own origin. */
  baseUrl: string
  fetch?: typeof fetch
  /** Headers of a call, such as Authorization or X-CSRF-Token. */
  headers?: (method: Method, path: string) => Record<string, string> | Promise<Record<string, string>>
  /** Told of each refusal before it is thrown: to notice that one is logged out. */
  refused?: (error: Refused) => void
}

interface Call {
  params?: { path?: object; query?: object; header?: object }
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

export function createRest(options: RestOptions): Rest {
  const method =
    (name: Method) =>
    (path: string, call: Call = {}) =>
      ask(options, name, path, call)
  const rest = {
    GET: method('GET'),
    POST: method('POST'),
    PUT: method('PUT'),
    PATCH: method('PATCH'),
    DELETE: method('DELETE'),
  }
  return rest as unknown as Rest
}

async function ask(options: RestOptions, method: Method, path: string, call: Call): Promise<unknown> {
  const { body, type } = encoded(call.body)
  const headers = {
    ...(type && { 'Content-Type': type }),
    ...(await options.headers?.(method, path)),
    ...texts(call.params?.header),
    ...call.headers,
  }
  const url = options.baseUrl + addressOf(path, call)
  const init: RequestInit = { method, headers, ...(body !== undefined && { body }) }
  if (call.signal) init.signal = call.signal
  const answer = await reached((options.fetch ?? fetch)(url, init))
  if (answer.ok) return reached(contentOf(answer))
  const error = await refusalOf(answer)
  options.refused?.(error)
  throw error
}

/** The path with its parameters in place, and the query. A list is a parameter several times. */
export function addressOf(path: string, call: Call): string {
  const inPath = new Map(Object.entries(texts(call.params?.path)))
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath.get(name) ?? ''))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(call.params?.query ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null) query.append(name, String(item))
    }
  }
  return query.size > 0 ? `${filled}?${query}` : filled
}

function texts(values: object = {}): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}

function encoded(body: unknown): { body?: BodyInit; type?: string } {
  if (body === undefined) return {}
  return isBytes(body)
    ? { body, type: 'application/octet-stream' }
    : { body: JSON.stringify(body), type: 'application/json' }
}

const isBytes = (body: unknown): body is Bytes =>
  typeof body === 'string' ||
  body instanceof Blob ||
  body instanceof ArrayBuffer ||
  body instanceof Uint8Array

async function contentOf(answer: Response): Promise<unknown> {
  if (answer.status === 204) return undefined
  return isJson(answer) ? answer.json() : answer.blob()
}

async function refusalOf(answer: Response): Promise<Refused> {
  const said = isJson(answer) ? await answer.json().catch(() => null) : null
  const problem = (said ?? {}) as Partial<Schemas['Document']>
  const code = (problem.code ?? codeOf(answer.status)) as Code
  const message = problem.detail ?? problem.title ?? `the server answered ${answer.status}`
  const retry = problem.retry ?? (answer.status >= 500 || answer.status === 429)
  const seconds = Number(answer.headers.get('Retry-After') ?? 0)
  return new Refused(code, message, retry, problem.retry_after_ms ?? (seconds * 1000 || 0), answer.status)
}

/** For answers that are not the server's own, as those of a proxy. */
function codeOf(status: number): Code {
  const codes: Record<number, Code> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    409: 'conflict',
    413: 'too_large',
    429: 'rate_limited',
  }
  return codes[status] ?? (status >= 500 ? 'unavailable' : 'bad_request')
}

const isJson = (answer: Response) =>
  /^application\/(\w+\+)?json/.test(answer.headers.get('Content-Type') ?? '')

/** Who gave the call up hears their own AbortError; whatever else keeps an answer from coming is Disconnected. */
async function reached<T>(coming: Promise<T>): Promise<T> {
  try {
    return await coming
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error
    throw new Disconnected('the server cannot be reached', { cause: error })
  }
}
