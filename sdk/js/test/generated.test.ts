// The types are those of the documents.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { expect, it } from 'vitest'

const GENERATE = fileURLToPath(new URL('../generate.mjs', import.meta.url))

it('what is generated is current', { timeout: 60_000 }, async () => {
  const { stderr } = await promisify(execFile)(process.execPath, [GENERATE, '--check'])
  expect(stderr).toBe('')
})
