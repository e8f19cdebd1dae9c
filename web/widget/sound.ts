/** A short, soft tone, made here: a file would be one more thing for a page's policy to allow. */
const TONE_HZ = 660
const LASTS_S = 0.25

export function chime(): void {
  try {
    const audio = new AudioContext()
    const tone = audio.createOscillator()
    const loud = audio.createGain()
    tone.frequency.value = TONE_HZ
    loud.gain.setValueAtTime(0.08, audio.currentTime)
    loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + LASTS_S)
    tone.connect(loud).connect(audio.destination)
    tone.start()
    tone.stop(audio.currentTime + LASTS_S)
    tone.addEventListener('ended', () => void audio.close())
  } catch {
    // A browser that lets no page sound.
  }
}
