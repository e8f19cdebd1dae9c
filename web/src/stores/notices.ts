/** Short messages to the person: what succeeded or failed. A view shows them and says when their time is over. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

import type { Notice } from './types'

/** More than these at once nobody reads: the oldest goes. */
const MOST = 4

export const useNoticesStore = defineStore('notices', () => {
  const items = shallowRef<readonly Notice[]>([])
  let last = 0

  function push(notice: { text: string; kind?: Notice['kind']; action?: Notice['action'] }): number {
    last += 1
    const item: Notice = { id: last, text: notice.text, kind: notice.kind ?? 'info', action: notice.action }
    const others = items.value.filter((other) => other.text !== item.text)
    items.value = [...others, item].slice(-MOST)
    return last
  }

  function drop(id: number): void {
    items.value = items.value.filter((item) => item.id !== id)
  }

  return { items, push, drop }
})
