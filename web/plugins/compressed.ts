/** Puts a .br and a .gz beside every text file of the build, so that the server compresses nothing while it runs. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

import type { Plugin } from 'vite'

const TEXT = /\.(js|css|html|svg|json|webmanifest|txt)$/
const SMALL = 512 // bytes: below this a compressed copy saves no packet

/** `beside` are files that other plugins put there. */
export function compressed(...beside: string[]): Plugin {
  return {
    name: 'teahouse:compressed',
    apply: 'build',
    enforce: 'post',
    writeBundle: {
      order: 'post',
      sequential: true,
      handler(options, bundle) {
        const names = [...Object.keys(bundle), ...beside]
        for (const name of new Set(names)) {
          if (!TEXT.test(name) || !options.dir) continue
          const path = join(options.dir, name)
          const bytes = readFileSync(path)
          if (bytes.length < SMALL) continue
          const params = {
            [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          }
          writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }))
          writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
        }
      },
    },
  }
}
