/**
 * What the host page says of the widget, by attributes of the script: checked here, so that nothing else has to.
 */
export type Language = 'en' | 'zh'
export type Side = 'left' | 'right'
export type Dark = 'auto' | 'yes' | 'no'

/** Who the host site says it is; see docs/how-to/desk.md. */
export interface Identity {
  external: string
  expires: number
  signature: string
}

export interface WidgetOptions {
  /** Where the server is: https://chat.example.org */
  server: string
  team: string
  language: Language
  color?: string | undefined
  side?: Side | undefined
  title?: string | undefined
  dark?: Dark | undefined
  name: string
  contact: string
  identity: Identity | null
  open: boolean
}

/** null where the script does not say which team, or is no address. */
export function optionsOf(script: HTMLScriptElement, browser: readonly string[]): WidgetOptions | null {
  const said = script.dataset
  let server = ''
  try {
    server = new URL(script.src).origin
  } catch {
    return null
  }
  if (!said.team || !server.startsWith('http')) return null
  return {
    server,
    team: said.team,
    language: languageOf(said.language ? [said.language] : browser),
    color: colorOf(said.color),
    side: oneOf(said.position, ['left', 'right']),
    title: said.title,
    dark: oneOf(said.dark, ['auto', 'yes', 'no']),
    name: said.name ?? '',
    contact: said.contact ?? '',
    identity: identityOf(said.identity, said.expires, said.signature),
    open: said.open !== undefined && said.open !== 'no' && said.open !== 'false',
  }
}

/** The first language that we have words in. */
export function languageOf(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const short = tag.toLowerCase().split('-')[0]
    if (short === 'zh' || short === 'en') return short
  }
  return 'en'
}

/** #rgb or #rrggbb, as #rrggbb: it becomes part of a style sheet, so it is nothing else. */
export function colorOf(given: string | undefined): string | undefined {
  const found = /^#(?:([0-9a-f])([0-9a-f])([0-9a-f])|[0-9a-f]{6})$/i.exec(given?.trim() ?? '')
  if (!found) return undefined
  const [whole, r, g, b] = found
  return (r ? `#${r}${r}${g}${g}${b}${b}` : whole).toLowerCase()
}

export function identityOf(
  external?: string,
  expires?: string | number,
  signature?: string,
): Identity | null {
  const until = Number(expires)
  return external && signature && Number.isInteger(until) && until > 0
    ? { external, expires: until, signature }
    : null
}

export function oneOf<T extends string>(given: string | undefined, known: readonly T[]): T | undefined {
  return known.find((one) => one === given)
}

/** Black or white, whichever is read better on a colour (WCAG 2.2, relative luminance). */
export function inkOn(color: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff'
}
