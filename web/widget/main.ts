/**
 * The widget of the desk: `<script src="https://chat.example.org/widget.js" data-team="tk_..." async></script>`.
 * This is what runs when the script is loaded; see docs/how-to/desk.md.
 */
import { newCid } from 'teahouse-client'

import { Keep, pageStorage } from './keep'
import { optionsOf } from './options'
import { PageOutbox } from './outbox'
import { Service } from './service'
import { Widget, type Said, type WidgetEvents } from './widget'

export interface TeahouseApi {
  open: () => void
  close: () => void
  identify: (said: Said) => void
  /** Listen; what is given back ends it. */
  on: <Name extends keyof WidgetEvents>(name: Name, listener: WidgetEvents[Name]) => () => void
}

declare global {
  interface Window {
    teahouse?: TeahouseApi
  }
}

function begin(script: HTMLScriptElement | null): void {
  const options = script && optionsOf(script, navigator.languages)
  if (!options) {
    // oxlint-disable-next-line no-console -- the only place where whoever builds the page looks
    console.warn(
      'teahouse: widget.js takes its address from `src` and the team from `data-team` of its script',
    )
    return
  }
  if (window.teahouse) return // a page that loads it twice
  const storage = pageStorage()
  const owner = newCid()
  const widget = new Widget(options, new Keep(options.team, storage), {
    service: new Service(options.server),
    outbox: (visitor) =>
      new PageOutbox(
        `teahouse.outbox.${visitor}.`,
        owner,
        storage,
        navigator.locks as LockManager | undefined,
      ),
  })
  window.teahouse = {
    open: () => widget.open(),
    close: () => widget.close(),
    identify: (said) => widget.identify(said),
    on: (name, listener) => widget.on(name, listener),
  }
  const mount = () => {
    widget.mount(document.body)
    window.dispatchEvent(new Event('teahouse:ready'))
  }
  if (document.body) mount()
  else addEventListener('DOMContentLoaded', mount, { once: true })
}

const current = document.currentScript
begin(
  current instanceof HTMLScriptElement
    ? current
    : document.querySelector<HTMLScriptElement>('script[data-team]'),
)
