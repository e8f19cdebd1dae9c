/** Messages of one's own that wait for their time. One list for the page; it is asked for when it is looked at. */
import { Disconnected, newCid, type Body as WireBody, type Results, type Scheduled } from 'teahouse-client'
import { computed, ref, shallowRef, watch } from 'vue'

import { useSessionStore } from '@/stores/session'
import type { Body } from '@/stores/types'

export interface Later {
  conversation: string
  bodies: readonly Body[]
  at: number
  replyTo?: number | null
  thread?: number | null
  expiresS?: number
}

const rows = shallowRef<readonly Scheduled[]>([])
const loaded = ref(false)

export function useSchedules(conversation: () => string) {
  const session = useSessionStore()

  const client = () => {
    if (!session.client) throw new Disconnected()
    return session.client
  }
  const sorted = (list: readonly Scheduled[]): Scheduled[] => [...list].sort((a, b) => a.at - b.at)
  const put = (row: Scheduled): void => {
    rows.value = sorted([...rows.value.filter((one) => one.schedule !== row.schedule), row])
  }

  async function load(): Promise<void> {
    const answer = await client().call('schedules', {})
    rows.value = sorted(answer.schedules)
    loaded.value = true
  }

  /** The message with its time; each body is one. */
  async function schedule(later: Later): Promise<void> {
    for (const [index, body] of later.bodies.entries()) {
      const answer = (await client().call('send', {
        to: later.conversation,
        cid: newCid(),
        body: body as WireBody,
        at: later.at,
        ...(later.replyTo && index === 0 ? { reply_to: later.replyTo } : {}),
        ...(later.thread ? { thread: later.thread } : {}),
        ...(later.expiresS ? { expires_s: later.expiresS } : {}),
      })) as unknown as Results['reschedule']
      put(answer)
    }
  }

  async function reschedule(id: string, at: number): Promise<void> {
    put(await client().call('reschedule', { schedule: id, at }))
  }

  async function cancel(id: string): Promise<void> {
    await client().call('cancel', { schedule: id })
    rows.value = rows.value.filter((one) => one.schedule !== id)
  }

  watch(
    () => session.client,
    (there, before) => {
      if (there === before && loaded.value) return
      rows.value = []
      loaded.value = false
      if (there) load().catch(() => undefined)
    },
    { immediate: !loaded.value },
  )

  const here = computed(() => rows.value.filter((one) => one.conversation === conversation()))
  return { rows: here, load, schedule, reschedule, cancel }
}

/** Times that one often means, from `now` on: each later than the one before. */
export function suggestions(now: Date): { id: 'hour' | 'evening' | 'morning' | 'monday'; at: number }[] {
  const at = (days: number, hour: number): number =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).getTime()
  const untilMonday = (8 - now.getDay()) % 7 || 7
  const hour = now.getTime() + 3_600_000
  return [
    { id: 'hour' as const, at: hour - (hour % 60_000) },
    ...(now.getHours() < 18 ? [{ id: 'evening' as const, at: at(0, 20) }] : []),
    { id: 'morning' as const, at: at(1, 9) },
    ...(untilMonday > 1 ? [{ id: 'monday' as const, at: at(untilMonday, 9) }] : []),
  ]
}

/** "Thu, Nov 26, 9:00 AM": a time to come, in few words. */
export function timeToCome(at: number, locale: string): string {
  const day = { weekday: 'short', month: 'short', day: 'numeric' } as const
  return new Intl.DateTimeFormat(locale, { ...day, hour: 'numeric', minute: '2-digit' }).format(at)
}
