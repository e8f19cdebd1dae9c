/** Who is writing. (The bodies follow.) */
import { defineStore } from 'pinia'

import type { Person } from './types'

export const useTypingStore = defineStore('typing', () => {
  /** Reactive: the others who write there now. */
  const users = (_conversation: string): readonly Person[] => []
  /** Call it with each key; it is told at most every 3 s. `false` when the text was sent or deleted. */
  const mine = (_conversation: string, _on: boolean): void => {}

  return { users, mine }
})
