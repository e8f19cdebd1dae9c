import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'

import ComposerField from '@/components/composer/ComposerField.vue'
import { i18n, showLanguage } from '@/i18n'
import { useConversationsStore } from '@/stores/conversations'

beforeAll(async () => {
  await showLanguage('en')
  // This DOM has no editing; the field then sets its text itself.
  document.execCommand = () => false
})
beforeEach(() => {
  setActivePinia(createPinia())
  vi.spyOn(useConversationsStore(), 'membersOf').mockReturnValue([
    { id: 'u1', nick: 'bob', role: 'member', status: 'online', joined: 1, mutedUntil: 0 },
    { id: 'u2', nick: 'bonnie', role: 'member', status: 'offline', joined: 1, mutedUntil: 0 },
  ])
  vi.spyOn(useConversationsStore(), 'detailsOf').mockReturnValue(null)
})

function field(props = {}) {
  const wrapper = mount(ComposerField, {
    attachTo: document.body,
    global: { plugins: [i18n] },
    props: {
      conversation: 'c1',
      placeholder: 'Write',
      sendWithEnter: true,
      markdown: false,
      modelValue: '',
      'onUpdate:modelValue': (text: string) => void wrapper.setProps({ modelValue: text }),
      ...props,
    },
  })
  const area = wrapper.get('textarea')
  async function type(text: string): Promise<void> {
    area.element.focus()
    area.element.value = text
    area.element.setSelectionRange(text.length, text.length)
    await area.trigger('input')
    await nextTick()
    await new Promise((later) => setTimeout(later, 5))
  }
  const press = (key: string, more = {}) =>
    area.trigger('keydown', { key, keyCode: key === 'Enter' ? 13 : 0, ...more })
  return { wrapper, area, type, press }
}

test('Enter sends, with Shift it does not', async () => {
  const { wrapper, type, press } = field()
  await type('tea')
  await press('Enter', { shiftKey: true })
  expect(wrapper.emitted('send')).toBeUndefined()
  await press('Enter')
  expect(wrapper.emitted('send')).toHaveLength(1)
})

test('nothing that an input method takes sends: as Chrome tells it', async () => {
  const { wrapper, area, type, press } = field()
  await area.trigger('compositionstart')
  await type('你好')
  await press('Enter', { isComposing: true, keyCode: 229 })
  await area.trigger('compositionend')
  expect(wrapper.emitted('send')).toBeUndefined()
  await new Promise((later) => setTimeout(later, 40))
  await press('Enter')
  expect(wrapper.emitted('send')).toHaveLength(1)
})

test('nor as Safari tells it', async () => {
  const { wrapper, area, type, press } = field()
  await area.trigger('compositionstart')
  await type('你好')
  await area.trigger('compositionend')
  await press('Enter', { keyCode: 229 })
  expect(wrapper.emitted('send')).toBeUndefined()
})

test('Enter takes what is offered instead of sending; Escape leaves it', async () => {
  const { wrapper, area, type, press } = field()
  await type('hi @bo')
  expect(wrapper.findAll('[role="option"]').map((one) => one.text())).toEqual(['Bbob', 'Bbonnie'])
  expect(area.attributes('aria-activedescendant')).toBeTruthy()
  await press('ArrowDown')
  await press('Enter')
  expect(area.element.value).toBe('hi @bonnie ')
  expect(wrapper.emitted('send')).toBeUndefined()
  await type('hi @bo')
  await press('Escape')
  expect(wrapper.findAll('[role="option"]')).toHaveLength(0)
  expect(wrapper.emitted('escape')).toBeUndefined()
  await press('Enter')
  expect(wrapper.emitted('send')).toHaveLength(1)
})

test('the list has no key that an input method takes', async () => {
  const { wrapper, area, type, press } = field()
  await type('@bo')
  await area.trigger('compositionstart')
  await press('Enter', { isComposing: true, keyCode: 229 })
  expect(area.element.value).toBe('@bo')
  expect(wrapper.findAll('[role="option"]')).toHaveLength(2)
})

test('Up in an empty field asks for the last message', async () => {
  const { wrapper, type, press } = field()
  await press('ArrowUp')
  expect(wrapper.emitted('up')).toHaveLength(1)
  await type('tea')
  await press('ArrowUp')
  expect(wrapper.emitted('up')).toHaveLength(1)
})

test('files are taken from the clipboard, but not the picture of a text', async () => {
  const { wrapper, area } = field()
  const file = new File(['x'], 'leaf.png', { type: 'image/png' })
  await area.trigger('paste', { clipboardData: { files: [file], getData: () => '' } })
  await area.trigger('paste', { clipboardData: { files: [file], getData: () => 'words' } })
  expect(wrapper.emitted('files')).toEqual([[[file]]])
})
