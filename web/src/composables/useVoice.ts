/**
 * The player of voice messages. The rule: one for the whole page, so that starting one recording stops the other, and
 * it goes on while its row is scrolled away.
 */
import { computed, type ComputedRef, ref, shallowRef } from 'vue'

import { inlineAddress } from './addresses'

const SPEEDS = [1, 1.5, 2] as const

const audio = shallowRef<HTMLAudioElement | null>(null)
const file = ref<string | null>(null)
const playing = ref(false)
const failed = ref(false)
const position = ref(0)
const length = ref(0)
const speed = ref<number>(1)
let frame = 0

function follow(): void {
  cancelAnimationFrame(frame)
  const player = audio.value
  if (!player) return
  position.value = player.currentTime * 1000
  // A recording made in a browser has no length in its head; the sender said it.
  if (Number.isFinite(player.duration) && player.duration > 0) length.value = player.duration * 1000
  if (!player.paused) frame = requestAnimationFrame(follow)
}

function player(): HTMLAudioElement {
  if (audio.value) return audio.value
  const made = new Audio()
  made.preload = 'metadata'
  made.addEventListener('play', () => {
    playing.value = true
    follow()
  })
  made.addEventListener('pause', () => (playing.value = false))
  made.addEventListener('ended', () => {
    playing.value = false
    position.value = 0
  })
  made.addEventListener('error', () => {
    playing.value = false
    failed.value = true
  })
  audio.value = made
  return made
}

export interface Voice {
  playing: ComputedRef<boolean>
  failed: ComputedRef<boolean>
  /** Milliseconds. */
  position: ComputedRef<number>
  length: ComputedRef<number>
  speed: ComputedRef<number>
  toggle(): void
  seek(ms: number): void
  faster(): void
}

/** The player, as the recording `id` sees it; `told` is its length as its sender said. */
export function useVoice(id: () => string, told: () => number): Voice {
  const mine = computed(() => file.value === id())

  function take(): HTMLAudioElement {
    const element = player()
    if (!mine.value) {
      element.pause()
      file.value = id()
      failed.value = false
      position.value = 0
      length.value = told()
      element.src = inlineAddress(id())
    }
    element.playbackRate = speed.value
    return element
  }

  return {
    playing: computed(() => mine.value && playing.value),
    failed: computed(() => mine.value && failed.value),
    position: computed(() => (mine.value ? position.value : 0)),
    length: computed(() => (mine.value && length.value ? length.value : told())),
    speed: computed(() => speed.value),
    toggle() {
      const element = take()
      if (element.paused) void element.play().catch(() => (failed.value = true))
      else element.pause()
    },
    seek(ms) {
      const element = take()
      element.currentTime = ms / 1000
      position.value = ms
    },
    faster() {
      const at = SPEEDS.indexOf(speed.value as 1)
      speed.value = SPEEDS[(at + 1) % SPEEDS.length] ?? 1
      if (audio.value) audio.value.playbackRate = speed.value
    },
  }
}

/** `count` bars between 0 and 1 out of however many loudnesses a recording has. */
export function waveBars(waveform: readonly number[], count: number): number[] {
  if (waveform.length === 0) return Array.from({ length: count }, () => 0.15)
  const top = Math.max(1, ...waveform)
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * waveform.length) / count)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * waveform.length) / count))
    const loudest = Math.max(...waveform.slice(from, to), 0)
    return Math.max(0.08, Math.min(1, loudest / top))
  })
}
