// What opens over a page is made when it opens first, and its button stays a button until then.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'

import UiContextMenu from '@/components/kit/UiContextMenu.vue'
import UiMenu from '@/components/kit/UiMenu.vue'
import UiTips from '@/components/kit/UiTips.vue'

const chosen = vi.fn()
const items = [{ label: 'First', onSelect: chosen }, null, { label: 'Second', onSelect: chosen }]

beforeEach(() => void chosen.mockReset())
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

const menu = (): Element | null => document.querySelector('[role=menu]')
const shownMenu = (): Promise<void> => vi.waitFor(() => expect(menu()).not.toBeNull(), 5000)

function mountMenu() {
  return mount(UiMenu, {
    props: { items, label: 'Things' },
    slots: { trigger: () => h('button', { type: 'button' }, 'More') },
    attachTo: document.body,
  })
}

test('a button says what it opens before anything is made', async () => {
  const wrapper = mountMenu()
  expect(wrapper.get('button').attributes()).toMatchObject({
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
  })
  await flushPromises()
  expect(menu()).toBeNull()
  wrapper.unmount()
})

test('a press makes the menu and opens it', async () => {
  const wrapper = mountMenu()
  await wrapper.get('button').trigger('click', { button: 0, detail: 1 })
  await shownMenu()
  expect(menu()?.textContent).toContain('Second')
  expect(wrapper.get('button').attributes('aria-expanded')).toBe('true')
  wrapper.unmount()
})

test('the arrow key opens it at its first line', async () => {
  const wrapper = mountMenu()
  await wrapper.get('button').trigger('keydown', { key: 'ArrowDown' })
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('First'), 5000)
  wrapper.unmount()
})

function mountPressed(prevent = false) {
  const listener = { onContextmenu: (event: Event) => prevent && event.preventDefault() }
  return mount(UiContextMenu, {
    props: { items, label: 'Things' },
    slots: { default: () => h('div', { class: 'pressed', ...listener }, 'A row') },
    attachTo: document.body,
  })
}

test('the other mouse button opens a menu over what stays the same element', async () => {
  const wrapper = mountPressed()
  const element = wrapper.get('.pressed').element
  const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true })
  element.dispatchEvent(event)
  expect(event.defaultPrevented).toBe(true)
  await shownMenu()
  expect(wrapper.get('.pressed').element).toBe(element)
  expect(wrapper.emitted('open')).toEqual([[true]])
  wrapper.unmount()
})

test('what somebody prevented opens nothing', async () => {
  const wrapper = mountPressed(true)
  await wrapper.get('.pressed').trigger('contextmenu')
  await flushPromises()
  expect(menu()).toBeNull()
  wrapper.unmount()
})

test('a finger that rests opens it, one that moves scrolls', async () => {
  vi.useFakeTimers()
  const wrapper = mountPressed()
  const touch = (type: string) =>
    wrapper
      .get('.pressed')
      .element.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', bubbles: true }))
  touch('pointerdown')
  touch('pointermove')
  await vi.advanceTimersByTimeAsync(1000)
  expect(wrapper.emitted('open')).toBeUndefined()
  touch('pointerdown')
  await vi.advanceTimersByTimeAsync(1000)
  vi.useRealTimers()
  await shownMenu()
  wrapper.unmount()
})

test('a picture is put into words where a pointer rests, until it is pressed', async () => {
  vi.useFakeTimers()
  const tips = mount(UiTips, { attachTo: document.body })
  const button = document.body.appendChild(document.createElement('button'))
  button.dataset.tip = 'Search'
  const over = (type: string) =>
    button.dispatchEvent(new PointerEvent(type, { pointerType: 'mouse', bubbles: true }))
  const shown = (): string | undefined => document.querySelector('[role=tooltip]')?.textContent?.trim()
  over('pointerover')
  await vi.advanceTimersByTimeAsync(100)
  expect(shown()).toBeUndefined()
  await vi.advanceTimersByTimeAsync(500)
  expect(shown()).toBe('Search')
  over('pointerdown')
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toBeUndefined()
  tips.unmount()
})
