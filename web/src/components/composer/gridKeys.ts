/** Where an arrow key leads in sections of cells that are laid out in rows of `columns`. */

export interface Place {
  section: number
  cell: number
}

export function moved(key: string, from: Place, sizes: readonly number[], columns: number): Place | null {
  const size = sizes[from.section] ?? 0
  switch (key) {
    case 'ArrowRight':
      return from.cell + 1 < size ? { ...from, cell: from.cell + 1 } : beginning(sizes, from.section + 1, 0)
    case 'ArrowLeft':
      return from.cell > 0 ? { ...from, cell: from.cell - 1 } : end(sizes, from.section - 1)
    case 'ArrowDown':
      return below(from, size, columns) ?? beginning(sizes, from.section + 1, from.cell % columns)
    case 'ArrowUp':
      if (from.cell >= columns) return { ...from, cell: from.cell - columns }
      return lastRow(sizes, from.section - 1, from.cell % columns, columns)
    case 'Home':
      return { ...from, cell: from.cell - (from.cell % columns) }
    case 'End':
      return { ...from, cell: Math.min(size, from.cell - (from.cell % columns) + columns) - 1 }
    default:
      return null
  }
}

function below(from: Place, size: number, columns: number): Place | null {
  if (from.cell + columns < size) return { ...from, cell: from.cell + columns }
  const row = Math.floor(from.cell / columns)
  // The last row is not full: its last cell is the nearest below.
  return Math.floor((size - 1) / columns) > row ? { ...from, cell: size - 1 } : null
}

function beginning(sizes: readonly number[], section: number, column: number): Place | null {
  const size = sizes[section]
  return size ? { section, cell: Math.min(column, size - 1) } : null
}

function end(sizes: readonly number[], section: number): Place | null {
  const size = sizes[section]
  return size ? { section, cell: size - 1 } : null
}

function lastRow(sizes: readonly number[], section: number, column: number, columns: number): Place | null {
  const size = sizes[section]
  if (!size) return null
  const start = Math.floor((size - 1) / columns) * columns
  return { section, cell: Math.min(start + column, size - 1) }
}
