/**
 * Bringing files to the server: small ones in one request, large ones in parts that go on where they stopped (tus 1.0).
 * XMLHttpRequest, because fetch does not tell how much has gone out.
 */
import { Disconnected, Refused, type Schemas } from 'teahouse-client'

import { csrfToken, rest } from './rest'

export type StoredFile = Schemas['FileInfo']

export interface Transfer {
  name: string
  signal: AbortSignal
  /** How many bytes have gone out. */
  progress: (sent: number) => void
}

export interface Parts extends Transfer {
  /** Where an earlier try began. */
  location?: string | undefined
  /** Told where this one begins: to be kept for a later try. */
  located: (location: string) => void
}

/** What is larger goes in parts. */
export const WHOLE_BYTES = 8 * 1024 * 1024
const PART_BYTES = 4 * 1024 * 1024
const UPLOADS = '/api/v1/files/uploads'
const TUS = { 'Tus-Resumable': '1.0.0' }

interface Sending {
  method: string
  url: string
  headers: Record<string, string>
  body?: Blob
  signal: AbortSignal
  progress?: (sent: number) => void
}

function transfer({ method, url, headers, body, signal, progress }: Sending): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    if (progress) request.upload.addEventListener('progress', (event) => progress(event.loaded))
    const abort = (): void => request.abort()
    request.addEventListener('load', () =>
      request.status < 300 ? resolve(request) : reject(refusal(request)),
    )
    request.addEventListener('error', () => reject(new Disconnected('the upload was interrupted')))
    request.addEventListener('abort', () =>
      reject(new DOMException('the upload was cancelled', 'AbortError')),
    )
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort))
    signal.addEventListener('abort', abort)
    if (signal.aborted) reject(new DOMException('the upload was cancelled', 'AbortError'))
    else request.send(body ?? null)
  })
}

function refusal(request: XMLHttpRequest): Refused {
  let problem: Partial<Schemas['Document']> = {}
  try {
    problem = JSON.parse(request.responseText) as typeof problem
  } catch {
    // Something between here and the server answered.
  }
  const failing = request.status >= 500 || request.status === 408 || request.status === 429
  const code = (problem.code ?? (failing ? 'unavailable' : 'bad_request')) as Refused['code']
  const message = problem.detail ?? problem.title ?? `the server answered ${request.status}`
  return new Refused(code, message, problem.retry ?? failing, problem.retry_after_ms ?? 0, request.status)
}

export async function uploadWhole(blob: Blob, { name, signal, progress }: Transfer): Promise<StoredFile> {
  const request = await transfer({
    method: 'POST',
    url: '/api/v1/files',
    headers: {
      'Content-Type': 'application/octet-stream',
      'X-File-Name': encodeURIComponent(name),
      'X-CSRF-Token': await csrfToken(),
    },
    body: blob,
    signal,
    progress,
  })
  return JSON.parse(request.responseText) as StoredFile
}

export async function uploadInParts(blob: Blob, parts: Parts): Promise<StoredFile> {
  let location = parts.location
  let offset = location ? await offsetOf(location, parts.signal) : null
  if (location === undefined || offset === null) {
    location = await begin(blob, parts)
    parts.located(location)
    offset = 0
  }
  parts.progress(offset)
  while (offset < blob.size) {
    const from: number = offset
    const request = await transfer({
      method: 'PATCH',
      url: location,
      headers: {
        ...TUS,
        'Content-Type': 'application/offset+octet-stream',
        'Upload-Offset': String(from),
        'X-CSRF-Token': await csrfToken(),
      },
      body: blob.slice(from, from + PART_BYTES),
      signal: parts.signal,
      progress: (sent) => parts.progress(from + sent),
    })
    offset = Number(request.getResponseHeader('Upload-Offset'))
    if (!(offset > from)) throw new Disconnected('the upload does not go on')
  }
  const id = location.slice(location.lastIndexOf('/') + 1)
  return rest.GET('/api/v1/files/{file}/info', { params: { path: { file: id } } })
}

/** Gives an upload up; nobody minds if it is not there any more. */
export async function giveUp(location: string): Promise<void> {
  await fetch(location, { method: 'DELETE', headers: { ...TUS, 'X-CSRF-Token': await csrfToken() } })
}

async function begin(blob: Blob, { name, signal }: Transfer): Promise<string> {
  const bytes = new TextEncoder().encode(name)
  const request = await transfer({
    method: 'POST',
    url: UPLOADS,
    headers: {
      ...TUS,
      'Upload-Length': String(blob.size),
      'Upload-Metadata': `filename ${btoa(String.fromCharCode(...bytes))}`,
      'X-CSRF-Token': await csrfToken(),
    },
    signal,
  })
  const location = request.getResponseHeader('Location')
  if (!location) throw new Disconnected('the server did not say where to upload to')
  // Only the path: the server may know itself by another name than the page does.
  return new URL(location, globalThis.location.href).pathname
}

/** How much has arrived; null if the upload is over or was never there. */
async function offsetOf(location: string, signal: AbortSignal): Promise<number | null> {
  try {
    const request = await transfer({ method: 'HEAD', url: location, headers: TUS, signal })
    return Number(request.getResponseHeader('Upload-Offset'))
  } catch (error) {
    if (error instanceof Refused && !error.retry) return null
    throw error
  }
}
