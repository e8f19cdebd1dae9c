import { expect, it, vi } from 'vitest'

import { linked, MessageList } from '../../widget/messages'
import { speaker } from '../../widget/texts'
import { grouped, type Said } from '../../widget/timeline'

function said(key: string, text: string, more: Partial<Said> = {}): Said {
  return {
    kind: 'said',
    key,
    author: 'agent',
    nick: 'bob',
    at: 1000,
    body: { type: 'text', text },
    sending: null,
    cid: '',
    first: true,
    ...more,
  }
}

function shown() {
  const scroller = document.createElement('div')
  const actions = { retry: vi.fn(), content: vi.fn(async () => new Blob()) }
  const messages = new MessageList(scroller, speaker('en'), 'en', actions)
  scroller.append(messages.list)
  return { messages, actions }
}

it('makes links of addresses, and nothing of markup', () => {
  const holder = document.createElement('p')
  holder.append(...linked('<img src=x onerror=alert(1)> https://tea.example/a. javascript:alert(1)'))
  expect(holder.querySelectorAll('*')).toHaveLength(1)
  expect(holder.querySelector('a')?.getAttribute('href')).toBe('https://tea.example/a')
  expect(holder.textContent).toContain('<img src=x')
})

it('keeps the rows that say the same, whatever comes and goes', () => {
  const { messages } = shown()
  messages.show(grouped([said('a', '1'), said('b', '2')]))
  const kept = [...messages.list.children]
  messages.show(grouped([said('a', '1'), said('b', '2'), said('c', '3')]))
  expect([...messages.list.children].slice(0, 3)).toEqual(kept)
  messages.show(grouped([said('a', '1'), said('b', 'better'), said('c', '3')]))
  expect(messages.list.children[1]).toBe(kept[1])
  expect(messages.list.children[2]).not.toBe(kept[2])
  expect(messages.list.textContent).toContain('better')
  messages.show([])
  expect(messages.list.children).toHaveLength(0)
})

it('lets one try again what failed', () => {
  const { messages, actions } = shown()
  messages.show([said('a', 'x', { author: 'own', sending: 'failed', cid: 'k' })])
  messages.list.querySelector('button')?.click()
  expect(actions.retry).toHaveBeenCalledWith('k')
})
