/**
 * What can be done with a message, and doing it. The rule: what somebody may do is decided here, from the same rules
 * the server keeps, so that nothing is offered that would be refused; what fails all the same is said.
 */
import {
  ClipboardCopy,
  Flag,
  Forward,
  Info,
  Link2,
  MessageSquareReply,
  MessagesSquare,
  Pencil,
  Pin,
  PinOff,
  SmilePlus,
  Trash2,
  Undo2,
} from '@lucide/vue'
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'

import { type MenuItem, type MenuItems, useConfirm } from '@/components/kit'
import { useAloud } from '@/composables/useAloud'
import { useClipboard } from '@/composables/useClipboard'
import { useConversationsStore } from '@/stores/conversations'
import { useDraftsStore } from '@/stores/drafts'
import { useTimelinesStore } from '@/stores/timelines'
import type { MessageRow } from '@/stores/types'

const EDIT_MS = 24 * 3_600_000
const RECALL_MS = 120_000
const EDITABLE = new Set(['text', 'markdown', 'image', 'file', 'voice'])

/** What the pane shows for an action that needs more than a press. */
export interface ActionWindows {
  pick(row: MessageRow): void
  thread(root: number): void
  forward(rows: readonly MessageRow[]): void
  report(row: MessageRow): void
  info(row: MessageRow): void
  write(): void
}

export interface Rights {
  write: boolean
  pin: boolean
  recallAll: boolean
}

/** What one may do in a conversation, by its kind, its settings and one's role. */
export function useRights(conversation: () => string): ComputedRef<Rights> {
  const conversations = useConversationsStore()
  return computed(() => {
    const summary = conversations.byId.get(conversation())
    const post = conversations.detailsOf(conversation())?.post
    const runs = summary?.role === 'owner' || summary?.role === 'admin'
    const direct = summary?.kind === 'direct'
    const closed = post ? post === 'admins' : summary?.kind === 'channel'
    return { write: direct || runs || !closed, pin: direct || runs, recallAll: runs && !direct }
  })
}

export function useMessageActions(conversation: () => string, windows: ActionWindows) {
  const { t } = useI18n()
  const { ask } = useConfirm()
  const aloud = useAloud()
  const { copy } = useClipboard()
  const timelines = useTimelinesStore()
  const drafts = useDraftsStore()
  const rights = useRights(conversation)

  const live = (row: MessageRow): row is MessageRow & { seq: number } =>
    row.seq !== null && !row.recalled && !row.expired
  const mayEdit = (row: MessageRow): boolean =>
    live(row) && row.own && rights.value.write && EDITABLE.has(row.body.type) && Date.now() - row.at < EDIT_MS
  const mayRecall = (row: MessageRow): boolean =>
    live(row) && (rights.value.recallAll || (row.own && Date.now() - row.at < RECALL_MS))

  function reply(row: MessageRow): void {
    if (!live(row) || !rights.value.write) return
    drafts.save(conversation(), { replyTo: row.seq, editing: null })
    windows.write()
  }
  function edit(row: MessageRow): void {
    if (!mayEdit(row)) return
    drafts.save(conversation(), { editing: row.seq, replyTo: null })
    windows.write()
  }
  function react(row: MessageRow, emoji: string, on: boolean): void {
    const { seq } = row
    if (seq !== null) void aloud(() => timelines.react(conversation(), seq, emoji, on))
  }
  async function recall(row: MessageRow): Promise<void> {
    const { seq } = row
    if (seq === null) return
    const question = {
      title: t('chat.recallTitle'),
      text: t('chat.recallText'),
      confirm: t('chat.recall'),
      danger: true,
    }
    if (await ask(question)) await aloud(() => timelines.recall(conversation(), seq))
  }
  async function hide(row: MessageRow): Promise<void> {
    const { seq } = row
    if (seq === null) return
    const question = {
      title: t('chat.hideTitle'),
      text: t('chat.hideText'),
      confirm: t('chat.hide'),
      danger: true,
    }
    if (await ask(question)) await aloud(() => timelines.hide(conversation(), [seq]))
  }
  function pin(row: MessageRow): void {
    const { seq } = row
    if (seq !== null) void aloud(() => timelines.pin(conversation(), seq, !row.pinned))
  }
  const copyText = (row: MessageRow): void => void copy(row.body.text ?? '')
  const copyLink = (row: MessageRow): void =>
    void copy(`${location.origin}/c/${encodeURIComponent(conversation())}?seq=${row.seq}`)

  const retry = (row: MessageRow): void => {
    if (row.cid) timelines.retry(row.cid)
  }
  const discard = (row: MessageRow): void => {
    if (row.cid) timelines.discard(row.cid)
  }

  /** The items of a row's menu, in groups. */
  function menu(row: MessageRow): MenuItems {
    const item = (shown: boolean, entry: MenuItem): MenuItem[] => (shown ? [entry] : [])
    const act = (
      key: string,
      icon: MenuItem['icon'],
      onSelect: () => void,
      more: Partial<MenuItem> = {},
    ): MenuItem => ({
      label: t(`chat.${key}`),
      icon,
      onSelect,
      ...more,
    })
    const groups = [
      [
        ...item(
          live(row) && rights.value.write,
          act('reply', MessageSquareReply, () => reply(row), { shortcut: 'R' }),
        ),
        ...item(
          live(row),
          act('react', SmilePlus, () => windows.pick(row), { shortcut: '+' }),
        ),
        ...item(
          live(row) && (rights.value.write || row.replies !== null),
          act('thread', MessagesSquare, () => windows.thread(row.thread ?? (row.seq as number))),
        ),
        ...item(
          mayEdit(row),
          act('edit', Pencil, () => edit(row), { shortcut: 'E' }),
        ),
      ],
      [
        ...item(
          Boolean(row.body.text) && !row.recalled,
          act('copy', ClipboardCopy, () => copyText(row), { shortcut: 'C' }),
        ),
        ...item(
          live(row) && !row.ephemeral,
          act('copyLink', Link2, () => copyLink(row)),
        ),
        ...item(
          live(row),
          act('forward', Forward, () => windows.forward([row]), { shortcut: 'F' }),
        ),
        ...item(
          live(row) && rights.value.pin,
          act(row.pinned ? 'unpinMessage' : 'pinMessage', row.pinned ? PinOff : Pin, () => pin(row)),
        ),
        ...item(
          row.seq !== null,
          act('info', Info, () => windows.info(row)),
        ),
      ],
      [
        ...item(
          live(row) && !row.own,
          act('report', Flag, () => windows.report(row)),
        ),
        ...item(
          row.seq !== null,
          act('hide', Trash2, () => void hide(row), { danger: true }),
        ),
        ...item(
          mayRecall(row),
          act('recall', Undo2, () => void recall(row), { danger: true }),
        ),
        ...item(
          row.state === 'failed',
          act('discard', Trash2, () => discard(row), { danger: true }),
        ),
      ],
    ].filter((group) => group.length > 0)
    return groups.flatMap((group, index) => (index ? [null, ...group] : group))
  }

  return { rights, live, mayEdit, reply, edit, react, copyText, retry, discard, menu }
}
