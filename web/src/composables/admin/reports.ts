/** What people reported to the administrators. */
import type { Schemas } from 'teahouse-client'

import { rest } from '@/api/rest'

export type ReportView = Schemas['ReportView']
export type Outcome = 'open' | 'acted' | 'dismissed'

export async function reportPage(outcome: Outcome, before: string | null) {
  const page = await rest.GET('/api/v1/admin/reports', {
    params: { query: { outcome, ...(before && { before }) } },
  })
  return { rows: page.reports, next: page.more ? (page.reports.at(-1)?.id ?? null) : null }
}

export const settleReport = (report: string, outcome: Outcome, note: string): Promise<ReportView> =>
  rest.PATCH('/api/v1/admin/reports/{report}', { params: { path: { report } }, body: { outcome, note } })
