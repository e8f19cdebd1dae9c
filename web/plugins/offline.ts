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
// What a language or a rare feature needs is fetched when it is needed first, and kept from then on.
const SHELL = /\.(js|css|html|woff2)$/

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
        const files = Object.keys(bundle)
          .filter((name) => SHELL.test(name) && name !== 'index.html')
          .sort()
        const hash = createHash('sha256')
        for (const name of files) hash.update(name)
        hash.update(readFileSync(join(options.dir, 'index.html')))
        const source = readFileSync(WORKER, 'utf8')
        const { code } = await transformWithOxc(source, WORKER, { lang: 'ts' })
        const shell = JSON.stringify({
          version: hash.digest('hex').slice(0, 16),
          files: ['/', ...files.map((name) => `/${name}`)],
        })
        writeFileSync(join(options.dir, 'sw.js'), code.replace('__SHELL__', shell))
      },
    },
  }
}
