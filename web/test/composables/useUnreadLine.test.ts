import { describe, expect, it } from 'vitest'
import { nextTick, ref, shallowReactive } from 'vue'

import { useUnreadLine } from '@/composables/useUnreadLine'
import type { Row, Timeline } from '@/stores/types'

import { message } from '../components/chat/rows'

function opened(firstUnread: number | null, ...seqs: number[]) {
  const timeline = shallowReactive({
    rows: seqs.map((seq) => message({ seq })) as Row[],
    firstUnread,
    hasNewer: false,
    opening: false,
  })
  const looking = ref(true)
  const line = useUnreadLine(() => timeline as unknown as Timeline, looking)
  const come = async (row: Row): Promise<void> => {
    timeline.rows = [...timeline.rows, row]
    await nextTick()
  }
  return { timeline, looking, line, come }
}

describe('the line above what is new', () => {
  it('stands where it stood when the conversation was opened', async () => {
    const { line, come } = opened(2, 1, 2, 3)
    expect(line.value).toBe(2)
    await come(message({ seq: 4 }))
    expect(line.value).toBe(2)
  })

  it('is not drawn before what comes while somebody looks', async () => {
    const { line, timeline, come } = opened(null, 1)
    timeline.firstUnread = 2
    await come(message({ seq: 2 }))
    expect(line.value).toBeNull()
  })

  it('is drawn before what comes while nobody looks, once', async () => {
    const { line, looking, come } = opened(null, 1)
    looking.value = false
    await come(message({ seq: 2, own: true }))
    await come(message({ seq: 3 }))
    await come(message({ seq: 4 }))
    expect(line.value).toBe(3)
    looking.value = true
    await nextTick()
    await come(message({ seq: 5 }))
    expect(line.value).toBe(3)
    looking.value = false
    await nextTick()
    await come(message({ seq: 6 }))
    expect(line.value).toBe(6)
  })

  it('is gone once one has answered', async () => {
    const { line, come } = opened(2, 1, 2)
    await come(message({ seq: 3, own: true }))
    expect(line.value).toBeNull()
  })
})
