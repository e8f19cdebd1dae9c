/** The audit log: who did what to whom. */
import type { Schemas } from 'teahouse-client'

import { rest } from '@/api/rest'

export type RecordRow = Schemas['RecordRow']

export interface AuditFilter {
  /** A user id. */
  actor: string
  action: string
  target: string
  /** Dates as an input gives them (YYYY-MM-DD), of the reader's own days; empty: any. */
  since: string
  until: string
}

/** More than this at once is exported in parts, by narrower filters. */
const EXPORTED = 10_000

/** The beginning of a local day, `days` later, in milliseconds. */
export function dayStart(date: string, days = 0): number | undefined {
  const [year, month, day] = date.split('-').map(Number)
  if (!year || !month || !day) return undefined
  return new Date(year, month - 1, day + days).getTime()
}

export async function auditPage(filter: AuditFilter, before: number | null, limit = 50) {
  const since = dayStart(filter.since)
  // The day itself is in.
  const until = dayStart(filter.until, 1)
  const page = await rest.GET('/api/v1/admin/audit', {
    params: {
      query: {
        limit,
        ...(filter.actor.trim() && { actor: filter.actor.trim() }),
        ...(filter.action.trim() && { action: filter.action.trim() }),
        ...(filter.target.trim() && { target: filter.target.trim() }),
        ...(since !== undefined && { since }),
        ...(until !== undefined && { until }),
        ...(before !== null && { before }),
      },
    },
  })
  return { rows: page.records, next: page.more ? (page.records.at(-1)?.number ?? null) : null }
}

/** All that fits the filter, the newest first. */
export async function auditExport(filter: AuditFilter): Promise<RecordRow[]> {
  const rows: RecordRow[] = []
  let before: number | null = null
  do {
    const page = await auditPage(filter, before, 200)
    rows.push(...page.rows)
    before = page.next
  } while (before !== null && rows.length < EXPORTED)
  return rows
}
