import { expect, test } from 'vitest'

import { loudness, waveform } from '@/components/composer/waveform'

test('silence is 0, the loudest is 1, speech lies well between', () => {
  expect(loudness(new Float32Array(64))).toBe(0)
  expect(loudness(new Float32Array(64).fill(1))).toBe(1)
  expect(loudness(new Float32Array(0))).toBe(0)
  const speech = loudness(new Float32Array(64).fill(0.1))
  expect(speech).toBeGreaterThan(0.3)
  expect(speech).toBeLessThan(0.7)
})

test('long recordings keep their peaks, short ones have fewer bars, all are bytes', () => {
  const levels = Array.from({ length: 1000 }, (_, index) => (index === 500 ? 1 : 0.2))
  const bars = waveform(levels, 50)
  expect(bars).toHaveLength(50)
  expect(bars[25]).toBe(255)
  expect(bars[0]).toBe(51)
  expect(waveform([0.5, 1], 50)).toEqual([128, 255])
  expect(waveform([])).toEqual([])
})
