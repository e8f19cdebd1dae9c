/**
 * The widget on the page: a bubble, the panel it opens, and what of both is remembered. It lives in a closed shadow
 * root, so that the page's styles and scripts do not meet it, and it not them.
 */
import type { Entry } from 'teahouse-client'

import { Chat, type ChatParts } from './chat'
import { el, icon, ICONS, set } from './dom'
import type { Keep } from './keep'
import { colorOf, identityOf, oneOf, type WidgetOptions } from './options'
import { Panel } from './panel'
import { chime } from './sound'
import { styleSheet, themeOf } from './styles'
import { speaker } from './texts'

const PHONE = '(max-width: 480px)'
const DARK = '(prefers-color-scheme: dark)'

export interface WidgetEvents {
  open: () => void
  close: () => void
  unread: (count: number) => void
  message: (message: { text: string; nick: string }) => void
}

/** What a page may say of who looks at it; an empty `external`: a stranger, again. */
export interface Said {
  name?: string
  contact?: string
  external?: string
  expires?: number
  signature?: string
  data?: Record<string, string>
}

export class Widget {
  private readonly chat: Chat
  private readonly panel: Panel
  private readonly root = el('div', { class: 'root' })
  private readonly theme = new CSSStyleSheet()
  private readonly count = el('span', { class: 'count', 'aria-hidden': 'true', hidden: true })
  private readonly bubble: HTMLButtonElement
  private readonly say
  private readonly listeners = new Map<string, Set<(told: never) => void>>()
  private shown = false
  private unread = 0
  private before: HTMLElement | null = null
  private due = false
  private rules = ''

  constructor(
    private readonly options: WidgetOptions,
    private readonly keep: Keep,
    parts: Pick<ChatParts, 'service' | 'outbox'>,
  ) {
    const say = speaker(options.language)
    const { service } = parts
    this.say = say
    this.chat = new Chat({
      options,
      keep,
      ...parts,
      changed: () => this.changed(),
      came: (entry) => this.came(entry),
    })
    this.panel = new Panel({
      chat: this.chat,
      keep,
      options,
      say,
      close: () => this.close(),
      content: (file) => service.content(file),
    })
    this.bubble = el('button', { type: 'button', class: 'bubble', 'aria-haspopup': 'dialog' }, this.count)
    this.bubble.prepend(icon(...ICONS.chat))
    this.bubble.addEventListener('click', () => (this.shown ? this.close() : this.open()))
    set(this.bubble, 'aria-controls', 'panel')
  }

  mount(body: HTMLElement): void {
    const host = el('teahouse-widget' as 'div')
    const shadow = host.attachShadow({ mode: 'closed' })
    shadow.adoptedStyleSheets = [styleSheet(), this.theme]
    this.root.lang = this.options.language === 'zh' ? 'zh-CN' : 'en'
    this.root.append(this.panel.element, this.bubble)
    this.root.addEventListener('keydown', (event) => this.pressed(event))
    // What is typed here is not for the page's own shortcuts.
    for (const kind of ['keydown', 'keyup', 'keypress'] as const) {
      host.addEventListener(kind, (event) => event.stopPropagation())
    }
    shadow.append(this.root)
    body.append(host)
    matchMedia(DARK).addEventListener('change', () => this.dress())
    document.addEventListener('visibilitychange', () => this.look())
    addEventListener('online', () => this.look())
    this.draw()
    // On a phone it would lie over each page that somebody goes on to.
    const wasOpen = this.keep.get().open && !matchMedia(PHONE).matches
    if (this.options.open || wasOpen) this.open(false)
    else if (this.chat.isKnown) this.chat.start()
  }

  // --- what a page may do -----------------------------------------------------------------------------------

  /** `focused`: somebody opened it, and goes on there. */
  open(focused = true): void {
    if (this.shown) return
    this.shown = true
    this.before = document.activeElement instanceof HTMLElement ? document.activeElement : null
    this.keep.set({ open: true })
    this.chat.start()
    this.draw()
    this.look()
    this.panel.toEnd()
    if (focused) this.panel.focus()
    this.tell('open')
  }

