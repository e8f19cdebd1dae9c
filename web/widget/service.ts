/**
 * What the widget asks of the server by REST: who one is, how the matter stands, files. Across origins, by a token in a
 * header and never by a cookie.
 */
import { createRest, Disconnected, Refused, type Rest, type Schemas } from 'teahouse-client'

export type Welcomed = Schemas['Welcomed']
export type Matter = Schemas['Matter']
export type Greeting = Schemas['Hello']
export type StoredFile = Schemas['FileInfo']

export interface Transfer {
  done: Promise<StoredFile>
  cancel: () => void
}

export class Service {
  token = ''
  private readonly rest: Rest

  constructor(private readonly server: string) {
    this.rest = createRest({
      baseUrl: server,
      fetch: (input, init) => fetch(input, { ...init, credentials: 'omit' }),
      headers: (): Record<string, string> => (this.token ? { Authorization: `Bearer ${this.token}` } : {}),
    })
  }

  hello(body: Greeting): Promise<Welcomed> {
    return this.rest.POST('/api/v1/desk/hello', { body })
  }

  matter(): Promise<Matter> {
    return this.rest.GET('/api/v1/desk/matter')
  }

  askPerson(): Promise<Matter> {
    return this.rest.POST('/api/v1/desk/matter/person')
  }

  rate(rating: number, comment: string): Promise<Matter> {
    return this.rest.POST('/api/v1/desk/matter/rating', { body: { rating, comment } })
  }

  content(file: string): Promise<Blob> {
    const params = { path: { file } }
    return this.rest.GET('/api/v1/files/{file}', { params })
  }

  /** XMLHttpRequest, because fetch does not tell how much has gone out. */
  upload(file: File, progress: (part: number) => void): Transfer {
    const request = new XMLHttpRequest()
    const done = new Promise<StoredFile>((resolve, reject) => {
      request.open('POST', `${this.server}/api/v1/files`)
      request.setRequestHeader('Authorization', `Bearer ${this.token}`)
      request.setRequestHeader('Content-Type', 'application/octet-stream')
      request.setRequestHeader('X-File-Name', encodeURIComponent(file.name))
      request.upload.addEventListener('progress', ({ loaded, total }) =>
        progress(loaded / Math.max(1, total)),
      )
      request.addEventListener('load', () => {
        if (request.status < 300) resolve(JSON.parse(request.responseText) as StoredFile)
        else reject(refusal(request))
      })
      request.addEventListener('error', () => reject(new Disconnected('the upload was interrupted')))
      request.addEventListener('abort', () =>
        reject(new DOMException('the upload was cancelled', 'AbortError')),
      )
      request.send(file)
    })
    return { done, cancel: () => request.abort() }
  }
}

function refusal(request: XMLHttpRequest): Refused {
  const code = request.status === 413 ? 'too_large' : 'unavailable'
  return new Refused(code, `the server answered ${request.status}`, request.status >= 500, 0, request.status)
}
