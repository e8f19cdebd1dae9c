/**
 * Records a voice message. `state` says where one is; the microphone is let go as soon as it is not needed, and what
 * was recorded is kept until it is sent or dropped.
 */
import { onScopeDispose, ref, shallowRef } from 'vue'

/**
 * idle · asking: for the microphone · recording · paused · done: to be listened to, sent or dropped · denied, missing:
 * no permission, no microphone · unsupported: this browser cannot, or the page has no TLS
 */
export type RecorderState =
  'idle' | 'asking' | 'recording' | 'paused' | 'done' | 'denied' | 'missing' | 'unsupported'

export interface Recording {
  blob: Blob
  durationMs: number
  /** How loud it is, moment by moment, 0 to 1. */
  levels: readonly number[]
}

const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus', 'audio/webm']
const LOOK_MS = 50
export const LONGEST_MS = 15 * 60_000
/** Shorter ones are slips of the finger. */
export const SHORTEST_MS = 400

export const canRecord = (): boolean =>
  'MediaRecorder' in globalThis && Boolean(globalThis.navigator?.mediaDevices?.getUserMedia)

/** What hears: gives the loudness of the last moment. */
class Meter {
  private readonly context = new AudioContext()
  private readonly analyser = this.context.createAnalyser()
  private readonly samples: Float32Array<ArrayBuffer>

  constructor(
    stream: MediaStream,
    private readonly loudness: (samples: Float32Array) => number,
  ) {
    this.analyser.fftSize = 2048
    this.samples = new Float32Array(this.analyser.fftSize)
    this.context.createMediaStreamSource(stream).connect(this.analyser)
  }

  level(): number {
    this.analyser.getFloatTimeDomainData(this.samples)
    return this.loudness(this.samples)
  }

  close(): void {
    void this.context.close()
  }
}

export function useRecorder(loudness: (samples: Float32Array) => number) {
  const state = ref<RecorderState>(canRecord() ? 'idle' : 'unsupported')
  const elapsed = ref(0)
  /** Of the last moments, the newest last. */
  const levels = shallowRef<readonly number[]>([])
  const recording = shallowRef<Recording | null>(null)

  let recorder: MediaRecorder | null = null
  let meter: Meter | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let lookedAt = 0
  let heard: number[] = []

  function look(): void {
    const now = performance.now()
    if (state.value === 'recording') {
      elapsed.value += now - lookedAt
      heard.push(meter?.level() ?? 0)
      levels.value = heard.slice(-96)
      if (elapsed.value >= LONGEST_MS) void stop()
    }
    lookedAt = now
  }

  function release(): void {
    clearInterval(timer)
    for (const track of recorder?.stream.getTracks() ?? []) track.stop()
    meter?.close()
    recorder = null
    meter = null
  }

  async function start(): Promise<void> {
    if (state.value === 'asking' || recorder) return
    drop()
    state.value = 'asking'
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      })
      // Somebody changed their mind while the browser asked.
      if ((state.value as RecorderState) !== 'asking') {
        for (const track of stream.getTracks()) track.stop()
        return
      }
      const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
      recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: 32_000 })
      meter = new Meter(stream, loudness)
      recorder.start(1000)
      collect(recorder)
      lookedAt = performance.now()
      timer = setInterval(look, LOOK_MS)
      state.value = 'recording'
    } catch (error) {
      release()
      const name = error instanceof DOMException ? error.name : ''
      state.value = name === 'NotFoundError' ? 'missing' : 'denied'
    }
  }

  let chunks: Blob[] = []
  function collect(from: MediaRecorder): void {
    chunks = []
    const mine = chunks
    from.addEventListener('dataavailable', (event) => {
      if (event.data.size > 0) mine.push(event.data)
    })
  }

  function pause(): void {
    if (state.value !== 'recording') return
    look()
    recorder?.pause()
    state.value = 'paused'
  }

  function resume(): void {
    if (state.value !== 'paused') return
    recorder?.resume()
    lookedAt = performance.now()
    state.value = 'recording'
  }

  /** What was recorded; null if it was too short to be meant. */
  async function stop(): Promise<Recording | null> {
    const from = recorder
    if (!from) return recording.value
    look()
    const parts = chunks
    const ended = new Promise((done) => from.addEventListener('stop', done, { once: true }))
    if (from.state !== 'inactive') from.stop()
    await ended
    release()
    if (elapsed.value < SHORTEST_MS || parts.length === 0) {
      drop()
      return null
    }
    const type = (from.mimeType || parts[0]?.type || 'audio/webm').split(';')[0]
    recording.value = {
      blob: new Blob(parts, { type: type ?? '' }),
      durationMs: Math.round(elapsed.value),
      levels: heard,
    }
    state.value = 'done'
    return recording.value
  }

  function drop(): void {
    if (recorder?.state !== 'inactive') recorder?.stop()
    release()
    heard = []
    levels.value = []
    elapsed.value = 0
    recording.value = null
    state.value = canRecord() ? 'idle' : 'unsupported'
  }

  onScopeDispose(drop)

  return { state, elapsed, levels, recording, start, pause, resume, stop, drop }
}
