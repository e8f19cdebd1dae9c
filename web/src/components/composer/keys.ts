/**
 * What a key means in the field. The rule that matters most: a key that an input method takes (Pinyin, Kana, Hangul)
 * never sends. Browsers tell it in different orders:
 *
 *   Chrome, Firefox   keydown Enter (isComposing, keyCode 229) · compositionend
 *   Safari            compositionend · keydown Enter (not isComposing, keyCode 229)
 *   some others       compositionend · keydown Enter (not isComposing, keyCode 13), within the same moment
 */

export type Meaning = 'send' | 'newline' | 'nothing'

/** What is looked at of a KeyboardEvent. */
export interface Key {
  key: string
  keyCode: number
  isComposing: boolean
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  timeStamp: number
}

// The key that ends a composition is told within a few milliseconds of its end; nobody presses Enter again so soon.
const SAME_KEY_MS = 30

export class Composition {
  private going = false
  private endedAt = -Infinity

  started(): void {
    this.going = true
  }

  ended(timeStamp: number): void {
    this.going = false
    this.endedAt = timeStamp
  }

  /** Whether the input method has this key, not the field. */
  takes(event: Key): boolean {
    if (this.going || event.isComposing || event.keyCode === 229) return true
    return event.timeStamp - this.endedAt < SAME_KEY_MS
  }
}

export function meaningOf(event: Key, composition: Composition, sendWithEnter: boolean): Meaning {
  if (event.key !== 'Enter' || composition.takes(event)) return 'nothing'
  if (event.ctrlKey || event.metaKey) return 'send'
  if (event.shiftKey || event.altKey) return 'newline'
  return sendWithEnter ? 'send' : 'newline'
}
