// The forms by which one comes in: what they say before and after the server was asked.
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { Refused } from 'teahouse-client'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Component } from 'vue'

import GuestForm from '@/components/auth/GuestForm.vue'
import RegisterForm from '@/components/auth/RegisterForm.vue'
import SignInForm from '@/components/auth/SignInForm.vue'
import { i18n, showLanguage } from '@/i18n'
import { useSessionStore } from '@/stores/session'

beforeAll(() => showLanguage('en'))
beforeEach(() => setActivePinia(createPinia()))

function show(component: Component, props: Record<string, unknown> = {}) {
  return mount(component, { props, global: { plugins: [i18n] }, attachTo: document.body })
}

describe('signing in', () => {
  test('asks for both before it asks the server', async () => {
    const login = vi.spyOn(useSessionStore(), 'login').mockResolvedValue()
    const form = show(SignInForm)
    await form.trigger('submit')
    expect(form.text()).toContain('Please enter a name.')
    expect(form.text()).toContain('Please enter a password.')
    expect(login).not.toHaveBeenCalled()
  })

  test('says that it was wrong, not which of the two', async () => {
    const refusal = new Refused('unauthenticated', 'wrong user or password')
    vi.spyOn(useSessionStore(), 'login').mockRejectedValue(refusal)
    const form = show(SignInForm)
    await form.get('input[name=username]').setValue(' alice ')
    await form.get('input[name=password]').setValue('horse')
    await form.trigger('submit')
    await flushPromises()
    expect(form.get('[role=alert]').text()).toBe('User name or password is wrong.')
    expect(form.emitted('done')).toBeUndefined()
  })

  test('says how long to wait', async () => {
    vi.spyOn(useSessionStore(), 'login').mockRejectedValue(new Refused('rate_limited', 'x', true, 9500))
    const form = show(SignInForm)
    await form.get('input[name=username]').setValue('alice')
    await form.get('input[name=password]').setValue('horse')
    await form.trigger('submit')
    await flushPromises()
    expect(form.get('[role=alert]').text()).toContain('10 s')
  })

  test('is what password managers look for', () => {
    const form = show(SignInForm)
    expect(form.get('input[name=username]').attributes('autocomplete')).toBe('username')
    expect(form.get('input[name=password]').attributes('autocomplete')).toBe('current-password')
  })
})

describe('a guest', () => {
  test('is in with a nickname alone', async () => {
    const guest = vi.spyOn(useSessionStore(), 'guest').mockResolvedValue()
    const form = show(GuestForm)
    await form.get('input').setValue(' 陆羽 ')
    await form.trigger('submit')
    await flushPromises()
    expect(guest).toHaveBeenCalledWith('陆羽')
    expect(form.emitted('done')).toHaveLength(1)
  })

  test('is told what is wrong with the nickname', async () => {
    const guest = vi.spyOn(useSessionStore(), 'guest').mockRejectedValue(new Refused('conflict', 'taken'))
    const form = show(GuestForm)
    await form.get('input').setValue('two words')
    await form.trigger('submit')
    expect(guest).not.toHaveBeenCalled()
    expect(form.get('input').attributes('aria-invalid')).toBe('true')
    await form.get('input').setValue('alice')
    await form.trigger('submit')
    await flushPromises()
    expect(form.text()).toContain('Somebody has this nickname already.')
  })
})

describe('an account', () => {
  test('is made of a name and a good password', async () => {
    const register = vi.spyOn(useSessionStore(), 'register').mockResolvedValue()
    const form = show(RegisterForm)
    await form.get('input[name=username]').setValue('alice')
    await form.get('input[type=password]').setValue('short')
    await form.trigger('submit')
    expect(register).not.toHaveBeenCalled()
    expect(form.text()).toContain('At least 8 characters.')
    await form.get('input[type=password]').setValue('oolong leaves')
    await form.trigger('submit')
    await flushPromises()
    expect(register).toHaveBeenCalledWith({ user: 'alice', password: 'oolong leaves' })
  })

  test('asks for an invitation where the server wants one', async () => {
    vi.spyOn(useSessionStore(), 'register').mockRejectedValue(new Refused('forbidden', 'by invitation'))
    const form = show(RegisterForm)
    await form.get('input[name=username]').setValue('alice')
    await form.get('input[type=password]').setValue('oolong leaves')
    expect(form.text()).not.toContain('Invitation code')
    await form.trigger('submit')
    await flushPromises()
    expect(form.text()).toContain('Invitation code')
  })
})
