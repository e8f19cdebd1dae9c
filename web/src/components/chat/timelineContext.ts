/**
 * What rows and bodies, however deep, can ask of the conversation they stand in. Given once by the pane; without one
 * (a preview in a dialog) the same components still show, and do nothing.
 */
import { inject, type InjectionKey, provide } from 'vue'

import type { ImageShown } from '@/composables/bodies'
import type { MentionResolver } from '@/composables/richText'

export interface TimelineContext {
  /** Shows who somebody is, beside `anchor`. */
  openPerson(user: string, anchor: HTMLElement): void
  /** Shows the message with this seq. */
  jump(seq: number): void
  /** Shows the replies to a message. */
  openThread(root: number): void
  /** Shows an image as large as the page. */
  openImage(image: ImageShown): void
  /** Says `text` here in one's own name, as a button of a card asks to. */
  say(text: string): void
}

const KEY: InjectionKey<TimelineContext> = Symbol('timeline')
const NOWHERE: TimelineContext = {
  openPerson: () => {},
  jump: () => {},
  openThread: () => {},
  openImage: () => {},
  say: () => {},
}

export const provideTimeline = (context: TimelineContext): void => provide(KEY, context)
export const useTimelineContext = (): TimelineContext => inject(KEY, NOWHERE)

const MENTIONS: InjectionKey<MentionResolver> = Symbol('mentions')

/** Each message says whom it mentions; what else looks like a mention is text. */
export const provideMentions = (resolve: MentionResolver): void => provide(MENTIONS, resolve)
export const useMentions = (): MentionResolver => inject(MENTIONS, () => null)
