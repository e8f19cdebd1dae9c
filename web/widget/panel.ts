/**
 * What opens: head, what is going on, the messages, a form where one is due, and where one writes.
 *
 * Rule: `show` may be called at any time and draws the chat as it is; what did not change is not touched.
 */
import type { Chat } from './chat'
import { Composer } from './composer'
import { el, icon, ICONS, say as tell, set } from './dom'
import { leaveForm, ratingForm } from './forms'
import type { Keep } from './keep'
import { MessageList } from './messages'
import type { Language, WidgetOptions } from './options'
import type { Say } from './texts'

const LOCALES: Record<Language, string> = { en: 'en', zh: 'zh-CN' }

export interface PanelParts {
  chat: Chat
  keep: Keep
  options: WidgetOptions
  say: Say
  close: () => void
  content: (file: string) => Promise<Blob>
}

export class Panel {
  readonly element: HTMLElement
  private readonly composer: Composer
  private readonly messages: MessageList
  private readonly title = el('h2', { id: 'title' })
  private readonly presence = el('span')
  private readonly dot = el('span', { class: 'dot', 'aria-hidden': 'true' })
  private readonly status = el('p', { class: 'status', role: 'status', hidden: true })
  private readonly typing = el('p', { role: 'status' })
  private readonly person: HTMLButtonElement
  private readonly earlier: HTMLButtonElement
  private readonly sound: HTMLButtonElement
  private readonly log = el('div', { class: 'log', role: 'log', tabindex: 0, 'aria-live': 'polite' })
  private readonly place = el('div')
  /** Which form is shown, or none; so that what was written in it stays. */
  private form: 'leave' | 'rate' | '' = ''
  private thanks = ''
  private asksBot = false

  constructor(private readonly parts: PanelParts) {
    const { chat, say, options } = parts
    const { content } = parts
    const retry = (cid: string) => chat.retry(cid)
    this.messages = new MessageList(this.log, say, LOCALES[options.language], { retry, content })
    this.composer = new Composer(chat, say, () => this.messages.toEnd())
    this.person = this.act('link', say('person'), () => chat.askPerson())
    this.earlier = this.act('link middle', say('earlier'), () => chat.earlier())
    this.sound = el('button', { type: 'button', class: 'icon', onclick: () => this.turnSound() })
    set(this.log, 'aria-label', say('log'))
    this.log.append(this.earlier, this.messages.list)
    this.element = this.build(say)
    this.element.addEventListener('dragover', (event) => event.preventDefault())
    this.element.addEventListener('drop', (event) => this.composer.given(event, event.dataTransfer))
    this.showSound()
  }

  private build(say: Say): HTMLElement {
    const close = { type: 'button', class: 'icon', title: say('close'), 'aria-label': say('close') }
    return el(
      'section',
      { id: 'panel', class: 'panel', role: 'dialog', 'aria-labelledby': 'title', hidden: true },
      el(
        'header',
        {},
        el('div', { class: 'who' }, this.title, el('p', {}, this.dot, this.presence)),
        this.sound,
        el('button', { ...close, onclick: () => this.parts.close() }, icon(...ICONS.close)),
      ),
      this.status,
      this.log,
      el('div', { class: 'tools' }, this.typing, this.person),
      this.composer.transfer,
      this.place,
      this.composer.element,
    )
  }

  /** Where one begins to write. */
  focus(): void {
    const field = this.place.querySelector<HTMLElement>('input, textarea')
    const target = this.composer.element.hidden ? field : this.composer.field
    target?.focus()
  }

  toEnd(): void {
    this.messages.toEnd()
  }

