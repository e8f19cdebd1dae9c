import { Blob as NodeBlob } from 'node:buffer'

import { createPinia, setActivePinia } from 'pinia'
import { Disconnected, Refused } from 'teahouse-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import * as api from '@/api/uploads'
import { useDraftsStore } from '@/stores/drafts'
import { resetLink, setLink } from '@/stores/link'
import { startStores } from '@/stores/start'
import { useTimelinesStore } from '@/stores/timelines'
import type { MessageRow } from '@/stores/types'
import { useUploadsStore } from '@/stores/uploads'

import { FakeLog, fakeLink, ME, someUser, until, type FakeLink } from './fakes'

vi.mock('@/api/uploads', async (original) => ({
  ...(await original<typeof api>()),
  uploadWhole: vi.fn(),
  uploadInParts: vi.fn(),
  giveUp: vi.fn(async () => {}),
}))

const whole = vi.mocked(api.uploadWhole)
const inParts = vi.mocked(api.uploadInParts)
const stored = {
  id: 'f1',
  name: 'tea.txt',
  size: 3,
  mime: 'text/plain',
  sha256: '',
  created: 1,
  width: 0,
  height: 0,
}

let user: string
let link: FakeLink
let log: FakeLog
let uploads: ReturnType<typeof useUploadsStore>
let timelines: ReturnType<typeof useTimelinesStore>

async function load(): Promise<void> {
  resetLink()
  setActivePinia(createPinia())
  startStores()
  uploads = useUploadsStore()
  timelines = useTimelinesStore()
  link = await fakeLink(user)
  link.fake.handlers.history = (fields: never) => log.history(fields)
  link.fake.transmit = async ({ cid, message: { body } }) => {
    const entry = log.add(ME, { ev: 'message', cid, body: { ...body, name: 'tea.txt', size: 3 } })
    queueMicrotask(() => link.fake.emit('entry', entry))
    return { conversation: 'c1', seq: entry.seq, message: entry.message, at: entry.at }
  }
  setLink(link)
  link.fake.welcome(log.summary())
}

/** Node's own: that of the page which is played here cannot be kept in a database. */
const file = (bytes = 3): Blob =>
  new NodeBlob([new Uint8Array(bytes)], { type: 'text/plain' }) as unknown as Blob

async function rows(): Promise<() => MessageRow[]> {
  const timeline = timelines.timeline('c1')
  await until(() => !timeline.opening)
  return () => [...timeline.rows] as MessageRow[]
}

beforeEach(async () => {
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:preview')
  user = someUser()
  log = new FakeLog()
  whole.mockReset()
  inParts.mockReset()
  await load()
})

afterEach(() => resetLink())

describe('a file', () => {
  it('is shown at once, and sent when it has arrived', async () => {
    let arrive: ((file: typeof stored) => void) | undefined
    whole.mockImplementation((_blob, { progress }) => {
      progress(1)
      return new Promise((resolve) => (arrive = resolve))
    })
    const shown = await rows()
    const upload = uploads.start('c1', file())
    const [cid] = timelines.send('c1', { text: 'here', attachments: [upload.id] })
    await until(() => shown().length === 1)
    expect(shown()[0]).toMatchObject({
      state: 'waiting',
      upload: upload.id,
      body: { type: 'file', text: 'here' },
    })
    await until(() => (uploads.upload(upload.id)?.progress ?? 0) > 0.3)
    arrive!(stored)
    await until(() => shown()[0]?.seq === 1)
    expect(shown()[0]).toMatchObject({ key: `c${cid}`, body: { type: 'file', file: 'f1', text: 'here' } })
    // Only what the server takes from the sender is in the message.
    expect(Object.keys(log.entries[0]!.ev === 'message' ? log.entries[0]!.body! : {})).not.toContain('mime')
    expect(await link.database.count('uploads')).toBe(0)
  })

  it('goes on after a reload, with its message', async () => {
    whole.mockImplementation(() => new Promise(() => {}))
    const upload = uploads.start('c1', file())
    timelines.send('c1', { text: 'later', attachments: [upload.id] })
    await until(() => whole.mock.calls.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 30))
    whole.mockResolvedValue(stored as never)
    await load()
    const shown = await rows()
    await until(() => shown()[0]?.seq === 1)
    expect(shown().length).toBe(1)
    expect(shown()[0]).toMatchObject({ body: { text: 'later', file: 'f1' } })
  })

  it('waits while there is no connection, and is tried again with the next', async () => {
    whole.mockRejectedValueOnce(new Disconnected('gone')).mockResolvedValueOnce(stored as never)
    const upload = uploads.start('c1', file())
    await until(() => uploads.upload(upload.id)?.state === 'waiting' && whole.mock.calls.length === 1)
    link.fake.welcome(log.summary())
    await until(() => uploads.upload(upload.id)?.state === 'done')
    expect(uploads.upload(upload.id)?.file).toBe('f1')
  })

  it('that is refused is a failure one sees, and can try again', async () => {
    whole.mockRejectedValueOnce(new Refused('too_large', 'too large')).mockResolvedValueOnce(stored as never)
    const shown = await rows()
    const upload = uploads.start('c1', file())
    const [cid] = timelines.send('c1', { attachments: [upload.id] })
    await until(() => shown()[0]?.state === 'failed')
    expect(shown()[0]?.error).toEqual({ code: 'too_large', message: 'too large' })
    timelines.retry(cid!)
    await until(() => shown()[0]?.seq === 1)
  })

  it('that is large goes in parts, and goes on where it was', async () => {
    const locations: (string | undefined)[] = []
    inParts.mockImplementation(async (_blob, { location, located }) => {
      locations.push(location)
      located('/api/v1/files/uploads/f9')
      if (locations.length === 1) throw new Disconnected('gone')
      return stored as never
    })
    const upload = uploads.start('c1', file(api.WHOLE_BYTES + 1))
    await until(() => locations.length === 1)
    uploads.retry(upload.id)
    await until(() => uploads.upload(upload.id)?.state === 'done')
    expect(locations).toEqual([undefined, '/api/v1/files/uploads/f9'])
  })

  it('that is given up is forgotten', async () => {
    let signal: AbortSignal | undefined
    whole.mockImplementation((_blob, transfer) => ((signal = transfer.signal), new Promise(() => {})))
    const shown = await rows()
    const upload = uploads.start('c1', file())
    const [cid] = timelines.send('c1', { attachments: [upload.id] })
    await until(() => shown().length === 1)
    timelines.discard(cid!)
    await until(() => shown().length === 0)
    expect(signal?.aborted).toBe(true)
    expect(uploads.upload(upload.id)).toBeNull()
    await until(() => true)
    expect(await link.database.count('uploads')).toBe(0)
  })

  it('in a draft is there after a reload', async () => {
    whole.mockResolvedValue(stored as never)
    const upload = uploads.start('c1', file())
    useDraftsStore().save('c1', { attachments: [upload.id] })
    await until(() => uploads.upload(upload.id)?.state === 'done')
    await useDraftsStore().flush()
    await load()
    await until(() => uploads.upload(upload.id)?.state === 'done')
  })
})
