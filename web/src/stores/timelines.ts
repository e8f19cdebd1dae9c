/** What was said, conversation by conversation. (The bodies follow.) */
import { defineStore } from 'pinia'

import type { Body, MessageRow, Outgoing, Readers, Timeline } from './types'

const soon = (): never => {
  throw new Error('not there yet')
}

export const useTimelinesStore = defineStore('timelines', () => {
  /** The timeline of a conversation; made and loaded by the first call. */
  const timeline = (_conversation: string): Timeline => soon()
  /** The replies to one message. */
  const thread = (_conversation: string, _root: number): Timeline => soon()
  /** Shown at once, kept until it is stored. The cids of the messages. */
  const send = (_conversation: string, _outgoing: Outgoing): string[] => soon()
  const retry = (_cid: string): void => soon()
  const discard = (_cid: string): void => soon()
  /** `body` in the place of text: of a caption, the whole body with another `text`. */
  const edit = (_conversation: string, _seq: number, _to: { text?: string; body?: Body }): Promise<void> =>
    soon()
  const recall = (_conversation: string, _seq: number): Promise<void> => soon()
  const react = (_conversation: string, _seq: number, _emoji: string, _on: boolean): Promise<void> => soon()
  const pin = (_conversation: string, _seq: number, _on: boolean): Promise<void> => soon()
  /** Deletes messages for oneself. */
  const hide = (_conversation: string, _seqs: readonly number[]): Promise<void> => soon()
  const forward = (
    _to: string,
    _originals: readonly { conversation: string; seq: number }[],
  ): Promise<void> => soon()
  /** The messages pinned for all, the last pinned first. */
  const pins = (_conversation: string): Promise<MessageRow[]> => soon()
  /** Reactive: as `pins`, kept up to date while the conversation is open. */
  const pinsOf = (_conversation: string): readonly MessageRow[] => []
  /** Everything up to `seq` was seen. Cheap: told to the server at most once a second, and later if offline. */
  const read = (_conversation: string, _seq: number): void => {}
  const readers = (_conversation: string, _seq: number): Promise<Readers> => soon()

  return {
    timeline,
    thread,
    send,
    retry,
    discard,
    edit,
    recall,
    react,
    pin,
    hide,
    forward,
    pins,
    pinsOf,
    read,
    readers,
  }
})
