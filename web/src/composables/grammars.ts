/**
 * The languages whose code is shown in colours: what people call them, and where their grammar is. Each is a chunk of
 * its own, fetched when the first code in it is seen. Called by `useColours` and `highlight`.
 */
import type { LanguageFn } from 'highlight.js'

export interface Grammar {
  load: () => Promise<{ default: LanguageFn }>
  /** Other names of it. */
  names: string
  /** Languages that stand inside it. Without them those parts would have no colours. */
  within: readonly string[]
}

const grammar = (load: Grammar['load'], names = '', within: readonly string[] = []): Grammar => ({
  load,
  names,
  within,
})

/** The languages of highlight.js/lib/common. */
export const GRAMMARS: Readonly<Record<string, Grammar>> = {
  bash: grammar(() => import('highlight.js/lib/languages/bash'), 'sh zsh'),
  c: grammar(() => import('highlight.js/lib/languages/c'), 'h'),
  cpp: grammar(() => import('highlight.js/lib/languages/cpp'), 'cc c++ h++ hpp hh hxx cxx'),
  csharp: grammar(() => import('highlight.js/lib/languages/csharp'), 'cs c#'),
  css: grammar(() => import('highlight.js/lib/languages/css')),
  diff: grammar(() => import('highlight.js/lib/languages/diff'), 'patch'),
  go: grammar(() => import('highlight.js/lib/languages/go'), 'golang'),
  graphql: grammar(() => import('highlight.js/lib/languages/graphql'), 'gql'),
  ini: grammar(() => import('highlight.js/lib/languages/ini'), 'toml'),
  java: grammar(() => import('highlight.js/lib/languages/java'), 'jsp'),
  javascript: grammar(() => import('highlight.js/lib/languages/javascript'), 'js jsx mjs cjs', [
    'xml',
    'css',
  ]),
  json: grammar(() => import('highlight.js/lib/languages/json'), 'jsonc json5'),
  kotlin: grammar(() => import('highlight.js/lib/languages/kotlin'), 'kt kts ktm ktx'),
  less: grammar(() => import('highlight.js/lib/languages/less')),
  lua: grammar(() => import('highlight.js/lib/languages/lua'), 'pluto'),
  makefile: grammar(() => import('highlight.js/lib/languages/makefile'), 'mk mak make'),
  markdown: grammar(() => import('highlight.js/lib/languages/markdown'), 'md mkdown mkd', ['xml']),
  objectivec: grammar(
    () => import('highlight.js/lib/languages/objectivec'),
    'mm objc obj-c obj-c++ objective-c++',
  ),
  perl: grammar(() => import('highlight.js/lib/languages/perl'), 'pl pm'),
  php: grammar(() => import('highlight.js/lib/languages/php')),
  'php-template': grammar(() => import('highlight.js/lib/languages/php-template'), '', ['xml', 'php']),
  plaintext: grammar(() => import('highlight.js/lib/languages/plaintext'), 'text txt'),
  python: grammar(() => import('highlight.js/lib/languages/python'), 'py gyp ipython'),
  'python-repl': grammar(() => import('highlight.js/lib/languages/python-repl'), 'pycon', ['python']),
  r: grammar(() => import('highlight.js/lib/languages/r')),
  ruby: grammar(() => import('highlight.js/lib/languages/ruby'), 'rb gemspec podspec thor irb'),
  rust: grammar(() => import('highlight.js/lib/languages/rust'), 'rs'),
  scss: grammar(() => import('highlight.js/lib/languages/scss')),
  shell: grammar(() => import('highlight.js/lib/languages/shell'), 'console shellsession', ['bash']),
  sql: grammar(() => import('highlight.js/lib/languages/sql')),
  swift: grammar(() => import('highlight.js/lib/languages/swift')),
  typescript: grammar(() => import('highlight.js/lib/languages/typescript'), 'ts tsx mts cts', [
    'xml',
    'css',
  ]),
  vbnet: grammar(() => import('highlight.js/lib/languages/vbnet'), 'vb'),
  wasm: grammar(() => import('highlight.js/lib/languages/wasm')),
  xml: grammar(
    () => import('highlight.js/lib/languages/xml'),
    'html xhtml rss atom xjb xsd xsl plist wsf svg',
    ['css', 'javascript'],
  ),
  yaml: grammar(() => import('highlight.js/lib/languages/yaml'), 'yml'),
}

const byName = new Map(
  Object.entries(GRAMMARS).flatMap(([language, { names }]) =>
    [language, ...names.split(' ')].map((name) => [name, language] as const),
  ),
)

/** The language that somebody calls `name`, or null if it is not known. */
export const languageOf = (name: string): string | null => (name ? (byName.get(name) ?? null) : null)
