import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createRouter, createWebHistory, type Router } from 'vue-router'

import CommandPalette from '@/components/palette/CommandPalette.vue'
import { usePalette } from '@/composables/usePalette'
import { i18n, showLanguage } from '@/i18n'
import { useConversationsStore } from '@/stores/conversations'
import { usePeopleStore } from '@/stores/people'
import { usePreferencesStore } from '@/stores/preferences'
import type { Summary, User } from '@/stores/types'

const summary = (id: string, title: string): Summary =>
  ({ id, title, kind: 'group', unread: 0, muted: false, peer: null, avatar: null }) as unknown as Summary

let router: Router
let shown: ReturnType<typeof mount>

beforeAll(() => showLanguage('en'))
beforeEach(async () => {
  setActivePinia(createPinia())
  const view = { render: () => null }
  router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', name: 'chat', component: view },
      { path: '/c/:conversation', name: 'conversation', component: view },
      { path: '/settings/:section?', name: 'settings', component: view },
    ],
  })
  const conversations = useConversationsStore()
  vi.spyOn(conversations, 'ordered', 'get').mockReturnValue([
    summary('c1', 'Green tea'),
    summary('c2', 'Oolong'),
  ])
  const theo = { id: 'u9', nick: 'Theo', avatar: null } as User
  vi.spyOn(usePeopleStore(), 'find').mockImplementation(async (name) =>
    'theo'.startsWith(name) ? [theo] : [],
  )
  vi.spyOn(conversations, 'openDirect').mockResolvedValue('d9')
  shown = mount(CommandPalette, {
    attachTo: document.body,
    props: { open: true, 'onUpdate:open': (open: boolean) => void shown.setProps({ open }) },
    global: { plugins: [i18n, router] },
  })
  await flushPromises()
})
afterEach(() => shown.unmount())

const field = (): HTMLInputElement => document.querySelector('[role="combobox"]') as HTMLInputElement
const options = (): string[] =>
  [...document.querySelectorAll('[role="option"]')].map((one) => one.textContent?.trim() ?? '')

async function type(text: string): Promise<void> {
  field().value = text
  field().dispatchEvent(new Event('input'))
  await new Promise((later) => setTimeout(later, 170))
  await flushPromises()
}
async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  await flushPromises()
  await new Promise((later) => setTimeout(later, 5))
}

test('the best is chosen by Enter', async () => {
  await type('ool')
  expect(options()[0]).toContain('Oolong')
  expect(field().getAttribute('aria-activedescendant')).toMatch(/conversation-c2$/)
  await press('Enter')
  expect(router.currentRoute.value.fullPath).toBe('/c/c2')
  expect(shown.emitted('update:open')).toEqual([[false]])
})

test('people one does not write with yet are found, too', async () => {
  await type('theo')
  await press('Enter')
  expect(router.currentRoute.value.fullPath).toBe('/c/d9')
})

test('arrows go round, and things are done', async () => {
  await type('dark')
  await press('ArrowUp')
  await press('ArrowDown')
  await press('Enter')
  expect(usePreferencesStore().theme).toBe('dark')
})

test('a key that an input method takes chooses nothing', async () => {
  await type('ool')
  await press('Enter', { isComposing: true })
  expect(shown.emitted('update:open')).toBeUndefined()
})

test('what there is not', async () => {
  await type('zzzz')
  expect(options()).toEqual([])
  expect(document.body.textContent).toContain('Nothing found for “zzzz”')
})

test('the help of the shortcuts is one of the things', async () => {
  await type('keyboard')
  await press('Enter')
  expect(usePalette().help).toBe(true)
})
