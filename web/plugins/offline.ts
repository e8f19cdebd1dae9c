/**
 * Builds the service worker `src/worker/sw.ts` into `sw.js` at the root, with the list of files it keeps for work
 * without a network. The list's hash is the cache's name: a new build is a new cache, taken whole or not at all.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { transformWithOxc, type Plugin } from 'vite'

const WORKER = fileURLToPath(new URL('../src/worker/sw.ts', import.meta.url))
const SHELL = /\.(js|css|woff2)$/
// Large, and needed by few: fetched when it is needed first, and kept from then on.
const RARE = /emojibase-data|highlight\.js|[/\\](components[/\\]admin|views[/\\]Admin)/

/** The worker as the browser runs it. */
export async function workerCode(shell: { version: string; files: string[] }): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(WORKER, 'utf8'), WORKER, { lang: 'ts' })
  return code.replaceAll(/\bBUILD\b/g, () => JSON.stringify(shell))
}

export function offline(): Plugin {
  return {
    name: 'teahouse:offline',
    apply: 'build',
    enforce: 'post',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(options, bundle) {
        if (!options.dir || !existsSync(WORKER)) return
        const files = Object.values(bundle)
          .filter((file) => SHELL.test(file.fileName))
          .filter((file) => file.type === 'asset' || !file.moduleIds.some((id) => RARE.test(id)))
          .map((file) => file.fileName)
          .sort()
        const hash = createHash('sha256')
        for (const name of files) hash.update(name)
        hash.update(readFileSync(join(options.dir, 'index.html')))
        hash.update(readFileSync(WORKER))
        const code = await workerCode({
          version: hash.digest('hex').slice(0, 16),
          files: ['/', ...files.map((name) => `/${name}`)],
        })
        writeFileSync(join(options.dir, 'sw.js'), code)
      },
    },
  }
}
