// Frames are taken apart, and nothing a server sends is an error.
import { expect, it } from 'vitest'

import { isBody } from '../../src/index.js'
import { decode, isAnswer, isEntry, isFailure, newCid, type ServerFrame } from '../../src/wire/frames.js'
import type { ServerEvent } from '../../src/wire/protocol.js'

it.each(['', '{', '[', '3', '"x"', 'null', new ArrayBuffer(2), undefined])('%j is no frame', (text) => {
  expect(decode(text)).toBeNull()
})

it('tells answers, failures, entries and events apart', () => {
  const kinds = (frame: object) => {
    const read = decode(JSON.stringify(frame)) as ServerFrame
    return [isAnswer(read), isFailure(read), isEntry(read as ServerEvent)]
  }
  expect(kinds({ re: 1, ok: {} })).toEqual([true, false, false])
  expect(kinds({ error: {} })).toEqual([false, true, false])
  expect(kinds({ ev: 'message', seq: 1 })).toEqual([false, false, true])
  expect(kinds({ ev: 'message', ephemeral: true })).toEqual([false, false, false])
})

it('knows the fields of a body by its type', () => {
  const body = { type: 'location', lat: 30.2, lon: 120.1 }
  expect(isBody(body, 'location') && body.lat).toBe(30.2)
  expect(isBody(body, 'text')).toBe(false)
  expect(isBody(undefined, 'text')).toBe(false)
})

it('makes keys that are not made twice and fit the protocol', () => {
  const keys = Array.from({ length: 1000 }, newCid)
  expect(new Set(keys).size).toBe(1000)
  expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true)
})
