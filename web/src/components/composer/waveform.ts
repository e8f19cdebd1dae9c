/** The picture of a voice message: how loud it is, evenly over the whole, as numbers of 0 to 255. */

/** The server takes 256; this many can be told apart on a screen. */
export const BARS = 64

/** How loud these samples (-1 to 1) are: their root mean square, lifted so that speech fills the range, 0 to 1. */
export function loudness(samples: Float32Array): number {
  if (samples.length === 0) return 0
  let sum = 0
  for (const sample of samples) sum += sample * sample
  // Speech lies at about 0.05 to 0.3; the root spreads what is quiet as ears do.
  return Math.min(1, Math.sqrt(Math.sqrt(sum / samples.length) / 0.5))
}

/** However many loudnesses there are, as `bars` numbers: each the loudest of its part. */
export function waveform(levels: readonly number[], bars = BARS): number[] {
  if (levels.length === 0) return []
  const count = Math.min(bars, levels.length)
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / count)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count))
    return Math.round(Math.max(...levels.slice(from, to)) * 255)
  })
}
