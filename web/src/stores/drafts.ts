/** What was begun and not sent. (The bodies follow.) */
import { defineStore } from 'pinia'

import type { Draft } from './types'

export const EMPTY: Draft = { text: '', replyTo: null, editing: null, attachments: [] }

export const useDraftsStore = defineStore('drafts', () => {
  /** Reactive; all empty if there is none. */
  const draft = (_conversation: string): Draft => EMPTY
  /** Changes some of its fields; stored a moment later, and at once when the page is hidden. */
  const save = (_conversation: string, _changes: Partial<Draft>): void => {}
  const drop = (_conversation: string): void => {}

  return { draft, save, drop }
})
