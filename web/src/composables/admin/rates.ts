/** What a server does a second, from counters that only grow: two answers and the time between them make a rate. */

export interface Counters {
  messages: number
  deliveries: number
  commands: number
  bytes: number
}

export interface Sample {
  /** Milliseconds, of a clock that does not jump. */
  at: number
  uptime: number
  counters: Counters
  sessions: number
  memory: number
  lag: number
}

export type SeriesName = keyof Counters | 'sessions' | 'memory' | 'lag'
/** null: not known, as after a restart of the server. */
export type Series = readonly (number | null)[]

const RATES: ReadonlySet<string> = new Set(['messages', 'deliveries', 'commands', 'bytes'])

function rate(before: Sample, after: Sample, name: keyof Counters): number | null {
  const seconds = (after.at - before.at) / 1000
  const more = after.counters[name] - before.counters[name]
  // A restart begins to count anew.
  if (seconds <= 0 || more < 0 || after.uptime < before.uptime) return null
  return more / seconds
}

export function seriesOf(samples: readonly Sample[], name: SeriesName): Series {
  if (!RATES.has(name)) return samples.map((sample) => sample[name as 'sessions' | 'memory' | 'lag'])
  return samples.slice(1).map((after, index) => rate(samples[index] as Sample, after, name as keyof Counters))
}

export interface Drawing {
  /** The line, with breaks where nothing is known. */
  line: string
  /** What lies below it. */
  area: string
  top: number
}

/** A number with one digit that is not less than `most`, so that a scale does not tremble. */
export function niceTop(most: number): number {
  if (most <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((size) => size * power >= most) ?? 10
  return step * power
}

/** `count` values fill the width; fewer stand at its end. */
export function draw(series: Series, count: number, width: number, height: number): Drawing {
  const shown = series.slice(-count)
  const top = niceTop(Math.max(0, ...shown.map((value) => value ?? 0)))
  const step = width / Math.max(1, count - 1)
  const first = count - shown.length
  const x = (index: number): string => ((first + index) * step).toFixed(1)
  const y = (value: number): string => (height - (value / top) * height).toFixed(1)
  const runs: { from: number; points: string[] }[] = []
  shown.forEach((value, index) => {
    if (value === null) return
    const last = runs.at(-1)
    if (last && last.from + last.points.length === index) last.points.push(`${x(index)} ${y(value)}`)
    else runs.push({ from: index, points: [`${x(index)} ${y(value)}`] })
  })
  const line = runs.map(({ points }) => `M${points.join('L')}`).join('')
  const area = runs
    .map(({ from, points }) => {
      const end = x(from + points.length - 1)
      return `M${x(from)} ${height}L${points.join('L')}L${end} ${height}Z`
    })
    .join('')
  return { line, area, top }
}
