/** The two forms: leaving a message where nobody is there, and saying how it went. */
import type { Chat } from './chat'
import { el, say as show } from './dom'
import type { Say } from './texts'

/** A form that waits for what it does; where that fails it says so, and keeps what was written. */
function form(
  say: Say,
  title: HTMLElement,
  parts: HTMLElement[],
  does: () => Promise<void>,
): HTMLFormElement {
  const error = el('p', { class: 'error', role: 'alert', hidden: true })
  const made = el('form', { class: 'form' }, title, ...parts, error)
  made.addEventListener('submit', (event) => {
    event.preventDefault()
    const buttons = made.querySelectorAll('button')
    for (const button of buttons) button.disabled = true
    show(error, '')
    does()
      .catch(() => show(error, say('notDone')))
      .finally(() => {
        for (const button of buttons) button.disabled = false
      })
  })
  return made
}

export interface LeaveWishes {
  name: string
  contact: string
  /** It is left. */
  done: () => void
  /** They would rather ask the bot. */
  instead: () => void
}

export function leaveForm(chat: Chat, say: Say, wishes: LeaveWishes): HTMLFormElement {
  const name = el('input', { autocomplete: 'name', maxlength: 200, value: wishes.name })
  const contact = el('input', {
    autocomplete: 'email',
    maxlength: 200,
    value: wishes.contact,
    required: true,
  })
  const message = el('textarea', { rows: 3, maxlength: 4000, required: true })
  return form(
    say,
    el('h3', {}, say('leave')),
    [
      el('p', {}, say('leaveHint')),
      el('label', {}, say('name'), name),
      el('label', {}, say('contact'), contact),
      el('label', {}, say('message'), message),
      el(
        'div',
        { class: 'row' },
        el('button', { type: 'submit', class: 'wide go' }, say('leaveSend')),
        el('button', { type: 'button', class: 'link', onclick: wishes.instead }, say('askBot')),
      ),
    ],
    async () => {
      await chat.leaveMessage(name.value.trim(), contact.value.trim(), message.value.trim())
      wishes.done()
    },
  )
}

export function ratingForm(chat: Chat, say: Say, done: () => void): HTMLFormElement {
  const choices = [1, 2, 3, 4, 5].map((value) =>
    el(
      'label',
      {},
      el('input', {
        type: 'radio',
        name: 'rating',
        value,
        required: true,
        'aria-label': say('stars', { count: value }),
      }),
      el('span', { 'aria-hidden': 'true' }, String(value)),
    ),
  )
  const comment = el('textarea', { rows: 2, maxlength: 2000 })
  const made: HTMLFormElement = form(
    say,
    el(
      'fieldset',
      {},
      el('legend', {}, say('rate')),
      el('div', { class: 'stars' }, say('bad'), ...choices, say('good')),
    ),
    [
      el('label', {}, say('comment'), comment),
      el('button', { type: 'submit', class: 'wide go' }, say('rateSend')),
    ],
    async () => {
      const chosen = made.querySelector<HTMLInputElement>('input:checked')
      await chat.rate(Number(chosen?.value), comment.value.trim())
      done()
    },
  )
  return made
}
