/**
 * Messages of bots that others watch while they are written. They live in memory only: one of which nothing is heard
 * for a minute is forgotten, as the server does.
 */
import type { StreamEvent } from 'teahouse-client'

import type { MessageRow } from '../types'
import { streamRow } from './rows'

const SILENCE_MS = 65_000

interface Growing {
  row: MessageRow
  /** By character (code point), as the server counts. */
  text: string[]
  timer: ReturnType<typeof setTimeout>
}

export class Streams {
  private readonly growing = new Map<string, Growing>()

  constructor(private readonly changed: () => void) {}

  hear(event: StreamEvent): void {
    const { stream, start, text = '', ended } = event
    const before = this.growing.get(stream)
    if (before) clearTimeout(before.timer)
    const known = before?.text ?? []
    // Something was missed: the message will have all of it.
    if (ended || start > known.length) return this.stored(stream)
    const timer = setTimeout(() => this.stored(stream), SILENCE_MS)
    const whole = [...known.slice(0, start), ...text]
    const row = streamRow(event, whole.join(''), before?.row.at ?? Date.now())
    this.growing.set(stream, { row, text: whole, timer })
    this.changed()
  }

  /** Its message has come, or will. */
  stored(stream: string): void {
    clearTimeout(this.growing.get(stream)?.timer)
    if (this.growing.delete(stream)) this.changed()
  }

  rows(): MessageRow[] {
    return [...this.growing.values()].map(({ row }) => row)
  }

  end(): void {
    for (const { timer } of this.growing.values()) clearTimeout(timer)
    this.growing.clear()
  }
}
