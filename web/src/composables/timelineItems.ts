/**
 * Rows of a timeline, with what depends on their neighbours: where a day begins, where the unread begin, which follow
 * each other as one person's. The rule: one item a row, so that an index of the list is an index of the rows; what
 * stands before a row (a day, "new messages") is part of its item.
 */
import type { Row } from '@/stores/types'

export interface TimelineItem {
  readonly key: string
  readonly row: Row
  /** A day begins here: its time, else null. */
  readonly day: number | null
  /** The unread begin here. */
  readonly unread: boolean
  /** First and last of what one person said in a row. */
  readonly first: boolean
  readonly last: boolean
}

const GROUP_MS = 5 * 60_000

/** Begin and end of the local day of `at`. Ten thousand rows have few days, so dates are made for these only. */
function dayAround(at: number): [number, number] {
  const date = new Date(at)
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  return [new Date(year, month, day).getTime(), new Date(year, month, day + 1).getTime()]
}

/** Who is shown as the author: of what came by one webhook, several may be. */
function author(row: Row): string {
  return row.kind === 'message' && row.webhook ? `${row.webhook.id} ${row.webhook.nick ?? ''}` : row.sender.id
}

/** What somebody does (`/me waves`) stands for itself, like what the system says. */
function groups(row: Row): boolean {
  return row.kind === 'message' && !row.body.action
}

function follows(earlier: Row, later: Row): boolean {
  return (
    groups(earlier) && groups(later) && later.at - earlier.at < GROUP_MS && author(earlier) === author(later)
  )
}

/** `firstUnread` is the seq from which on messages are new; the line stands before the first of them by others. */
export function timelineItems(rows: readonly Row[], firstUnread: number | null): TimelineItem[] {
  const items: TimelineItem[] = []
  let marked = firstUnread === null
  let [dayBegin, dayEnd] = [0, 0]
  let day: number | null = null

  rows.forEach((row, index) => {
    day = row.at < dayBegin || row.at >= dayEnd ? row.at : null
    if (day !== null) [dayBegin, dayEnd] = dayAround(day)
    const unread =
      !marked && row.kind === 'message' && !row.own && row.seq !== null && row.seq >= (firstUnread as number)
    marked ||= unread
    const before = rows[index - 1]
    const first = !before || day !== null || unread || !follows(before, row)
    const previous = items.at(-1)
    if (previous && first && !previous.last) items[index - 1] = { ...previous, last: true }
    items.push({ key: row.key, row, day, unread, first, last: index === rows.length - 1 })
  })
  return items
}

/** The index of the row with `seq`, or of the first after it; -1 if all are before it. Rows are sorted by `order`. */
export function indexOfSeq(items: readonly TimelineItem[], seq: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle] as TimelineItem).row.order < seq) low = middle + 1
    else high = middle
  }
  return low < items.length ? low : -1
}
