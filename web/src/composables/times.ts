/**
 * Times, lengths and sizes in words of the chosen language. The rule: nothing here is put together from pieces by
 * hand; Intl knows how each language writes them.
 */
import { computed, type ComputedRef, ref } from 'vue'
import { useI18n } from 'vue-i18n'

export interface Times {
  /** 14:05 */
  clock(at: number): string
  /** Of a list: the time today, the weekday this week, else the date. */
  brief(at: number): string
  /** Of a separator: today, yesterday, the weekday, the date. */
  day(at: number): string
  /** Everything, for a tooltip. */
  full(at: number): string
  /** "5 minutes ago" */
  ago(at: number): string
  /** 1:05 of a recording */
  length(ms: number): string
  /** "1 day", "8 hours" */
  span(seconds: number): string
  /** 2.4 MB */
  size(bytes: number): string
}

const DAY_MS = 86_400_000
const UNITS: readonly Intl.NumberFormatOptions['unit'][] = [
  'byte',
  'kilobyte',
  'megabyte',
  'gigabyte',
  'terabyte',
]

/** The local day `at` is in, as a number that is the same all day long. */
export function dayOf(at: number): number {
  const date = new Date(at)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS)
}

const SPANS = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

export function makeTimes(locale: string, now: () => number = Date.now): Times {
  const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
  const clock = of({ timeStyle: 'short' })
  const weekday = of({ weekday: 'short' })
  const weekdayLong = of({ weekday: 'long', month: 'long', day: 'numeric' })
  const date = of({ month: 'short', day: 'numeric' })
  const dateYear = of({ year: 'numeric', month: 'numeric', day: 'numeric' })
  const dateLong = of({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' })
  const full = of({ dateStyle: 'full', timeStyle: 'medium' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const thisYear = (at: number) => new Date(at).getFullYear() === new Date(now()).getFullYear()

  return {
    clock: (at) => clock.format(at),
    brief(at) {
      const days = dayOf(now()) - dayOf(at)
      if (days === 0) return clock.format(at)
      if (days === 1) return relative.format(-1, 'day')
      if (days > 0 && days < 7) return weekday.format(at)
      return thisYear(at) ? date.format(at) : dateYear.format(at)
    },
    day(at) {
      const days = dayOf(now()) - dayOf(at)
      if (days === 0 || days === 1) return capital(relative.format(-days, 'day'), locale)
      return thisYear(at) ? weekdayLong.format(at) : dateLong.format(at)
    },
    full: (at) => full.format(at),
    ago(at) {
      const seconds = Math.round((at - now()) / 1000)
      const size = Math.abs(seconds)
      if (size < 60) return relative.format(0, 'second')
      if (size < 3600) return relative.format(Math.trunc(seconds / 60), 'minute')
      if (size < 86_400) return relative.format(Math.trunc(seconds / 3600), 'hour')
      return relative.format(Math.trunc(seconds / 86_400), 'day')
    },
    length: (ms) => clockLength(Math.round(ms / 1000)),
    span(seconds) {
      const [unit, size] = SPANS.find(([, least]) => seconds >= least) ?? ['second', 1]
      const options = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 } as const
      return new Intl.NumberFormat(locale, options).format(seconds / size)
    },
    size(bytes) {
      const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
      const digits = step > 1 ? 1 : 0
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: UNITS[step],
        unitDisplay: step ? 'short' : 'long',
        maximumFractionDigits: digits,
      }).format(bytes / 1000 ** step)
    },
  }
}

function capital(words: string, locale: string): string {
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1)
}

function clockLength(seconds: number): string {
  const rest = String(seconds % 60).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${rest}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}

/** The time, as far as "5 minutes ago" and "today" need it: what shows them is drawn anew when it moves. */
const minute = ref(Date.now())
setInterval(() => (minute.value = Date.now()), 60_000)

// Formatters are slow to make and good for all rows.
const made = new Map<string, Times>()

export function useTimes(): ComputedRef<Times> {
  const { locale } = useI18n()
  return computed(() => {
    const known = made.get(locale.value)
    if (known) return known
    const times = makeTimes(locale.value, () => minute.value)
    made.set(locale.value, times)
    return times
  })
}
