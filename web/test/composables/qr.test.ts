import { expect, test } from 'vitest'

import { pathOf, qrCode } from '@/composables/qr'

test('a run of dark squares is one stroke', () => {
  expect(
    pathOf([
      [true, true, false, true],
      [false, false, false, false],
    ]),
  ).toBe('M0 0h2v1h-2zM3 0h1v1h-1z')
})

test('a link becomes a code with a quiet edge', async () => {
  const { size, path } = await qrCode('https://tea.example.org/join/k46qjHkIbI9EORvbq0MgtSAlQCbY8S3H')
  expect(size).toBeGreaterThan(25)
  // The finder pattern begins two squares in.
  expect(path.startsWith('M2 2h7v1h-7z')).toBe(true)
})
