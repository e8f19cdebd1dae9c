import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'

import { isShown } from '@/composables/unhurried'
import MessageBody from '@/components/chat/bodies/MessageBody.vue'

import { mountChat } from './mounting'

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  '{{ constructor.constructor("alert(1)")() }}',
  '<a href="javascript:alert(1)">x</a>',
  '&lt;b&gt; <b>bold</b>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<style>*{display:none}</style>',
]

/** What a body may consist of, however hostile it is. */
function harmless(element: Element): void {
  expect(
    element.querySelector('script, iframe, object, embed, style, form, link, base, meta, svg[onload]'),
  ).toBeNull()
  for (const one of element.querySelectorAll('*')) {
    for (const { name, value } of one.attributes) {
      expect(name).not.toMatch(/^on/i)
      expect(value).not.toMatch(/^\s*(javascript|data|vbscript):/i)
    }
  }
}

async function shown(body: unknown, more: Record<string, unknown> = {}) {
  const wrapper = mountChat(MessageBody, { body, ...more })
  await vi.dynamicImportSettled()
  await flushPromises()
  return wrapper
}

describe.each(['text', 'markdown', 'image', 'file', 'voice', 'location', 'unknown-kind'])(
  'a body of type %s',
  (type) => {
    it.each(HOSTILE)('shows %s as it was written', async (text) => {
      const wrapper = await shown({ type, text, file: 'f1', name: text, mime: text, lat: 1, lon: 2 })
      harmless(wrapper.element)
      const plain = text.replace(/\s+/g, ' ')
      // Markdown writes entities as what they stand for; everything else is there letter by letter.
      if (type === 'markdown' && text.includes('&lt;')) expect(wrapper.text()).toContain('<b> <b>bold</b>')
      else expect(wrapper.text().replace(/\s+/g, ' ')).toContain(plain)
    })
  },
)

describe('a card', () => {
  it('is harmless whatever stands in it', async () => {
    for (const text of HOSTILE) {
      const card = {
        type: 'card',
        title: text,
        text,
        url: text,
        image: text,
        buttons: [{ label: text, url: text }],
      }
      harmless((await shown(card)).element)
    }
  })

  it('loads its picture through the server', async () => {
    const wrapper = await shown({ type: 'card', title: 'T', image: 'https://evil.example/a.png?x=1&y=2' })
    expect(wrapper.find('img').attributes('src')).toBe(
      '/api/v1/previews/image?url=https%3A%2F%2Fevil.example%2Fa.png%3Fx%3D1%26y%3D2',
    )
  })
})

describe('text', () => {
  it('opens links elsewhere, telling nobody where from', async () => {
    const link = (await shown({ type: 'text', text: 'see https://tea.example/x.' })).get('a')
    expect(link.attributes()).toMatchObject({
      href: 'https://tea.example/x',
      target: '_blank',
      rel: 'noopener noreferrer nofollow',
    })
  })

  it('opens links to this site here', async () => {
    const link = (await shown({ type: 'text', text: `${location.origin}/c/lobby` })).get('a')
    expect(link.attributes('target')).toBeUndefined()
  })

  it('shows a few emoji large, and what somebody does with their name', async () => {
    expect((await shown({ type: 'text', text: '🍵' })).html()).toContain('text-5xl')
    const action = await shown({ type: 'text', text: 'waves', action: true }, { author: 'alice' })
    expect(action.text().replace(/\s+/g, ' ')).toBe('alice waves')
  })
})

describe('markdown', () => {
  it('makes elements of what it knows', async () => {
    const wrapper = await shown({ type: 'markdown', text: '**b** *i* `c`\n\n- one\n- two\n\n> q' })
    expect(wrapper.find('strong').text()).toBe('b')
    expect(wrapper.find('em').text()).toBe('i')
    expect(wrapper.find('code').text()).toBe('c')
    expect(wrapper.findAll('li').map((item) => item.text())).toEqual(['one', 'two'])
    expect(wrapper.find('blockquote').text()).toBe('q')
  })

  it('never leads to a script', async () => {
    const text =
      '[x](javascript:alert(1)) [y](<java\tscript:alert(1)>) ![z](data:image/svg+xml,x) [ok](https://a.b)'
    const wrapper = await shown({ type: 'markdown', text })
    harmless(wrapper.element)
    expect(wrapper.findAll('a').map((link) => link.attributes('href'))).toEqual(['https://a.b/'])
  })

  it('loads no picture from elsewhere', async () => {
    const wrapper = await shown({ type: 'markdown', text: '![leaf](https://evil.example/a.png)' })
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.get('a').text()).toBe('leaf')
  })

  it('colours code and keeps it text', async () => {
    const wrapper = await shown({ type: 'markdown', text: '```js\nconst x = "<b>"\n```' })
    // The colours come when the page is shown and the browser idle; the words are there before.
    isShown()
    expect(wrapper.get('pre').text()).toBe('const x = "<b>"')
    await vi.waitFor(() => expect(wrapper.get('.code-keyword').text()).toBe('const'), 4000)
    expect(wrapper.get('pre').text()).toBe('const x = "<b>"')
    expect(wrapper.find('b').exists()).toBe(false)
  })
})

it('shows whom the message mentions, and nobody else', async () => {
  const body = { type: 'text', text: '@bob @eve @all' }
  const wrapper = mountChat(MessageBody, { body, mentions: ['*'] })
  expect(wrapper.text()).toBe('@bob @eve @all')
  expect(wrapper.findAll('button')).toHaveLength(0)
  expect(wrapper.find('.text-jade').text()).toBe('@all')
})
