/**
 * Markdown's tokens as elements. Only what stands in `TAGS` becomes an element; everything else is text.
 */
import { Fragment, type FunctionalComponent, h, type VNode, type VNodeChild } from 'vue'

import type { MarkdownToken } from '@/composables/markdown'
import { type MentionResolver, safeTarget, segments } from '@/composables/richText'

import CodeBlock from './CodeBlock.vue'
import MentionChip from './MentionChip.vue'
import SafeLink from './SafeLink.vue'

// Headings are bold lines: a message has no place in the outline of the page.
const HEADING = ['div', 'mt-2 mb-1 font-semibold first:mt-0'] as const
const TAGS: Record<string, readonly [tag: string, look: string]> = {
  paragraph: ['p', 'my-1 first:mt-0 last:mb-0'],
  heading: HEADING,
  strong: ['strong', 'font-semibold'],
  em: ['em', ''],
  s: ['s', ''],
  blockquote: ['blockquote', 'my-1.5 border-s-3 border-jade/50 ps-3 text-dim'],
  bullet_list: ['ul', 'my-1 list-disc ps-5'],
  ordered_list: ['ol', 'my-1 list-decimal ps-6'],
  list_item: ['li', 'my-0.5'],
  table: ['table', 'my-1.5 border-collapse text-sm'],
  thead: ['thead', ''],
  tbody: ['tbody', ''],
  tr: ['tr', ''],
  th: ['th', 'border border-line bg-subtle px-2 py-1 text-start font-semibold'],
  td: ['td', 'border border-line px-2 py-1 align-top'],
}

type Resolve = MentionResolver | undefined

function words(text: string, resolve: Resolve): VNodeChild[] {
  if (!text.includes('@')) return [text]
  return segments(text, resolve).map((piece) =>
    piece.kind === 'mention' ? h(MentionChip, { user: piece.user, text: piece.text }) : piece.text,
  )
}

function picture(token: MarkdownToken): VNodeChild {
  // A picture from elsewhere would tell its host who reads this: it is a link to it.
  const href = safeTarget(token.attrGet('src') ?? '')
  return href ? h(SafeLink, { href }, () => token.content || href) : token.content
}

const LEAVES: Record<string, (token: MarkdownToken, resolve: Resolve) => VNodeChild | VNodeChild[]> = {
  inline: (token, resolve) => tree(token.children ?? [], resolve),
  text: (token, resolve) => words(token.content, resolve),
  softbreak: () => h('br'),
  hardbreak: () => h('br'),
  hr: () => h('hr', { class: 'my-3 border-line' }),
  code_inline: (token) =>
    h('code', { class: 'rounded bg-subtle px-1 py-0.5 font-mono text-[0.85em]' }, token.content),
  code_block: (token) => h(CodeBlock, { code: token.content.replace(/\n$/, ''), language: '' }),
  fence: (token) =>
    h(CodeBlock, {
      code: token.content.replace(/\n$/, ''),
      language: (token.info.trim().split(/\s+/)[0] ?? '').toLowerCase(),
    }),
  image: picture,
}

function element(opening: MarkdownToken, children: VNodeChild[]): VNode {
  const name = opening.type.replace(/_open$/, '')
  // A tight list's paragraphs are its items' own text.
  if (opening.hidden) return h(Fragment, children)
  if (name === 'link') {
    const href = safeTarget(opening.attrGet('href') ?? '')
    return href ? h(SafeLink, { href }, () => children) : h(Fragment, children)
  }
  const [tag, look] = TAGS[name] ?? ['span', '']
  const start = name === 'ordered_list' ? (opening.attrGet('start') ?? undefined) : undefined
  const align = /text-align:(center|right)/.exec(opening.attrGet('style') ?? '')?.[1]
  const made = h(tag, { class: [look, align && `text-${align}`], start }, children)
  return name === 'table'
    ? h('div', { class: 'max-w-full overflow-x-auto', tabindex: 0, role: 'group' }, made)
    : made
}

function tree(tokens: readonly MarkdownToken[], resolve: Resolve): VNodeChild[] {
  const open: { token: MarkdownToken | null; children: VNodeChild[] }[] = [{ token: null, children: [] }]
  for (const token of tokens) {
    const top = open.at(-1)?.children as VNodeChild[]
    if (token.nesting === 1) {
      open.push({ token, children: [] })
    } else if (token.nesting === -1) {
      const closed = open.pop()
      if (closed?.token) open.at(-1)?.children.push(element(closed.token, closed.children))
    } else {
      const leaf = LEAVES[token.type]?.(token, resolve) ?? token.content
      if (Array.isArray(leaf)) top.push(...leaf)
      else top.push(leaf)
    }
  }
  return open[0]?.children ?? []
}

const MarkdownTree: FunctionalComponent<{ tokens: MarkdownToken[]; resolve?: MentionResolver }> = (props) =>
  tree(props.tokens, props.resolve)
MarkdownTree.props = ['tokens', 'resolve']

export default MarkdownTree
