/**
 * Which emoji this machine can draw. Fonts are years behind Unicode; an empty box is nothing to choose. Only what came
 * with Unicode 14 (2021) or later is tried: drawing all would be felt.
 */

/** As emojibase's `hexcode` names them. */
const YOUNG = new Set(
  (
    '1FAE0 1FAE2 1FAE3 1FAE1 1FAE5 1FAE8 1F642-200D-2194-FE0F 1F642-200D-2195-FE0F 1FAE9 1FAE4 ' +
    '1FAEA 1F979 1FA77 1FA75 1FA76 1FAEF 1FAF1 1FAF2 1FAF3 1FAF4 1FAF7 1FAF8 1FAF0 1FAF5 1FAF6 ' +
    '1FAE6 1FAC5 1FAC3 1FAC4 1F9CC 1FAC8 1F6B6-200D-27A1-FE0F 1F6B6-200D-2640-FE0F-200D-27A1-FE0F ' +
    '1F6B6-200D-2642-FE0F-200D-27A1-FE0F 1F9CE-200D-27A1-FE0F 1F9CE-200D-2640-FE0F-200D-27A1-FE0F ' +
    '1F9CE-200D-2642-FE0F-200D-27A1-FE0F 1F9D1-200D-1F9AF-200D-27A1-FE0F ' +
    '1F468-200D-1F9AF-200D-27A1-FE0F 1F469-200D-1F9AF-200D-27A1-FE0F ' +
    '1F9D1-200D-1F9BC-200D-27A1-FE0F 1F468-200D-1F9BC-200D-27A1-FE0F ' +
    '1F469-200D-1F9BC-200D-27A1-FE0F 1F9D1-200D-1F9BD-200D-27A1-FE0F ' +
    '1F468-200D-1F9BD-200D-27A1-FE0F 1F469-200D-1F9BD-200D-27A1-FE0F 1F3C3-200D-27A1-FE0F ' +
    '1F3C3-200D-2640-FE0F-200D-27A1-FE0F 1F3C3-200D-2642-FE0F-200D-27A1-FE0F 1F9D1-200D-1FA70 ' +
    '1F9D1-200D-1F9D1-200D-1F9D2 1F9D1-200D-1F9D1-200D-1F9D2-200D-1F9D2 1F9D1-200D-1F9D2 ' +
    '1F9D1-200D-1F9D2-200D-1F9D2 1FAC6 1FACE 1FACF 1FABD 1F426-200D-2B1B 1FABF 1F426-200D-1F525 ' +
    '1FACD 1FAB8 1FABC 1FAB7 1FABB 1FAB9 1FABA 1FABE 1F34B-200D-1F7E9 1FAD8 1FADA 1FADB ' +
    '1F344-200D-1F7EB 1FADC 1FAD7 1FAD9 1F6D8 1F6DD 1F6DE 1F6DF 1FAA9 1FAAD 1FAAE 1FA8A 1FA87 1FA88 ' +
    '1FA89 1FAAB 1FA8E 26D3-FE0F-200D-1F4A5 1FA8F 1FA7C 1FA7B 1FAE7 1FAAC 1FAAA 1FAAF 1F6DC 1F7F0 ' +
    '1FADF 1F1E8-1F1F6'
  ).split(' '),
)

const SIZE = 24
const FONT = `${SIZE}px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif`
const PLAIN = '\u{1F600}'

let pen: CanvasRenderingContext2D | null | undefined

function paper(): CanvasRenderingContext2D | null {
  if (pen === undefined) {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = SIZE * 2
    pen = canvas.getContext('2d', { willReadFrequently: true })
    if (pen) Object.assign(pen, { font: FONT, textBaseline: 'top', fillStyle: '#000' })
  }
  return pen
}

/** Drawn in black, and yet there is a colour: then it is a picture, and no box. */
function isColoured(on: CanvasRenderingContext2D, emoji: string): boolean {
  on.clearRect(0, 0, SIZE * 2, SIZE * 2)
  on.fillText(emoji, 0, 0)
  const { data } = on.getImageData(0, 0, SIZE * 2, SIZE * 2)
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return true
  }
  return false
}

function draws(emoji: string): boolean {
  const on = paper()
  // Where not even the oldest has colours, nothing can be told.
  if (!on || !isColoured(on, PLAIN)) return true
  // What the font does not know how to join, it draws side by side.
  if (on.measureText(emoji).width > on.measureText(PLAIN).width * 1.6) return false
  return isColoured(on, emoji)
}

const known = new Map<string, boolean>()

export function canDraw(emoji: string, hexcode: string): boolean {
  if (!YOUNG.has(hexcode)) return true
  let can = known.get(hexcode)
  if (can === undefined) known.set(hexcode, (can = draws(emoji)))
  return can
}
