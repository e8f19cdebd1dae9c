/** The sound of a message: two soft notes, as of a cup that is set down. Made here, so that no file is loaded. */

const NOTES = [
  { hertz: 880, at: 0, length: 0.35 },
  { hertz: 1318.5, at: 0.07, length: 0.45 },
] as const
const VOLUME = 0.09

let context: AudioContext | null = null

/** Browsers let a page sound only after somebody touched it; before that, this is silent. */
export async function chime(): Promise<void> {
  try {
    context ??= new AudioContext()
    if (context.state === 'suspended') await context.resume()
    const start = context.currentTime + 0.02
    for (const note of NOTES) {
      const tone = context.createOscillator()
      const volume = context.createGain()
      tone.type = 'sine'
      tone.frequency.value = note.hertz
      const begin = start + note.at
      volume.gain.setValueAtTime(0, begin)
      volume.gain.linearRampToValueAtTime(VOLUME, begin + 0.012)
      volume.gain.exponentialRampToValueAtTime(0.0001, begin + note.length)
      tone.connect(volume).connect(context.destination)
      tone.start(begin)
      tone.stop(begin + note.length)
    }
  } catch {
    // No sound device, or no permission: it was only a sound.
  }
}
