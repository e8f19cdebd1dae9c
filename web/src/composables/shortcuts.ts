/**
 * The keys that work everywhere, in one table: the handler acts by it and the help shows it. Keys of a text field are
 * the field's own business; the help names them in the same way.
 */

export type ShortcutId =
  | 'palette'
  | 'search'
  | 'searchAll'
  | 'next'
  | 'previous'
  | 'nextUnread'
  | 'previousUnread'
  | 'newGroup'
  | 'settings'
  | 'mute'
  | 'close'
  | 'focusField'
  | 'help'

export type FieldKey =
  'send' | 'line' | 'editLast' | 'mention' | 'emoji' | 'command' | 'bold' | 'italic' | 'link'

export interface Shortcut<Id extends string = string> {
  id: Id
  /** Alternatives; each as `Mod+Shift+K`, `Mod` being Ctrl or, on a Mac, Command. */
  keys: readonly string[]
}

export const SHORTCUTS: readonly Shortcut<ShortcutId>[] = [
  { id: 'palette', keys: ['Mod+K'] },
  { id: 'search', keys: ['Mod+F'] },
  { id: 'searchAll', keys: ['Mod+Shift+F'] },
  { id: 'next', keys: ['Alt+ArrowDown'] },
  { id: 'previous', keys: ['Alt+ArrowUp'] },
  { id: 'nextUnread', keys: ['Alt+Shift+ArrowDown'] },
  { id: 'previousUnread', keys: ['Alt+Shift+ArrowUp'] },
  { id: 'newGroup', keys: ['Mod+Shift+Enter'] },
  { id: 'settings', keys: ['Mod+,'] },
  { id: 'mute', keys: ['Mod+Shift+M'] },
  { id: 'focusField', keys: ['/'] },
  { id: 'close', keys: ['Escape'] },
  { id: 'help', keys: ['?', 'Mod+/'] },
]

/** Told in the help; the field acts on them. */
export const FIELD_KEYS: readonly Shortcut<FieldKey>[] = [
  { id: 'send', keys: ['Enter'] },
  { id: 'line', keys: ['Shift+Enter'] },
  { id: 'editLast', keys: ['ArrowUp'] },
  { id: 'mention', keys: ['@'] },
  { id: 'emoji', keys: [':'] },
  { id: 'command', keys: ['/'] },
  { id: 'bold', keys: ['Mod+B'] },
  { id: 'italic', keys: ['Mod+I'] },
  { id: 'link', keys: ['Mod+Shift+U'] },
]

/** What is looked at of a KeyboardEvent. */
export interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

export const isMac = (platform = navigator.platform): boolean => /Mac|iPhone|iPad/.test(platform)

export function presses(event: Pressed, keys: string, mac: boolean): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('Mod')
  if (event.ctrlKey !== (mod && !mac) || event.metaKey !== (mod && mac)) return false
  if (event.altKey !== parts.includes('Alt')) return false
  // A sign such as "?" needs Shift on some keyboards and none on others: the sign is what counts.
  const sign = key.length === 1 && !/[a-z0-9]/i.test(key)
  if (!sign && event.shiftKey !== parts.includes('Shift')) return false
  return event.key.toLowerCase() === key.toLowerCase()
}

/** What writes nothing when it is pressed in a text field. */
const isNoText = (keys: string): boolean => /^(Mod|Alt)\+|^Escape$/.test(keys)

/** Which shortcut this is; `typing`: one is in a text field, where single keys are text. */
export function shortcutOf(event: Pressed, typing: boolean, mac = isMac()): ShortcutId | null {
  const pressed = (keys: string): boolean => (!typing || isNoText(keys)) && presses(event, keys, mac)
  return SHORTCUTS.find((shortcut) => shortcut.keys.some(pressed))?.id ?? null
}

const ON_MAC: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩' }
const ELSEWHERE: Record<string, string> = { Mod: 'Ctrl' }
const ARROWS: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }

/** `Mod+Shift+K` as its keys are labelled. */
export function keyLabels(keys: string, mac = isMac()): string[] {
  const names = mac ? ON_MAC : ELSEWHERE
  return keys.split('+').map((key) => names[key] ?? ARROWS[key] ?? key)
}
