/**
 * Files on their way to the server. Each is kept in the database until the message that carries it is in the outbox: so
 * it goes on after a reload, from where it was, and waits while there is no connection.
 *
 * Rule: an upload is carried on by one tab; a Web Lock under its id says which.
 */
import { Disconnected, newCid, Refused } from 'teahouse-client'
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'

import { giveUp, uploadInParts, uploadWhole, WHOLE_BYTES, type StoredFile } from '../api/uploads'
import type { UploadRow } from '../db/database'
import { sizeOfImage, SHOWN_IMAGES } from './images'
import { link, requireLink, whenLinked, type Link } from './link'
import { failureOf } from './timeline/timeline'
import type { Upload, UploadKind } from './types'

const LOCK = 'teahouse.upload.'
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000

export interface AboutUpload {
  kind?: UploadKind
  name?: string
  durationMs?: number
  waveform?: number[]
}

/** What carries the file. */
export type Carrier = NonNullable<UploadRow['message']>

/** Told of the files of messages. */
export interface UploadHears {
  arrived: (upload: Upload, carrier: Carrier) => void
  failed: (upload: Upload, carrier: Carrier) => void
}

interface Running {
  row: UploadRow
  over: AbortController
  /** Ends the wait for the next try. */
  wake: () => void
}

export const useUploadsStore = defineStore('uploads', () => {
  const byId = shallowReactive(new Map<string, Upload>())
  const running = new Map<string, Running>()
  let hears: UploadHears = { arrived: () => {}, failed: () => {} }

  const upload = (id: string): Upload | null => byId.get(id) ?? null

  function show(id: string, changes: Partial<Upload>): void {
    const before = byId.get(id)
    if (before) byId.set(id, { ...before, ...changes })
  }

  function shown(row: UploadRow): Upload {
    const { id, conversation, kind, name, blob, width, height, durationMs, waveform } = row
    return {
      id,
      conversation,
      kind,
      name,
      size: blob.size,
      mime: blob.type,
      ...(width && { width }),
      ...(height && { height }),
      ...(durationMs !== undefined && { durationMs }),
      ...(waveform && { waveform }),
      progress: row.file ? 1 : 0,
      state: row.file ? 'done' : 'waiting',
      error: null,
      file: row.file ?? null,
      preview: URL.createObjectURL(blob),
    }
  }

  /** Begins at once. */
  function start(conversation: string, file: File | Blob, about: AboutUpload = {}): Upload {
    requireLink()
    const kind = about.kind ?? (SHOWN_IMAGES.has(file.type) ? 'image' : 'file')
    const name = about.name ?? (file instanceof File ? file.name : kind)
    const { durationMs, waveform } = about
    const row: UploadRow = {
      id: newCid(),
      conversation,
      kind,
      name,
      blob: file,
      created: Date.now(),
      ...(durationMs !== undefined && { durationMs }),
      ...(waveform && { waveform }),
    }
    byId.set(row.id, shown(row))
    void keep(row)
    if (kind === 'image') void measure(row)
    run(row)
    return byId.get(row.id)!
  }

  async function measure(row: UploadRow): Promise<void> {
    const size = await sizeOfImage(row.blob)
    if (!size) return
    Object.assign(row, size)
    show(row.id, size)
  }

  async function keep(row: UploadRow): Promise<void> {
    // Without a place on the disk it goes on all the same, as long as the page is there.
    await link()
      ?.database.put('uploads', row)
      .catch(() => {})
  }

  /** The message that is to be sent when the file is there. */
  function carry(id: string, carrier: Carrier): void {
    const row = running.get(id)?.row
    const here = byId.get(id)
    if (!row || !here) return
    row.message = carrier
    void keep(row)
    if (here.state === 'done') finish(row)
    if (here.state === 'failed') hears.failed(here, carrier)
  }

  /** Once only: the file may arrive at the moment at which its message comes. */
  function finish(row: UploadRow): void {
    const here = byId.get(row.id)
    if (!here || !row.message || running.get(row.id)?.row !== row) return
    running.delete(row.id)
    hears.arrived(here, row.message)
    void link()
      ?.database.delete('uploads', row.id)
      .catch(() => {})
  }

  function run(row: UploadRow): void {
    const over = new AbortController()
    running.set(row.id, { row, over, wake: () => {} })
    const work = (): Promise<void> => persist(row, over.signal)
    const { locks } = navigator
    if (!locks) return void work()
    void locks
      .request(LOCK + row.id, { ifAvailable: true }, (lock) => (lock ? work() : undefined))
      .catch(() => {})
  }

  /** Tries until the file is there, it is refused, or nobody wants it any more. */
  async function persist(row: UploadRow, signal: AbortSignal): Promise<void> {
    for (let wait = FIRST_WAIT_MS; !signal.aborted && !row.file; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        show(row.id, { state: 'uploading', error: null })
        arrived(row, await send(row, signal))
      } catch (error) {
        if (signal.aborted) return
        if (!passing(error)) return fail(row, error)
        show(row.id, { state: 'waiting' })
        await pause(row.id, wait, signal)
      }
    }
    if (row.file) {
      await keep(row)
      finish(row)
    }
  }

  function fail(row: UploadRow, error: unknown): void {
    show(row.id, { state: 'failed', error: failureOf(error) })
    const here = byId.get(row.id)
    if (here && row.message) hears.failed(here, row.message)
  }

  function arrived(row: UploadRow, file: StoredFile): void {
    row.file = file.id
    const size = file.width && file.height ? { width: file.width, height: file.height } : {}
    // What the server does not take for an image it would not take in an image's message.
    if (row.kind === 'image' && !file.width) row.kind = 'file'
    show(row.id, { state: 'done', progress: 1, file: file.id, kind: row.kind, ...size })
  }

  function send(row: UploadRow, signal: AbortSignal): Promise<StoredFile> {
    const { id, name, blob, location } = row
    const progress = (sent: number): void =>
      show(id, { progress: Math.min(0.99, sent / Math.max(1, blob.size)) })
    if (blob.size <= WHOLE_BYTES) return uploadWhole(blob, { name, signal, progress })
    const located = (location: string): void => {
      row.location = location
      void keep(row)
    }
    return uploadInParts(blob, { name, signal, progress, location, located })
  }

  function pause(id: string, wait: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait)
      const go = (): void => (clearTimeout(timer), resolve())
      const here = running.get(id)
      if (here) here.wake = go
      signal.addEventListener('abort', go, { once: true })
    })
  }

  /** Tries again what was refused, and what waits. */
  function retry(id: string): void {
    const here = running.get(id)
    if (!here) return
    if (byId.get(id)?.state === 'failed') run(here.row)
    else here.wake()
  }

  function cancel(id: string): void {
    const here = running.get(id)
    here?.over.abort()
    running.delete(id)
    if (here?.row.location && !here.row.file) void giveUp(here.row.location).catch(() => {})
    void link()
      ?.database.delete('uploads', id)
      .catch(() => {})
    release(id)
  }

  /** Nobody shows it any more. */
  function release(id: string): void {
    const preview = byId.get(id)?.preview
    byId.delete(id)
    if (preview) URL.revokeObjectURL(preview)
  }

  /** What was on its way before the page was loaded anew. `wanted`: those in drafts; others without a message go. */
  async function restore({ database }: Link): Promise<UploadRow[]> {
    const drafts = await database.getAll('drafts')
    const wanted = new Set(drafts.flatMap((draft) => draft.attachments))
    const rows = await database.getAll('uploads')
    const old = Date.now() - 24 * 3_600_000
    for (const row of rows) {
      if (running.has(row.id)) continue
      // Another tab may be about to put it in its draft.
      if (!row.message && !wanted.has(row.id)) {
        if (row.created < old) void database.delete('uploads', row.id)
        continue
      }
      byId.set(row.id, shown(row))
      run(row)
    }
    return rows.filter((row) => row.message)
  }

  function follow(listener: UploadHears): void {
    hears = listener
  }

  whenLinked(({ client }) => {
    const ending = client.on('welcome', () => {
      for (const { wake } of running.values()) wake()
    })
    return () => {
      ending()
      for (const { over } of running.values()) over.abort()
      running.clear()
      for (const id of byId.keys()) release(id)
    }
  })

  return { upload, byId, start, carry, cancel, retry, release, restore, follow }
})

/** It may succeed later, unchanged. */
function passing(error: unknown): boolean {
  return error instanceof Disconnected || (error instanceof Refused && error.retry)
}
