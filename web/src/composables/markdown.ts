/**
 * Markdown, taken apart. Loaded only when the first markdown message is seen (see `useMarkdown`). The rule: raw HTML
 * is text (`html: false`), and the page builds its elements from these tokens itself, so no HTML is ever parsed.
 */
import MarkdownIt from 'markdown-it'

import { safeTarget } from './richText'

/** The part of markdown-it's token that is shown. */
export interface MarkdownToken {
  type: string
  nesting: number
  content: string
  info: string
  hidden: boolean
  children: MarkdownToken[] | null
  attrGet(name: string): string | null
}

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false })
parser.validateLink = (address) => safeTarget(address) !== null
// Only what is written as an address becomes a link: "README.md" is a file and no host in Moldova.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false })

export function parseMarkdown(text: string): MarkdownToken[] {
  return parser.parse(text, {}) as MarkdownToken[]
}
