/**
 * What a message's body holds, checked. The server passes bodies on as their senders wrote them, so nothing may be
 * taken for granted: the rule is that components show a `Shown`, never a raw body.
 */
import { safeAddress } from './richText'

export interface Attachment {
  file: string
  name: string
  size: number
  mime: string
  text: string
}
export interface ImageShown extends Attachment {
  type: 'image'
  width: number
  height: number
}
export interface FileShown extends Attachment {
  type: 'file'
}
export interface VoiceShown extends Attachment {
  type: 'voice'
  durationMs: number
  waveform: number[]
}
export interface LocationShown {
  type: 'location'
  lat: number
  lon: number
  name: string
  text: string
}
export interface CardButton {
  label: string
  url: string | null
  send: string | null
}
export interface CardShown {
  type: 'card'
  title: string
  text: string
  url: string | null
  image: string | null
  buttons: CardButton[]
}
export type Shown =
  | { type: 'text'; text: string; action: boolean }
  | { type: 'markdown'; text: string }
  | ImageShown
  | FileShown
  | VoiceShown
  | LocationShown
  | CardShown
  | { type: 'other'; text: string }

type Raw = Record<string, unknown>

const words = (value: unknown): string => (typeof value === 'string' ? value : '')
const amount = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)

function attachment(body: Raw): Attachment {
  return {
    file: words(body.file),
    name: words(body.name),
    size: amount(body.size),
    mime: words(body.mime),
    text: words(body.text),
  }
}

function buttons(value: unknown): CardButton[] {
  if (!Array.isArray(value)) return []
  return (value as Raw[])
    .map((one) => ({
      label: words(one?.label),
      url: safeAddress(words(one?.url)),
      send: words(one?.send) || null,
    }))
    .filter((one) => one.label && (one.url || one.send))
}

const readers: Record<string, (body: Raw) => Shown> = {
  text: (body) => ({ type: 'text', text: words(body.text), action: body.action === true }),
  markdown: (body) => ({ type: 'markdown', text: words(body.text) }),
  image: (body) => ({
    ...attachment(body),
    type: 'image',
    width: amount(body.width),
    height: amount(body.height),
  }),
  file: (body) => ({ ...attachment(body), type: 'file' }),
  voice: (body) => ({
    ...attachment(body),
    type: 'voice',
    durationMs: amount(body.duration_ms),
    waveform: Array.isArray(body.waveform) ? body.waveform.map(amount) : [],
  }),
  location: (body) => ({
    type: 'location',
    lat: amount(body.lat),
    lon: amount(body.lon),
    name: words(body.name),
    text: words(body.text),
  }),
  card: (body) => ({
    type: 'card',
    title: words(body.title),
    text: words(body.text),
    url: safeAddress(words(body.url)),
    image: safeAddress(words(body.image)),
    buttons: buttons(body.buttons),
  }),
}

export function shownBody(body: unknown): Shown {
  if (typeof body !== 'object' || body === null) return { type: 'other', text: '' }
  const raw = body as Raw
  const read = Object.hasOwn(readers, words(raw.type)) ? readers[words(raw.type)] : undefined
  return read?.(raw) ?? { type: 'other', text: words(raw.text) }
}

/** Markdown without its marks, for one line of a list or a quote. */
export function unmarked(text: string): string {
  return text
    .replace(/```[^\n]*\n?/g, '')
    .replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, '$2')
    .replace(/(^|\s)([*_])(\S(?:.*?\S)?)\2(?=\s|[.,;:!?]|$)/g, '$1$3')
}

type Translate = (key: string, named?: Record<string, unknown>) => string

/** A body in one line: its words, or what it is. */
export function bodyLine(body: unknown, t: Translate): string {
  const shown = shownBody(body)
  const line = (text: string) => text.replace(/\s+/g, ' ').trim()
  switch (shown.type) {
    case 'text':
      return line(shown.text)
    case 'markdown':
      return line(unmarked(shown.text))
    case 'image':
      return shown.text ? `${t('chat.photo')} · ${line(shown.text)}` : t('chat.photo')
    case 'voice':
      return t('chat.voice')
    case 'file':
      return shown.name ? `${t('chat.file')} · ${shown.name}` : t('chat.file')
    case 'location':
      return shown.name ? `${t('chat.location')} · ${line(shown.name)}` : t('chat.location')
    case 'card':
      return line(shown.title)
    default:
      return line(shown.text) || t('chat.unknownBody')
  }
}
