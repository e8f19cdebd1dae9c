/** A snippet, cut where it is marked. The server counts Unicode code points; JavaScript's strings count otherwise. */

export interface Piece {
  text: string
  marked: boolean
}

export function pieces(snippet: string, marks: readonly (readonly [number, number])[]): Piece[] {
  const characters = [...snippet]
  const found: Piece[] = []
  let at = 0
  const take = (to: number, marked: boolean): void => {
    if (to > at) found.push({ text: characters.slice(at, to).join(''), marked })
    at = Math.max(at, to)
  }
  for (const [start, length] of [...marks].sort((a, b) => a[0] - b[0])) {
    take(Math.min(start, characters.length), false)
    take(Math.min(start + length, characters.length), true)
  }
  take(characters.length, false)
  return found
}
