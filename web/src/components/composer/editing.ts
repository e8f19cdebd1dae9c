/**
 * Changes the text of a field as if it was typed, so that undo takes it back: what is equal at both ends stays, only the
 * middle is replaced.
 */
import type { Selected } from './formatting'

export interface Change {
  start: number
  end: number
  text: string
}

/** What has to be replaced to get from one text to another. */
export function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start += 1
  let tail = 0
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) }
}

export function rewrite(field: HTMLTextAreaElement, to: Selected): void {
  const change = changeBetween(field.value, to.text)
  field.focus()
  if (change.start !== change.end || change.text) {
    field.setSelectionRange(change.start, change.end)
    // Deprecated, and still the only way that fills the browser's own list of changes.
    const typed = change.text
      ? document.execCommand('insertText', false, change.text)
      : document.execCommand('delete')
    if (!typed || field.value !== to.text) {
      field.value = to.text
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }
  field.setSelectionRange(to.start, to.end)
}
