// A listener that throws harms nobody else.
import { expect, it, vi } from 'vitest'

import { Emitter } from '../../src/client/emitter.js'

it('tells the others, and reports the error', () => {
  vi.useFakeTimers()
  const emitter = new Emitter<{ tea: string }>()
  const heard: string[] = []
  emitter.on('tea', () => {
    throw new Error('spilled')
  })
  emitter.on('tea', (kind) => heard.push(kind))
  emitter.emit('tea', 'oolong')
  expect(heard).toEqual(['oolong'])
  expect(() => vi.runAllTimers()).toThrow('spilled')
  vi.useRealTimers()
})

it('ends only the listening that was begun', () => {
  const emitter = new Emitter<{ tea: string }>()
  const heard: string[] = []
  const listener = (kind: string) => void heard.push(kind)
  const end = emitter.on('tea', listener)
  emitter.on('tea', listener)
  end()
  end()
  emitter.emit('tea', 'oolong')
  expect(heard).toEqual(['oolong'])
})
