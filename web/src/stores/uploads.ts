/** Files on their way to the server. (The bodies follow.) */
import { defineStore } from 'pinia'

import type { Upload, UploadKind } from './types'

const soon = (): never => {
  throw new Error('not there yet')
}

export const useUploadsStore = defineStore('uploads', () => {
  /** Reactive. */
  const upload = (_id: string): Upload | null => null
  /** Begins at once; goes on after a reload, and waits while offline. */
  const start = (
    _conversation: string,
    _file: File | Blob,
    _about?: { kind?: UploadKind; name?: string; durationMs?: number; waveform?: number[] },
  ): Upload => soon()
  const cancel = (_id: string): void => {}
  const retry = (_id: string): void => {}

  return { upload, start, cancel, retry }
})
