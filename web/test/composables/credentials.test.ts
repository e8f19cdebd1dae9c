import { describe, expect, test } from 'vitest'

import { nameProblem, passwordProblem, strength } from '@/composables/credentials'

describe('a name', () => {
  test.each(['alice', 'Ålesund', '陆羽', 'li_9', 'a', 'x.y-z', 'ｆｕｌｌ', 'a_'])('%s is one', (name) => {
    expect(nameProblem(name)).toBeNull()
  })

  test.each(['_x', '-x', 'x-', 'x.', 'two words', 'semi;colon', '@bob', '🍵'])('%s is none', (name) => {
    expect(nameProblem(name)).toBe('characters')
  })

  test('spaces around it do not count, nothing is none', () => {
    expect(nameProblem('  alice ')).toBeNull()
    expect(nameProblem('   ')).toBe('empty')
  })

  test('has 32 characters at most, however many bytes they are', () => {
    expect(nameProblem('茶'.repeat(32))).toBeNull()
    expect(nameProblem('茶'.repeat(33))).toBe('long')
  })
})

describe('a password', () => {
  test('is long enough and not the name', () => {
    expect(passwordProblem('')).toBe('empty')
    expect(passwordProblem('1234567')).toBe('short')
    expect(passwordProblem('Alice-in-W', 'alice-in-w ')).toBe('sameAsName')
    expect(passwordProblem('correct horse')).toBeNull()
  })

  test('is as strong as it is long and varied', () => {
    expect(strength('')).toBe(0)
    expect(strength('password1234')).toBe(1)
    expect(strength('aaaaaaaaaaaaaaaa')).toBe(1)
    expect(strength('alice loves tea', 'alice')).toBe(1)
    expect(strength('oolongtea')).toBe(2)
    expect(strength('oolong tea at')).toBe(3)
    expect(strength('oolong tea at 5, Lu')).toBe(4)
    expect(strength('春眠不觉晓处处闻啼鸟')).toBe(2)
  })
})
