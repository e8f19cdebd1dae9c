/**
 * Writes into index.html which chunks a visit needs besides those of the page itself: JSON by view and language, read by
 * `src/ahead.ts`. And the chunks that every visit needs are fetched from the beginning, after the styles: nothing of
 * them runs before the first paint, so nothing of them may hold it up.
 */
import type { HtmlTagDescriptor, Plugin, Rollup } from 'vite'

/** What is evaluated in any case, in this order. */
const ALWAYS = ['src/i18n.ts', 'src/start.ts']
/** By view, and what is needed a little later than the view itself; by language. */
const PARTS: Record<string, string[]> = {
  chat: ['src/views/ChatView.vue'],
  'chat then': ['src/components/composer/MessageComposer.vue'],
  login: ['src/views/LoginView.vue'],
  en: ['src/locales/en/index.ts'],
  'zh-CN': ['src/locales/zh-CN/index.ts'],
}

export function ahead(): Plugin {
  return {
    name: 'teahouse:ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, chunk }) {
        if (!bundle || !chunk) return html
        const of = (entry: string) => filesOf(entry, bundle)
        const there = new Set(closure(chunk, bundle))
        const always = [...new Set(ALWAYS.flatMap(of))].filter((file) => !there.has(file))
        for (const file of always) there.add(file)
        const parts: Record<string, string[]> = {}
        for (const [name, entries] of Object.entries(PARTS)) {
          const before = parts[name.replace(/ then$/, '')] ?? []
          const files = entries.flatMap(of).filter((file) => !there.has(file))
          parts[name] = [...new Set(files.map((file) => `/${file}`))].filter((file) => !before.includes(file))
        }
        const tags: HtmlTagDescriptor[] = always.map((file) => ({
          tag: 'link',
          attrs: {
            ...(file.endsWith('.css') ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload' }),
            crossorigin: true,
            fetchpriority: 'low',
            href: `/${file}`,
          },
          injectTo: 'head',
        }))
        const json = JSON.stringify(parts).replaceAll('<', '\\u003c')
        tags.push({
          tag: 'script',
          attrs: { type: 'application/json', id: 'parts' },
          children: json,
          injectTo: 'head',
        })
        return { html, tags }
      },
    },
  }
}

/** A chunk with all it imports at once. */
function closure(
  chunk: Rollup.OutputChunk,
  bundle: Rollup.OutputBundle,
  seen = new Set<string>(),
): Set<string> {
  if (seen.has(chunk.fileName)) return seen
  seen.add(chunk.fileName)
  for (const name of chunk.imports) {
    const next = bundle[name]
    if (next?.type === 'chunk') closure(next, bundle, seen)
  }
  return seen
}

/** The scripts and styles that a module brings. */
function filesOf(entry: string, bundle: Rollup.OutputBundle): string[] {
  const chunk =
    Object.values(bundle).find(
      (file): file is Rollup.OutputChunk =>
        file.type === 'chunk' && (file.facadeModuleId?.endsWith(`/${entry}`) ?? false),
    ) ??
    Object.values(bundle).find(
      (file): file is Rollup.OutputChunk =>
        file.type === 'chunk' && file.moduleIds.some((id) => id.endsWith(`/${entry}`)),
    )
  if (!chunk) throw new Error(`the build has no ${entry}`)
  const scripts = [...closure(chunk, bundle)]
  const styles = scripts.flatMap((name) => {
    const file = bundle[name] as Rollup.OutputChunk & { viteMetadata?: { importedCss: Set<string> } }
    return [...(file.viteMetadata?.importedCss ?? [])]
  })
  return [...scripts, ...styles]
}