  close(): void {
    if (!this.shown) return
    const inside = this.panel.element.contains((this.root.getRootNode() as ShadowRoot).activeElement)
    this.shown = false
    this.keep.set({ open: false })
    this.draw()
    this.look()
    if (inside) this.bubble.focus()
    else this.before?.focus()
    this.tell('close')
  }

  identify({ name, contact, external, expires, signature, data }: Said): void {
    if (name !== undefined) this.options.name = String(name)
    if (contact !== undefined) this.options.contact = String(contact)
    const identity = external === undefined ? undefined : identityOf(external, expires, signature)
    this.chat.identify(identity, data ?? {})
    if (this.shown || this.chat.isKnown) this.chat.start()
  }

  on<Name extends keyof WidgetEvents>(name: Name, listener: WidgetEvents[Name]): () => void {
    const known = this.listeners.get(name) ?? new Set()
    this.listeners.set(name, known.add(listener))
    return () => known.delete(listener)
  }

  private tell(name: keyof WidgetEvents, told?: unknown): void {
    for (const listener of this.listeners.get(name) ?? []) {
      try {
        listener(told as never)
      } catch (error) {
        reportError(error) // the page's own fault, which must not stop us
      }
    }
  }

  // --- what it looks like -----------------------------------------------------------------------------------

  /** Many things change at once when much is told: they are drawn together. */
  private changed(): void {
    if (this.due) return
    this.due = true
    queueMicrotask(() => {
      this.due = false
      this.draw()
    })
  }

  private draw(): void {
    const { chat, shown } = this
    this.dress()
    this.panel.element.hidden = !shown
    this.root.classList.toggle('shown', shown)
    set(this.panel.element, 'aria-modal', shown && matchMedia(PHONE).matches ? 'true' : false)
    if (shown) this.panel.show()
    const { unread } = chat
    this.count.hidden = unread === 0
    this.count.textContent = unread > 99 ? '99+' : String(unread)
    set(this.bubble, 'aria-expanded', String(shown))
    const closed = unread ? this.say('openUnread', { count: unread }) : this.say('open')
    set(this.bubble, 'aria-label', shown ? this.say('close') : closed)
    if (unread !== this.unread) this.tell('unread', (this.unread = unread))
  }

  /** What the page says goes before what the team says. */
  private dress(): void {
    const theme = this.chat.welcomed?.team.theme ?? {}
    const { options } = this
    const dark = options.dark ?? oneOf(theme.dark, ['auto', 'yes', 'no']) ?? 'auto'
    const side = options.side ?? oneOf(theme.position, ['left', 'right']) ?? 'right'
    const isDark = dark === 'yes' || (dark === 'auto' && matchMedia(DARK).matches)
    set(this.root, 'data-scheme', isDark ? 'dark' : 'light')
    this.root.classList.toggle('left', side === 'left')
    const rules = themeOf(options.color ?? colorOf(theme.color))
    if (this.rules !== rules) this.theme.replaceSync((this.rules = rules))
  }

  private look(): void {
    this.chat.look(this.shown && !document.hidden)
  }

  private came(entry: Entry): void {
    if (entry.ev !== 'message') return
    if (this.keep.get().sound && !this.chat.looking) chime()
    this.tell('message', { text: entry.body?.text ?? '', nick: entry.sender.nick })
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.shown && !event.isComposing) this.close()
    else if (event.key === 'Tab' && this.shown && matchMedia(PHONE).matches) this.stayInside(event)
  }

  /** Over the whole screen there is nothing behind it to go to. */
  private stayInside(event: KeyboardEvent): void {
    const all = this.panel.element.querySelectorAll<HTMLElement>('button, input, textarea, a, [tabindex="0"]')
    const there = [...all].filter((one) => one.offsetParent !== null && !one.matches(':disabled'))
    const active = (this.root.getRootNode() as ShadowRoot).activeElement
    const [end, next] = event.shiftKey ? [there[0], there.at(-1)] : [there.at(-1), there[0]]
    if (active !== end) return
    event.preventDefault()
    next?.focus()
  }
}
