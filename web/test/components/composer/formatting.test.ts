import { expect, test } from 'vitest'

import { continued, format, type Format, type Selected } from '@/components/composer/formatting'

/** `[` and `]` around what is selected, or `|` where the caret is. */
function read(marked: string): Selected {
  if (marked.includes('|')) {
    const at = marked.indexOf('|')
    return { text: marked.replace('|', ''), start: at, end: at }
  }
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  return { text: marked.replace(/[«»]/g, ''), start, end }
}
function shown({ text, start, end }: Selected): string {
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`
  return `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`
}

test.each<[Format, string, string]>([
  ['bold', 'a «tea» b', 'a **«tea»** b'],
  ['bold', 'a **«tea»** b', 'a «tea» b'],
  ['bold', 'a «**tea**» b', 'a «tea» b'],
  ['bold', 'a| b', 'a**|** b'],
  ['italic', 'a «tea »b', 'a _«tea»_ b'],
  ['strike', '«tea»', '~~«tea»~~'],
  ['code', '«tea»', '`«tea»`'],
  ['code', 'a «x\ny»', 'a \n```\n«x\ny»\n```'],
  ['quote', 'a\nb|\nc', 'a\n> b|\nc'],
  ['quote', 'a\n> b|\nc', 'a\nb|\nc'],
  ['bullets', '«a\nb»', '- «a\n- b»'],
  ['numbers', '«a\nb»', '1. «a\n2. b»'],
  ['link', 'see «tea»', 'see [tea](«https://»)'],
  ['link', 'see «https://tea.example»', 'see [|](https://tea.example)'],
])('%s: %s becomes %s', (what, before, after) => {
  expect(shown(format(read(before), what))).toBe(after)
})

test('what is done twice is undone', () => {
  for (const what of ['bold', 'italic', 'code', 'quote', 'bullets'] as const) {
    const once = format(read('a «tea» b'), what)
    expect(format(once, what)).toEqual(read('a «tea» b'))
  }
})

test.each([
  ['- a|', '- a\n- |'],
  ['1. a|', '1. a\n2. |'],
  ['> a|', '> a\n> |'],
  ['- a\n- |', '- a\n|'],
])('a line after %s', (before, after) => {
  const made = continued(read(before))
  expect(made && shown(made)).toBe(after)
})

test('plain lines are not continued', () => {
  expect(continued(read('tea|'))).toBeNull()
})
