/** What can be done with a message, as its menu and its keys offer it. */
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
  UserRound,
} from '@lucide/vue'
import type { Component } from 'vue'
import { useI18n } from 'vue-i18n'

import type { MenuItem, MenuItems } from '@/components/kit'
import type { MessageRow } from '@/stores/types'

import type { MessageActions } from './messageActions'
import { isLive, mayEdit, mayRecall } from './messageRights'

interface Entry {
  /** Its words are `chat.<name>`. */
  name: string
  icon: Component
  when: boolean
  act: () => void
  key?: string
  danger?: boolean
  named?: Record<string, unknown>
}

/** The entries for `row`, in groups. */
function entries(row: MessageRow, actions: MessageActions): Entry[][] {
  const { windows } = actions
  const rights = actions.rights.value
  const live = isLive(row)
  const root = row.thread ?? row.seq ?? 0
  const answer = live && rights.write
  const stranger = !row.own && !row.webhook
  const [pin, pinIcon] = row.pinned ? (['unpinMessage', PinOff] as const) : (['pinMessage', Pin] as const)
  return [
    [
      { name: 'reply', icon: MessageSquareReply, when: answer, act: () => actions.reply(row), key: 'R' },
      { name: 'react', icon: SmilePlus, when: live, act: () => windows.pick(row), key: '+' },
      { name: 'thread', icon: MessagesSquare, when: answer, act: () => windows.thread(root) },
      { name: 'edit', icon: Pencil, when: mayEdit(row, rights), act: () => actions.edit(row), key: 'E' },
    ],
    [
      {
        name: 'copy',
        icon: ClipboardCopy,
        when: Boolean(row.body.text),
        act: () => actions.copyText(row),
        key: 'C',
      },
      { name: 'copyLink', icon: Link2, when: live, act: () => actions.copyLink(row) },
      { name: 'forward', icon: Forward, when: live, act: () => windows.forward([row]), key: 'F' },
      { name: pin, icon: pinIcon, when: live && rights.pin, act: () => actions.pin(row) },
      { name: 'info', icon: Info, when: row.seq !== null, act: () => windows.info(row) },
      {
        name: 'openPerson',
        icon: UserRound,
        when: stranger,
        act: () => windows.person(row),
        named: { nick: row.sender.nick },
      },
    ],
    [
      { name: 'report', icon: Flag, when: live && !row.own, act: () => windows.report(row) },
      { name: 'hide', icon: Trash2, when: row.seq !== null, act: () => actions.hide(row), danger: true },
      {
        name: 'recall',
        icon: Undo2,
        when: mayRecall(row, rights),
        act: () => actions.recall(row),
        danger: true,
      },
      {
        name: 'discard',
        icon: Trash2,
        when: row.state === 'failed',
        act: () => actions.discard(row),
        danger: true,
      },
    ],
  ]
}

export function useMessageMenu(actions: MessageActions) {
  const { t } = useI18n()

  const item = ({ name, icon, act, key, danger, named }: Entry): MenuItem => ({
    label: t(`chat.${name}`, named ?? {}),
    icon,
    onSelect: act,
    ...(key && { shortcut: key }),
    ...(danger && { danger }),
  })
  function menu(row: MessageRow): MenuItems {
    const groups = entries(row, actions).map((group) => group.filter((entry) => entry.when).map(item))
    return groups
      .filter((group) => group.length > 0)
      .flatMap((group, index) => (index > 0 ? [null, ...group] : group))
  }
  /** Does what a key stands for; false if it stands for nothing here. */
  function press(row: MessageRow, key: string): boolean {
    const found = entries(row, actions)
      .flat()
      .find((entry) => entry.when && entry.key === key.toUpperCase())
    found?.act()
    return found !== undefined
  }

  return { menu, press }
}
