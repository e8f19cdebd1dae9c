// Mounts a component of the chat with texts, stores and a router, as the page does.
import { mount, type ComponentMountingOptions, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { type Component, h } from 'vue'
import { createI18n } from 'vue-i18n'
import { createMemoryHistory, createRouter } from 'vue-router'

import en from '@/locales/en'
import zh from '@/locales/zh-CN'

export function mountChat(
  component: Component,
  props: Record<string, unknown>,
  { locale = 'en', ...options }: ComponentMountingOptions<unknown> & { locale?: string } = {},
): VueWrapper {
  const pinia = createPinia()
  setActivePinia(pinia)
  const i18n = createI18n({
    legacy: false,
    locale,
    messages: { en, 'zh-CN': zh } as never,
    missingWarn: false,
    fallbackWarn: false,
  })
  const nowhere = { template: '<div />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'chat', component: nowhere },
      { path: '/c/:conversation', name: 'conversation', component: nowhere },
    ],
  })
  const Frame = () => h(component, props)
  return mount(Frame, { ...options, global: { plugins: [pinia, i18n, router] } })
}