  show(): void {
    const { chat, options, say } = this.parts
    const { matter, welcomed } = chat
    const title = options.title ?? welcomed?.team.theme.title ?? welcomed?.team.name ?? say('title')
    if (this.title.textContent !== title) this.title.textContent = title
    const presence = matter ? say(matter.open ? 'here' : 'away') : ''
    if (this.presence.textContent !== presence) this.presence.textContent = presence
    this.dot.hidden = !matter
    this.dot.classList.toggle('on', matter?.open ?? false)
    this.showStatus()
    tell(this.typing, chat.typist ? say('typing', { name: this.typist() }) : '')
    this.person.hidden = matter?.state !== 'bot'
    this.earlier.hidden = !chat.more
    this.messages.show(chat.timeline.rows())
    this.showForm()
  }

  private typist(): string {
    const { chat, say } = this.parts
    return chat.botTypes ? say('bot') : (chat.matter?.agent ?? '')
  }

  private showStatus(): void {
    const { chat, say } = this.parts
    const { matter, phase, reason } = chat
    const bad = phase === 'refused' || phase === 'unreachable'
    let text = ''
    if (phase === 'refused') text = say('refused', { reason })
    else if (phase === 'unreachable') text = say('unreachable')
    else if (phase === 'away') text = say('connecting')
    else if (matter?.state === 'queued' || matter?.state === 'ringing') text = this.queue(matter.place)
    else if (matter?.agent) text = say('with', { name: matter.agent })
    else text = this.thanks
    this.status.classList.toggle('bad', bad)
    tell(this.status, text)
  }

  private queue(place: number): string {
    const { say } = this.parts
    return place > 0 ? `${say('ringing')} ${say('place', { place })}` : say('ringing')
  }

  // --- forms ----------------------------------------------------------------------------------------------

  private due(): 'leave' | 'rate' | '' {
    const { chat, keep } = this.parts
    const { matter } = chat
    if (!matter) return ''
    if (matter.state === 'resolved' && !matter.rated) return 'rate'
    const alone = !matter.open && (matter.state === '' || matter.state === 'closed')
    const reachable = keep.get().reachable ?? false
    return !this.asksBot && (alone || (matter.state === 'message' && !reachable)) ? 'leave' : ''
  }

  private showForm(): void {
    const due = this.due()
    if (due === this.form) return
    this.form = due
    if (due) this.thanks = ''
    const { chat, say, options } = this.parts
    const hadFocus = this.place.contains(this.active())
    const { name, contact } = options
    const wishes = { name, contact, done: () => this.thank('left'), instead: () => this.askBot() }
    if (due === 'rate') this.place.replaceChildren(ratingForm(chat, say, () => this.thank('rated')))
    else if (due === 'leave') this.place.replaceChildren(leaveForm(chat, say, wishes))
    else this.place.replaceChildren()
    this.composer.element.hidden = due === 'leave'
    this.messages.toEnd()
    if (hadFocus) this.focus()
  }

  private thank(text: 'left' | 'rated'): void {
    this.thanks = this.parts.say(text)
    this.asksBot ||= text === 'left'
    this.show()
  }

  private askBot(): void {
    this.asksBot = true
    this.show()
  }

  private active(): Element | null {
    return (this.element.getRootNode() as ShadowRoot).activeElement
  }

  // --- small things ---------------------------------------------------------------------------------------

  private act(kind: string, words: string, does: () => Promise<void>): HTMLButtonElement {
    const made = el('button', { type: 'button', class: kind, hidden: true }, words)
    made.addEventListener('click', () => {
      made.disabled = true
      const failed = () => tell(this.status, this.parts.say('notDone'))
      void does()
        .catch(failed)
        .finally(() => {
          made.disabled = false
          if (made.hidden) this.focus()
        })
    })
    return made
  }

  private turnSound(): void {
    const { keep } = this.parts
    keep.set({ sound: !keep.get().sound })
    this.showSound()
  }

  private showSound(): void {
    const { keep, say } = this.parts
    const on = keep.get().sound ?? false
    const label = say(on ? 'soundOff' : 'soundOn')
    set(this.sound, 'aria-label', label)
    set(this.sound, 'title', label)
    this.sound.replaceChildren(icon(...(on ? ICONS.sound : ICONS.mute)))
  }
}
