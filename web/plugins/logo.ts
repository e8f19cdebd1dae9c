/** Puts the picture that stands in index.html until the client is there into the page itself: it is seen at once. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { Plugin } from 'vite'

const FILE = fileURLToPath(new URL('../public/icons/teahouse.svg', import.meta.url))
const PLACE = '<!-- the logo -->'

export function logo(): Plugin {
  return {
    name: 'teahouse:logo',
    transformIndexHtml(html) {
      const picture = readFileSync(FILE, 'utf8')
        .replace('<svg ', '<svg role="img" aria-label="Teahouse" width="72" height="72" ')
        .replaceAll(/\s*\n\s*/g, '')
      return html.replace(PLACE, () => picture)
    },
  }
}
