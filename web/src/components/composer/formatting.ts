/**
 * Markdown marks put around what is selected, or taken away if they are there. The rule: the same thing twice gives
 * back what was before, and the selection stays on the same words.
 */

export interface Selected {
  text: string
  start: number
  end: number
}

export type Format = 'bold' | 'italic' | 'strike' | 'code' | 'quote' | 'bullets' | 'numbers' | 'link'

const WRAPS: Partial<Record<Format, string>> = { bold: '**', italic: '_', strike: '~~', code: '`' }

export function format(selected: Selected, what: Format): Selected {
  if (what === 'link') return linked(selected)
  if (what === 'code' && selected.text.slice(selected.start, selected.end).includes('\n')) {
    return fenced(selected)
  }
  const wrap = WRAPS[what]
  return wrap ? wrapped(selected, wrap) : lines(selected, what as 'quote' | 'bullets' | 'numbers')
}

function wrapped({ text, start, end }: Selected, mark: string): Selected {
  const inner = text.slice(start, end)
  const size = mark.length
  if (text.slice(start - size, start) === mark && text.slice(end, end + size) === mark) {
    const bare = text.slice(0, start - size) + inner + text.slice(end + size)
    return { text: bare, start: start - size, end: end - size }
  }
  if (inner.length > 2 * size && inner.startsWith(mark) && inner.endsWith(mark)) {
    const bare = inner.slice(size, -size)
    return { text: text.slice(0, start) + bare + text.slice(end), start, end: start + bare.length }
  }
  // A mark beside a space marks nothing in Markdown: spaces at the edges stay outside.
  const from = start + (inner.trim() ? inner.length - inner.trimStart().length : 0)
  const to = end - (inner.trim() ? inner.length - inner.trimEnd().length : 0)
  const words = text.slice(from, to)
  return {
    text: text.slice(0, from) + mark + words + mark + text.slice(to),
    start: from + size,
    end: to + size,
  }
}

function fenced({ text, start, end }: Selected): Selected {
  const lead = start > 0 && text[start - 1] !== '\n' ? '\n' : ''
  const trail = end < text.length && text[end] !== '\n' ? '\n' : ''
  const open = `${lead}\`\`\`\n`
  const inner = text.slice(start, end)
  return {
    text: `${text.slice(0, start)}${open}${inner}\n\`\`\`${trail}${text.slice(end)}`,
    start: start + open.length,
    end: end + open.length,
  }
}

const PREFIXES = { quote: /^> ?/, bullets: /^[-*] /, numbers: /^\d+\. / } as const

function lines({ text, start, end }: Selected, what: keyof typeof PREFIXES): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const newline = text.indexOf('\n', end)
  const to = newline < 0 ? text.length : newline
  const rows = text.slice(from, to).split('\n')
  const pattern = PREFIXES[what]
  const taken = rows.every((row) => pattern.test(row))
  const prefix = (index: number) => ({ quote: '> ', bullets: '- ', numbers: `${index + 1}. ` })[what]
  const changed = rows.map((row, index) => (taken ? row.replace(pattern, '') : prefix(index) + row))
  const body = changed.join('\n')
  const shift = (changed[0] ?? '').length - (rows[0] ?? '').length
  return {
    text: text.slice(0, from) + body + text.slice(to),
    start: Math.max(from, start + shift),
    end: Math.max(from, end + body.length - (to - from)),
  }
}

function linked({ text, start, end }: Selected): Selected {
  const inner = text.slice(start, end)
  const address = /^https?:\/\/\S+$/.test(inner)
  const [label, target] = address ? ['', inner] : [inner, 'https://']
  const made = `[${label}](${target})`
  // What is missing is selected, to be typed over: the words of an address, or the address of words.
  const at = address ? start + 1 : start + label.length + 3
  return {
    text: text.slice(0, start) + made + text.slice(end),
    start: at,
    end: address ? at : at + target.length,
  }
}

/** What a new line after this one begins with: a list and a quote go on, an empty item ends them. */
export function continued({ text, start, end }: Selected): Selected | null {
  if (start !== end) return null
  const from = text.lastIndexOf('\n', start - 1) + 1
  const line = text.slice(from, start)
  const item = /^(\s*)(?:([-*]|>)|(\d+)\.) /.exec(line)
  if (!item) return null
  if (line.length === item[0].length) {
    return { text: text.slice(0, from) + text.slice(start), start: from, end: from }
  }
  const next = item[2] ? `${item[1]}${item[2]} ` : `${item[1]}${Number(item[3]) + 1}. `
  const head = `${text.slice(0, start)}\n${next}`
  return { text: head + text.slice(end), start: head.length, end: head.length }
}
