import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'

import UiButton from '@/components/kit/UiButton.vue'

test('while it loads it keeps the focus and does nothing', async () => {
  const onClick = vi.fn()
  const button = mount(UiButton, { props: { type: 'submit' }, attrs: { onClick }, attachTo: document.body })
  const press = (): boolean => button.element.dispatchEvent(new MouseEvent('click', { cancelable: true }))
  button.element.focus()
  expect(press()).toBe(true)
  expect(onClick).toHaveBeenCalledOnce()

  await button.setProps({ loading: true })
  expect(document.activeElement).toBe(button.element)
  expect(button.attributes()).toMatchObject({ 'aria-disabled': 'true', 'aria-busy': 'true' })
  // Prevented: a form is not sent again.
  expect(press()).toBe(false)
  expect(onClick).toHaveBeenCalledOnce()
})
