/** A text as QR code: the path of its dark squares in a square of `size`. The encoder comes when it is first asked for. */
export interface QrCode {
  size: number
  path: string
}

/** Rows of dark squares as one path: as few strokes as there are runs. */
export function pathOf(dark: readonly (readonly boolean[])[]): string {
  const strokes: string[] = []
  for (const [y, row] of dark.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue
      let end = x
      while (row[end]) end += 1
      strokes.push(`M${x} ${y}h${end - x}v1h-${end - x}z`)
      x = end
    }
  }
  return strokes.join('')
}

export async function qrCode(text: string): Promise<QrCode> {
  const { encode } = await import('uqr')
  const { size, data } = encode(text, { ecc: 'M', border: 2 })
  return { size, path: pathOf(data) }
}
