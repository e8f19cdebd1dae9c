// `node tools/lighthouse_calm.mjs REPORT.json`: what Lighthouse would have said on a machine of its own.
//
// Lighthouse simulates a phone from what it saw, and takes a task to be as long as the clock said; on a busy machine
// most of that is waiting for the processor. Here each task of a thread is as long as the processor time that Chromium
// noted for it, and the same simulation is made of that. It is a lower bound: what a task waits for besides the
// processor counts for nothing. Reads the trace that `--save-assets` left beside the report; prints JSON.
import { readFileSync } from 'node:fs'

const CORE = '../tests/browser/node_modules/lighthouse/core'
// Weight of each, and of phone and desk what has 0.9 and 0.5 of its points, as in Lighthouse.
const SIMULATED = [
  ['first-contentful-paint', 'LanternFirstContentfulPaint', 0.1, [1800, 3000], [934, 1600]],
  ['largest-contentful-paint', 'LanternLargestContentfulPaint', 0.25, [2500, 4000], [1200, 2400]],
  ['total-blocking-time', 'LanternTotalBlockingTime', 0.3, [200, 600], [150, 350]],
]
// Taken from the report as they are.
const REPORTED = [
  ['speed-index', 0.1, [3387, 5800], [1311, 2300]],
  ['cumulative-layout-shift', 0.25, [0.1, 0.25], [0.1, 0.25]],
]

const path = process.argv[2]
const read = (name) => JSON.parse(readFileSync(name, 'utf8'))
const report = read(path)
const trace = read(path.replace(/\.json$/, '-0.trace.json'))
const devtoolsLog = read(path.replace(/\.json$/, '-0.devtoolslog.json'))

/** Makes each task, and what happened inside it, as short as its processor time. */
function calm(events) {
  const threads = new Map()
  for (const event of events) {
    const name = `${event.pid} ${event.tid}`
    if (!threads.has(name)) threads.set(name, [])
    threads.get(name).push(event)
  }
  for (const thread of threads.values()) {
    thread.sort((a, b) => a.ts - b.ts || b.dur - a.dur)
    let [begin, end, factor] = [0, 0, 1]
    for (const event of thread) {
      if (event.ts >= end) {
        if (!event.name.endsWith('RunTask')) continue
        ;[begin, end] = [event.ts, event.ts + event.dur]
        factor = Math.min(1, (event.tdur ?? event.dur) / event.dur)
      }
      event.ts = Math.round(begin + (event.ts - begin) * factor)
      event.dur = Math.max(1, Math.round(event.dur * factor))
    }
  }
}
calm(trace.traceEvents.filter((event) => event.ph === 'X' && event.dur > 0))

const { Audit } = await import(`${CORE}/audits/audit.js`)
// Phone or desk, as it was.
const settings = report.configSettings
const context = { settings, computedCache: new Map() }
const { requestedUrl, mainDocumentUrl, finalDisplayedUrl } = report
const data = {
  trace,
  devtoolsLog,
  settings,
  gatherContext: { gatherMode: 'navigation' },
  URL: { requestedUrl, mainDocumentUrl, finalDisplayedUrl },
  SourceMaps: [],
}
const points = (value, weight, phone, desk) => {
  const [p10, median] = settings.formFactor === 'desktop' ? desk : phone
  return weight * Audit.computeLogNormalScore({ p10, median }, value)
}
const found = {}
let score = 0
for (const [name, metric, weight, phone, desk] of SIMULATED) {
  const { [metric]: Metric } = await import(`${CORE}/computed/metrics/lantern-${name}.js`)
  found[name] = Math.round((await Metric.request(data, context)).timing)
  score += points(found[name], weight, phone, desk)
}
for (const [name, weight, phone, desk] of REPORTED)
  score += points(report.audits[name].numericValue, weight, phone, desk)
console.log(JSON.stringify({ score: Math.round(100 * score), ...found }))
