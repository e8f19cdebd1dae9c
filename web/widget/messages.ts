/**
 * The list of what was said. Rows are kept as long as they say the same, so that nothing jumps, nothing that has the
 * focus loses it, and a screen reader is told of what is new and of nothing else.
 */
import { isBody, type Body } from 'teahouse-client'

import { segments } from '../src/composables/richText'
import { el, set } from './dom'
import type { Say } from './texts'
import { dayOf, type Row, type Said } from './timeline'

export interface MessageActions {
  retry: (cid: string) => void
  content: (file: string) => Promise<Blob>
}

interface Shown {
  element: HTMLElement
  says: string
}

const DAY_MS = 86_400_000
const NEAR_PX = 80
const LARGEST_PX = 440

export class MessageList {
  readonly list = el('ol')
  private shown = new Map<string, Shown>()

  constructor(
    private readonly scroller: HTMLElement,
    private readonly say: Say,
    private readonly locale: string,
    private readonly actions: MessageActions,
  ) {}

  show(rows: Row[]): void {
    const { scroller } = this
    const below = scroller.scrollHeight - scroller.scrollTop
    const atEnd = below - scroller.clientHeight < NEAR_PX
    const oldFirst = this.list.firstElementChild
    const kept = new Map<string, Shown>()
    let at: ChildNode | null = this.list.firstChild
    for (const row of rows) {
      const says = JSON.stringify(row)
      const known = this.shown.get(row.key)
      const shown = known?.says === says ? known : { says, element: this.element(row) }
      kept.set(row.key, shown)
      if (at === shown.element) at = at.nextSibling
      else this.list.insertBefore(shown.element, at)
    }
    for (const [key, { element }] of this.shown) if (kept.get(key)?.element !== element) element.remove()
    this.shown = kept
    const grewAbove = oldFirst?.isConnected && oldFirst !== this.list.firstElementChild
    if (atEnd) this.toEnd()
    else if (grewAbove) scroller.scrollTop = scroller.scrollHeight - below
  }

  toEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight
  }

  private element(row: Row): HTMLElement {
    if (row.kind === 'day') return el('li', { class: 'day' }, this.day(row.at))
    const { author, first, sending } = row
    const time = new Date(row.at)
    const at = time.toLocaleTimeString(this.locale, { hour: '2-digit', minute: '2-digit' })
    const who = author === 'own' ? this.say('you') : author === 'bot' ? this.say('bot') : row.nick
    return el(
      'li',
      { class: `said ${author}${first ? ' first' : ''}`, title: at, 'aria-live': author === 'own' && 'off' },
      first && author !== 'own'
        ? el('p', { class: 'nick' }, `${who} · ${at}`)
        : el('span', { class: 'hide' }, who),
      this.body(row.body),
      sending && sending !== 'sent' && this.state(row),
    )
  }

  private state({ sending, cid }: Said): HTMLElement {
    if (sending === 'sending') return el('span', { class: 'state' }, this.say('sending'))
    return el(
      'span',
      { class: 'state bad' },
      `${this.say('failed')} · `,
      el(
        'button',
        { type: 'button', class: 'link', onclick: () => this.actions.retry(cid) },
        this.say('retry'),
      ),
    )
  }

  private body(body: Body | null): HTMLElement {
    if (!body) return el('p', { class: 'text gone' }, this.say('recalled'))
    if (isBody(body, 'image')) return this.picture(body.file, body.name ?? '', body.text ?? '')
    if (isBody(body, 'file')) return this.file(body.file, body.name ?? '', body.text ?? '')
    if (typeof body.text === 'string') return el('p', { class: 'text' }, ...linked(body.text))
    return el('p', { class: 'text gone' }, this.say('unknown'))
  }

  private file(file: string, name: string, text: string): HTMLElement {
    const get = () =>
      void this.actions
        .content(file)
        .then((blob) => save(blob, name))
        .catch(() => {})
    const label = this.say('download', { name })
    const link = el(
      'button',
      { type: 'button', class: 'file', onclick: get, 'aria-label': label },
      `📎 ${name}`,
    )
    return el('p', { class: 'text' }, link, text && '\n', ...linked(text))
  }

  /** Painted, not an <img>: pages with a strict policy show no pictures from elsewhere, and no blobs. */
  private picture(file: string, name: string, text: string): HTMLElement {
    const label = this.say('picture', { name })
    const canvas = el('canvas', { role: 'img', 'aria-label': label, width: 160, height: 120 })
    const get = () =>
      void this.actions
        .content(file)
        .then((blob) => save(blob, name))
        .catch(() => {})
    const button = el('button', {
      type: 'button',
      class: 'open',
      title: this.say('download', { name }),
      onclick: get,
    })
    button.append(canvas)
    const whole = el('div', {}, button, text && el('p', { class: 'text' }, ...linked(text)))
    void this.paint(canvas, file).catch(() => {
      if (whole.contains(button)) whole.replaceChild(this.file(file, name, ''), button)
    })
    return whole
  }

  private async paint(canvas: HTMLCanvasElement, file: string): Promise<void> {
    const drawn = await createImageBitmap(await this.actions.content(file))
    const scale = Math.min(1, LARGEST_PX / Math.max(drawn.width, drawn.height))
    const atEnd = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_PX
    canvas.width = Math.max(1, Math.round(drawn.width * scale))
    canvas.height = Math.max(1, Math.round(drawn.height * scale))
    canvas.getContext('2d')?.drawImage(drawn, 0, 0, canvas.width, canvas.height)
    set(canvas, 'data-painted', true)
    drawn.close()
    if (atEnd) this.toEnd()
  }

  private day(at: number): string {
    if (dayOf(at) === dayOf(Date.now())) return this.say('today')
    if (dayOf(at) === dayOf(Date.now() - DAY_MS)) return this.say('yesterday')
    return new Date(at).toLocaleDateString(this.locale, { year: 'numeric', month: 'long', day: 'numeric' })
  }
}

/** Words and links; line breaks are kept by the style. */
export function linked(text: string): (string | HTMLElement)[] {
  return segments(text).map((piece) =>
    piece.kind === 'link'
      ? el('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, piece.text)
      : piece.text,
  )
}

function save(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob)
  el('a', { href, download: name || 'file' }).click()
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}
