import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { setCsrf } from '@/api/rest'
import { uploadInParts, uploadWhole } from '@/api/uploads'

/** A tus server behind XMLHttpRequest. */
const server = {
  length: 0,
  offset: 0,
  name: '',
  breakAt: -1,
  refuse: 0,
  asked: [] as string[],
  tokens: [] as string[],
}

class FakeRequest extends EventTarget {
  readonly upload = new EventTarget()
  status = 0
  responseText = ''
  private method = ''
  private url = ''
  private readonly headers: Record<string, string> = {}
  private readonly answered: Record<string, string> = {}

  open(method: string, url: string): void {
    this.method = method
    this.url = url
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value
  }
  getResponseHeader(name: string): string | null {
    return this.answered[name] ?? null
  }
  abort(): void {
    this.dispatchEvent(new Event('abort'))
    this.dispatchEvent(new Event('loadend'))
  }

  send(body: Blob | null): void {
    server.asked.push(`${this.method} ${this.url} ${this.headers['Upload-Offset'] ?? ''}`.trim())
    server.tokens.push(this.headers['X-CSRF-Token'] ?? '')
    queueMicrotask(() => this.answer(body))
  }

  private answer(body: Blob | null): void {
    if (server.refuse) this.end(server.refuse, { code: 'conflict', detail: 'your files are too many' })
    else if (this.method === 'POST' && this.url.endsWith('/uploads')) {
      server.length = Number(this.headers['Upload-Length'])
      const encoded = this.headers['Upload-Metadata']!.split(' ')[1]!
      server.name = new TextDecoder().decode(Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0)))
      this.answered.Location = 'http://elsewhere:1/api/v1/files/uploads/f7'
      this.end(201, {})
    } else if (this.method === 'PATCH') {
      if (server.breakAt >= 0 && server.offset >= server.breakAt) {
        server.breakAt = -1
        this.dispatchEvent(new Event('error'))
        return void this.dispatchEvent(new Event('loadend'))
      }
      server.offset += body!.size
      this.answered['Upload-Offset'] = String(server.offset)
      this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: body!.size }))
      this.end(204, {})
    } else if (this.method === 'HEAD') {
      if (server.length === 0) return this.end(404, {})
      this.answered['Upload-Offset'] = String(server.offset)
      this.end(200, {})
    } else {
      server.name = decodeURIComponent(this.headers['X-File-Name']!)
      this.end(201, { id: 'f1', name: server.name })
    }
  }

  private end(status: number, content: object): void {
    this.status = status
    this.responseText = JSON.stringify(content)
    this.dispatchEvent(new Event('load'))
    this.dispatchEvent(new Event('loadend'))
  }
}

const blob = (bytes: number): Blob => new Blob([new Uint8Array(bytes)])
const MIB = 1024 * 1024

beforeEach(() => {
  Object.assign(server, { length: 0, offset: 0, name: '', breakAt: -1, refuse: 0, asked: [], tokens: [] })
  setCsrf('token')
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
  const info = async (url: string): Promise<Response> => Response.json({ id: url.split('/').at(-2) })
  vi.stubGlobal('fetch', vi.fn(info))
})

afterEach(() => {
  vi.unstubAllGlobals()
  setCsrf(null)
})

const transfer = (progress: (sent: number) => void = () => {}) => ({
  name: '茶 leaves.bin',
  signal: new AbortController().signal,
  progress,
})

describe('uploading', () => {
  it('brings a small file in one request', async () => {
    expect(await uploadWhole(blob(10), transfer())).toMatchObject({ id: 'f1', name: '茶 leaves.bin' })
    expect(server.tokens).toEqual(['token'])
  })

  it('brings a large one in parts, and says how much has gone out', async () => {
    const sent: number[] = []
    const located = vi.fn()
    const stored = await uploadInParts(blob(10 * MIB), { ...transfer((bytes) => sent.push(bytes)), located })
    expect(stored.id).toBe('f7')
    expect(server).toMatchObject({ length: 10 * MIB, offset: 10 * MIB, name: '茶 leaves.bin' })
    expect(located).toHaveBeenCalledWith('/api/v1/files/uploads/f7')
    expect(sent).toEqual([0, 4 * MIB, 8 * MIB, 10 * MIB])
  })

  it('goes on where it was broken off', async () => {
    server.breakAt = 4 * MIB
    const located = vi.fn()
    const parts = { ...transfer(), located }
    await expect(uploadInParts(blob(10 * MIB), parts)).rejects.toMatchObject({ name: 'Disconnected' })
    server.asked.length = 0
    await uploadInParts(blob(10 * MIB), { ...parts, location: '/api/v1/files/uploads/f7' })
    expect(server.asked).toEqual([
      'HEAD /api/v1/files/uploads/f7',
      `PATCH /api/v1/files/uploads/f7 ${4 * MIB}`,
      `PATCH /api/v1/files/uploads/f7 ${8 * MIB}`,
    ])
  })

  it('begins anew when the server has forgotten it', async () => {
    await uploadInParts(blob(10), { ...transfer(), located: () => {}, location: '/api/v1/files/uploads/old' })
    expect(server.asked[1]).toBe('POST /api/v1/files/uploads')
  })

  it('tells why it was refused, and ends when it is given up', async () => {
    server.refuse = 409
    await expect(uploadWhole(blob(1), transfer())).rejects.toMatchObject({
      code: 'conflict',
      message: 'your files are too many',
      retry: false,
    })
    server.refuse = 502
    await expect(uploadWhole(blob(1), transfer())).rejects.toMatchObject({ retry: true })
    const over = new AbortController()
    over.abort()
    const given = uploadWhole(blob(1), { ...transfer(), signal: over.signal })
    await expect(given).rejects.toMatchObject({ name: 'AbortError' })
  })
})
