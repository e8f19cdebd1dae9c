/** The time, for what is told as "5 minutes ago": one clock for all who look, which stops when nobody does. */
import { onScopeDispose, readonly, ref, type Ref } from 'vue'

const STEP_MS = 15_000

const now = ref(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

export function useNow(): Readonly<Ref<number>> {
  users += 1
  now.value = Date.now()
  timer ??= setInterval(() => (now.value = Date.now()), STEP_MS)
  onScopeDispose(() => {
    users -= 1
    if (users > 0) return
    clearInterval(timer)
    timer = undefined
  })
  return readonly(now)
}
