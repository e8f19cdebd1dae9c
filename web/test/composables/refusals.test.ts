import { createPinia, setActivePinia } from 'pinia'
import { Disconnected, Refused } from 'teahouse-client'
import { beforeEach, expect, test, vi } from 'vitest'

import { useRefusals } from '@/composables/refusals'
import { useAttempt } from '@/composables/useAttempt'
import { useLoad } from '@/composables/useLoad'
import { usePages } from '@/composables/usePages'
import { useNoticesStore } from '@/stores/notices'

vi.mock('vue-i18n', () => ({
  useI18n: () => ({
    t: (key: string, values?: object) => (values ? `${key} ${JSON.stringify(values)}` : key),
  }),
}))

beforeEach(() => setActivePinia(createPinia()))

test('each refusal has a sentence, and a place may have its own', () => {
  const { sentence } = useRefusals()
  expect(sentence(new Refused('muted', 'x'))).toBe('refusals.muted')
  expect(sentence(new Refused('conflict', 'x'), { conflict: 'taken' })).toBe('taken')
  expect(sentence(new Refused('rate_limited', 'x', true, 2400))).toBe('refusals.wait {"seconds":3}')
  expect(sentence(new Refused('bad_request', 'the topic is no pattern'))).toBe('the topic is no pattern')
  expect(sentence(new Disconnected('gone'))).toBe('refusals.disconnected')
  expect(sentence(new TypeError('a defect'))).toBe('refusals.internal')
})

test('an attempt tells under the form why it came to nothing, and is busy meanwhile', async () => {
  const { busy, error, attempt } = useAttempt()
  const under = attempt(() => Promise.reject(new Refused('forbidden', 'x')))
  expect(busy.value).toBe(true)
  expect(await attempt(() => Promise.resolve())).toBe(false)
  expect(await under).toBe(false)
  expect(busy.value).toBe(false)
  expect(error.value).toBe('refusals.forbidden')
  expect(await attempt(() => Promise.resolve(), { done: 'Saved.' })).toBe(true)
  expect(error.value).toBe('')
  expect(useNoticesStore().items.map((item) => item.text)).toEqual(['Saved.'])
})

test('of answers out of turn the newest question counts', async () => {
  const answers: ((value: string) => void)[] = []
  const { value, loading, load } = useLoad(() => new Promise<string>((resolve) => answers.push(resolve)))
  const first = load()
  const second = load()
  answers[1]?.('second')
  await second
  answers[0]?.('first')
  await first
  expect(value.value).toBe('second')
  expect(loading.value).toBe(false)
})

test('pages follow one another until there is none, and a failure keeps what is there', async () => {
  const pages = [
    { rows: [1, 2], next: 'a' },
    { rows: [3], next: null },
  ]
  const ask = vi.fn(() => Promise.resolve(pages.shift() ?? { rows: [], next: null }))
  const { rows, hasMore, reload, more, error } = usePages<number, string>(ask)
  await reload()
  expect(hasMore.value).toBe(true)
  await more()
  expect(rows.value).toEqual([1, 2, 3])
  expect(ask).toHaveBeenLastCalledWith('a')
  await more()
  expect(ask).toHaveBeenCalledTimes(2)
  ask.mockRejectedValueOnce(new Disconnected('gone'))
  await reload()
  expect(rows.value).toEqual([1, 2, 3])
  expect(error.value).toBe('refusals.disconnected')
})
