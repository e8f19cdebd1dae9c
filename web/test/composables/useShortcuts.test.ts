import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'

import { offerAction } from '@/composables/actions'
import { usePalette } from '@/composables/usePalette'
import { useSearchPanel } from '@/composables/useSearchPanel'
import { useShortcuts } from '@/composables/useShortcuts'
import { useConversationsStore } from '@/stores/conversations'
import { useSearchStore } from '@/stores/search'
import type { Summary } from '@/stores/types'

let router: Router
let page: ReturnType<typeof mount>
const newGroup = vi.fn()
const close = vi.fn((): boolean => false)
const asking = ref(false)

beforeEach(async () => {
  setActivePinia(createPinia())
  const view = { render: () => null }
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'chat', component: view },
      { path: '/c/:conversation', name: 'conversation', component: view },
      { path: '/settings/:section?', name: 'settings', component: view },
    ],
  })
  await router.push('/')
  const conversations = useConversationsStore()
  const list = ['a', 'b', 'c'].map((id) => ({ id, unread: id === 'c' ? 2 : 0 }) as Summary)
  vi.spyOn(conversations, 'ordered', 'get').mockReturnValue(list)
  conversations.current = 'a'
  Object.assign(usePalette(), { open: false, help: false })
  useSearchPanel().hide()
  page = mount(
    defineComponent({
      setup() {
        useShortcuts()
        offerAction('newGroup', newGroup)
        offerAction('close', close)
        return () =>
          h('div', [h('textarea'), asking.value ? h('div', { role: 'dialog' }, [h('button', 'x')]) : null])
      },
    }),
    { attachTo: document.body, global: { plugins: [router] } },
  )
})
afterEach(() => page.unmount())

function press(key: string, more: KeyboardEventInit = {}, at: string | null = null): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  ;(at ? page.get(at).element : document.body).dispatchEvent(event)
  return event.defaultPrevented
}
const settled = () => new Promise((later) => setTimeout(later, 5))

test('to the next conversation, round at the end, and to the next unread one', async () => {
  press('ArrowDown', { altKey: true }, 'textarea')
  await settled()
  expect(router.currentRoute.value.path).toBe('/c/b')
  press('ArrowUp', { altKey: true })
  await settled()
  expect(router.currentRoute.value.path).toBe('/c/c')
  useConversationsStore().current = 'b'
  press('ArrowUp', { altKey: true, shiftKey: true })
  await settled()
  expect(router.currentRoute.value.path).toBe('/c/c')
})

test('palette, help, search here and everywhere', () => {
  expect(press('k', { ctrlKey: true }, 'textarea')).toBe(true)
  expect(usePalette().open).toBe(true)
  press('?')
  expect(usePalette().help).toBe(true)
  press('f', { ctrlKey: true })
  expect(useSearchStore().filters.conversation).toBe('a')
  press('F', { ctrlKey: true, shiftKey: true })
  expect(useSearchStore().filters.conversation).toBeNull()
  expect(useSearchPanel().panel.open).toBe(true)
})

test('Escape closes the search first, then what the view has; with nothing to close it is left alone', () => {
  useSearchPanel().show(null)
  expect(press('Escape')).toBe(true)
  expect(useSearchPanel().panel.open).toBe(false)
  expect(close).not.toHaveBeenCalled()
  expect(press('Escape')).toBe(false)
  expect(close).toHaveBeenCalledOnce()
})

test('dialogs have their own keys, and so have texts and input methods', async () => {
  asking.value = true
  await nextTick()
  expect(press('Enter', { ctrlKey: true, shiftKey: true }, 'button')).toBe(false)
  expect(press('Enter', { ctrlKey: true, shiftKey: true })).toBe(false)
  asking.value = false
  await nextTick()
  expect(press('?', {}, 'textarea')).toBe(false)
  expect(press('k', { ctrlKey: true, isComposing: true }, 'textarea')).toBe(false)
  expect(newGroup).not.toHaveBeenCalled()
  press('Enter', { ctrlKey: true, shiftKey: true })
  expect(newGroup).toHaveBeenCalledOnce()
})

test("outside the chat the browser's own search is meant", async () => {
  await router.push('/settings')
  expect(press('f', { ctrlKey: true })).toBe(false)
})
