/** Where a visitor writes: Enter sends, Shift+Enter is a new line; files by button, pasted or dropped. */
import { Refused } from 'teahouse-client'

import type { Chat } from './chat'
import { el, icon, ICONS, say, set } from './dom'
import type { Say } from './texts'

const LONGEST_PX = 120

export class Composer {
  readonly element: HTMLElement
  /** What is being uploaded, and what went wrong. */
  readonly transfer = el('p', { class: 'status', role: 'status', hidden: true })
  readonly field: HTMLTextAreaElement
  private readonly files = el('input', { type: 'file', hidden: true, multiple: true, tabindex: -1 })
  private waiting: Promise<void> = Promise.resolve()

  constructor(
    private readonly chat: Chat,
    private readonly say: Say,
    private readonly sent: () => void,
  ) {
    this.field = el('textarea', {
      rows: 1,
      'aria-label': say('write'),
      placeholder: say('write'),
      maxlength: 8000,
    })
    this.field.addEventListener('input', () => this.wrote())
    this.field.addEventListener('keydown', (event) => this.pressed(event))
    this.field.addEventListener('paste', (event) => this.given(event, event.clipboardData))
    this.files.addEventListener('change', () => {
      this.bring([...(this.files.files ?? [])])
      this.files.value = ''
    })
    set(this.files, 'aria-label', say('attach'))
    const attach = { type: 'button', class: 'icon', title: say('attach'), 'aria-label': say('attach') }
    const send = { type: 'submit', class: 'icon go', title: say('send'), 'aria-label': say('send') }
    this.element = el(
      'form',
      { class: 'composer', onsubmit: (event: Event) => this.submit(event) },
      el('button', { ...attach, onclick: () => this.files.click() }, icon(...ICONS.clip)),
      this.files,
      this.field,
      el('button', send, icon(...ICONS.send)),
    )
  }

  /** Take files that were dropped or pasted. */
  given(event: Event, data: DataTransfer | null): void {
    const files = [...(data?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    this.bring(files)
  }

  private wrote(): void {
    // By the object model, not by an attribute: a strict policy forbids that.
    this.field.style.height = '40px'
    this.field.style.height = `${Math.min(LONGEST_PX, this.field.scrollHeight + 2)}px`
    if (this.field.value.trim()) this.chat.typed()
  }

  private pressed(event: KeyboardEvent): void {
    // While a Chinese word is being chosen, Enter belongs to the input method.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.submit(event)
  }

  private submit(event: Event): void {
    event.preventDefault()
    const text = this.field.value.trim()
    if (!text || this.chat.phase === 'refused') return
    this.chat.send(text)
    this.field.value = ''
    this.wrote()
    this.sent()
  }

  /** One after the other, in the order they were chosen. */
  private bring(files: File[]): void {
    for (const file of files) this.waiting = this.waiting.then(() => this.upload(file))
  }

  private async upload(file: File): Promise<void> {
    const { name } = file
    const words = el('span')
    const show = (part: number) => {
      words.textContent = this.say('uploading', { name, percent: Math.floor(part * 100) })
    }
    const { done, cancel } = this.chat.upload(file, show)
    show(0)
    const stop = el('button', { type: 'button', class: 'link', onclick: cancel }, this.say('cancel'))
    this.transfer.classList.remove('bad')
    this.transfer.replaceChildren(words, ' ', stop)
    this.transfer.hidden = false
    try {
      await done
      say(this.transfer, '')
      this.sent()
    } catch (error) {
      const cancelled = error instanceof DOMException
      const tooLarge = error instanceof Refused && error.code === 'too_large'
      this.transfer.classList.add('bad')
      say(this.transfer, cancelled ? '' : this.say(tooLarge ? 'tooLarge' : 'notUploaded', { name }))
    }
  }
}
