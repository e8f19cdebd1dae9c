/** What is done to messages afterwards: edit, take back, react, pin, delete for oneself; and who read them. */
import type { ReactionEntry } from 'teahouse-client'

import { requireLink } from './link'
import { hide as hidden, type After, type Kept } from './summaries'
import type { TimelineView } from './timeline/timeline'
import type { Body, Readers } from './types'

interface Revised {
  viewsOf: (conversation: string) => Iterable<TimelineView>
  change: (conversation: string, apply: (here: Kept) => After) => void
}

/** As many as the server takes at once. */
const HIDDEN_AT_ONCE = 100

export function createRevising({ viewsOf, change }: Revised) {
  /** `body` in the place of text: of a caption, the whole body with another `text`. */
  async function edit(conversation: string, seq: number, to: { text?: string; body?: Body }): Promise<void> {
    const { text, body } = to
    const said = body ? { body: { ...body } } : { text: text ?? '' }
    await requireLink().client.call('edit', { conversation, seq, ...said })
  }

  async function recall(conversation: string, seq: number): Promise<void> {
    await requireLink().client.call('recall', { conversation, seq })
  }

  /** Shown at once; taken back if the server refuses. */
  async function react(conversation: string, seq: number, emoji: string, on: boolean): Promise<void> {
    const { client, me } = requireLink()
    const foresee = (on: boolean): void => {
      const change: ReactionEntry = {
        ev: 'reaction',
        ref: seq,
        emoji,
        on,
        conversation,
        seq: 0,
        message: '',
        sender: me,
        at: Date.now(),
      }
      for (const view of viewsOf(conversation)) view.foresee(seq, change)
    }
    foresee(on)
    try {
      await client.call('react', { conversation, seq, emoji, on })
    } catch (error) {
      foresee(!on)
      throw error
    }
  }

  async function pin(conversation: string, seq: number, on: boolean): Promise<void> {
    await requireLink().client.call('pin', { conversation, seq, on })
  }

  /** Deletes messages for oneself. */
  async function hide(conversation: string, seqs: readonly number[]): Promise<void> {
    const { client, tabs, journal } = requireLink()
    for (let at = 0; at < seqs.length; at += HIDDEN_AT_ONCE) {
      const some = seqs.slice(at, at + HIDDEN_AT_ONCE)
      await client.call('hide', { conversation, seqs: some })
      journal.hide(conversation, some)
      for (const view of viewsOf(conversation)) view.hide(some)
      change(conversation, (here) => hidden(here, some))
      tabs.tell({ type: 'hidden', conversation, seqs: some })
    }
  }

  async function readers(conversation: string, seq: number): Promise<Readers> {
    const {
      count,
      of,
      readers: listed = [],
    } = await requireLink().client.call('readers', { conversation, seq })
    return { count, of, readers: listed }
  }

  return { edit, recall, react, pin, hide, readers }
}
