/**
 * Doing what can be done with a message. The rule: what fails is said, and what cannot be taken back is asked about
 * first.
 */
import type { ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'

import { useConfirm } from '@/components/kit'
import { useAloud } from '@/composables/useAloud'
import { useClipboard } from '@/composables/useClipboard'
import { useDraftsStore } from '@/stores/drafts'
import { useTimelinesStore } from '@/stores/timelines'
import type { MessageRow } from '@/stores/types'

import { isLive, mayEdit, type Rights } from './messageRights'

/** What the pane shows for an action that needs more than a press. */
export interface ActionWindows {
  pick(row: MessageRow): void
  thread(root: number): void
  forward(rows: readonly MessageRow[]): void
  report(row: MessageRow): void
  info(row: MessageRow): void
  person(row: MessageRow): void
  write(): void
}

export type MessageActions = ReturnType<typeof useMessageActions>

/** `draft`: the name of the draft that answers and edits belong to. */
export function useMessageActions(rights: ComputedRef<Rights>, draft: () => string, windows: ActionWindows) {
  const { t } = useI18n()
  const { ask } = useConfirm()
  const { copy } = useClipboard()
  const aloud = useAloud()
  const timelines = useTimelinesStore()
  const drafts = useDraftsStore()

  function reply(row: MessageRow): void {
    if (!isLive(row) || !rights.value.write) return
    drafts.save(draft(), { replyTo: row.seq, editing: null })
    windows.write()
  }
  function edit(row: MessageRow): void {
    if (!mayEdit(row, rights.value)) return
    drafts.save(draft(), { editing: row.seq, replyTo: null })
    windows.write()
  }
  function react(row: MessageRow, emoji: string, on: boolean): void {
    if (isLive(row)) void aloud(() => timelines.react(row.conversation, row.seq, emoji, on))
  }
  function pin(row: MessageRow): void {
    if (isLive(row)) void aloud(() => timelines.pin(row.conversation, row.seq, !row.pinned))
  }

  /** Asks `chat.<what>Title` and so on, then does it. */
  async function sure(what: 'recall' | 'hide', act: () => Promise<unknown>): Promise<void> {
    const title = t(`chat.${what}Title`)
    const yes = await ask({ title, text: t(`chat.${what}Text`), confirm: t(`chat.${what}`), danger: true })
    if (yes) await aloud(act)
  }
  function recall(row: MessageRow): void {
    if (isLive(row)) void sure('recall', () => timelines.recall(row.conversation, row.seq))
  }
  function hide(row: MessageRow): void {
    const { conversation, seq } = row
    if (seq !== null) void sure('hide', () => timelines.hide(conversation, [seq]))
  }

  const copyText = (row: MessageRow): void => void copy(row.body.text ?? '')
  const copyLink = (row: MessageRow): void =>
    void copy(`${location.origin}/c/${encodeURIComponent(row.conversation)}?seq=${row.seq}`)
  function retry(row: MessageRow): void {
    if (row.cid) timelines.retry(row.cid)
  }
  function discard(row: MessageRow): void {
    if (row.cid) timelines.discard(row.cid)
  }

  return { rights, windows, reply, edit, react, pin, recall, hide, copyText, copyLink, retry, discard }
}
