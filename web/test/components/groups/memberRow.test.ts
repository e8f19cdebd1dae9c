// What is offered for a member follows from the roles of both.
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import MemberRow from '@/components/groups/MemberRow.vue'
import { UiMenu, type MenuItem } from '@/components/kit'
import { i18n, showLanguage } from '@/i18n'
import type { Member, Role } from '@/stores/types'

beforeAll(() => showLanguage('en'))
beforeEach(() => setActivePinia(createPinia()))

const bob: Member = { id: 'u2', nick: 'bob', role: 'member', status: 'online', joined: 2, mutedUntil: 0 }

function show(role: Role, member: Member = bob, me = 'u1') {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: {} }] })
  const row = mount(MemberRow, {
    props: { member, role, me, conversation: 'c' },
    global: { plugins: [i18n, router], stubs: { UiMenu: true } },
  })
  const menu = row.findComponent(UiMenu)
  const items = menu.exists() ? (menu.props('items') as (MenuItem | null)[]) : []
  return { row, labels: items.filter((item) => item !== null).map((item) => item.label) }
}

test('the owner gives roles, forbids to write, removes', () => {
  const { labels } = show('owner')
  expect(labels).toEqual([
    'Write to them',
    'Make admin',
    'Hand over to them',
    'Forbid to write',
    'Remove',
    'Ban',
  ])
})

test('an admin has power over members alone', () => {
  expect(show('admin').labels).toEqual(['Write to them', 'Forbid to write', 'Remove', 'Ban'])
  expect(show('admin', { ...bob, role: 'admin' }).labels).toEqual(['Write to them'])
})

test('a member writes to others, and has no menu for oneself', () => {
  expect(show('member').labels).toEqual(['Write to them'])
  expect(show('owner', { ...bob, role: 'owner' }, 'u2').labels).toEqual([])
})

test('who may not write is marked so, and can be let to', () => {
  const { row, labels } = show('owner', { ...bob, mutedUntil: -1 })
  expect(row.text()).toContain('may not write')
  expect(labels).toContain('Let them write again')
  expect(show('owner', { ...bob, mutedUntil: 1 }).labels).toContain('Forbid to write')
})
