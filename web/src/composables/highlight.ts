/**
 * Code in colours, as a tree. Loaded only when the first block of code is seen, and of the grammars only those of the
 * languages that are seen. highlight.js would write HTML; its emitter is replaced, so that the page gets words and
 * their meaning, and makes elements itself. Called by `useColours`.
 */
import hljs from 'highlight.js/lib/core'

import { GRAMMARS } from './grammars'

export interface Paint {
  /** What highlight.js calls it: `keyword`, `string`, `comment` ... */
  scope: string
  children: (Paint | string)[]
}

class Tree {
  readonly root: Paint = { scope: '', children: [] }
  private readonly open: Paint[] = [this.root]

  private get top(): Paint {
    return this.open.at(-1) ?? this.root
  }
  startScope(scope: string): void {
    const paint: Paint = { scope: scope.split('.')[0] ?? '', children: [] }
    this.top.children.push(paint)
    this.open.push(paint)
  }
  endScope(): void {
    if (this.open.length > 1) this.open.pop()
  }
  // Older grammars of highlight.js call the same by these names.
  openNode(scope: string): void {
    this.startScope(scope)
  }
  closeNode(): void {
    this.endScope()
  }
  addText(text: string): void {
    if (text) this.top.children.push(text)
  }
  __addSublanguage(emitter: Tree): void {
    this.top.children.push(...emitter.root.children)
  }
  finalize(): void {}
  toHTML(): string {
    return ''
  }
}

hljs.configure({ __emitter: Tree as never })

export type Painter = (code: string) => Paint

async function learn(language: string): Promise<void> {
  const grammar = GRAMMARS[language]
  if (!grammar || hljs.getLanguage(language)) return
  hljs.registerLanguage(language, (await grammar.load()).default)
}

/** Paints code of a language, as `languageOf` calls it. Rejects if its grammar cannot be fetched. */
export async function painter(language: string): Promise<Painter> {
  await Promise.all([language, ...(GRAMMARS[language]?.within ?? [])].map(learn))
  return (code) => {
    const result = hljs.highlight(code, { language, ignoreIllegals: true })
    // oxlint-disable-next-line no-underscore-dangle -- highlight.js has no other way to its emitter
    return (result as unknown as { _emitter: Tree })._emitter.root
  }
}
