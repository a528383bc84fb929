import type { Cell } from './csv.ts'

export interface SortState {
  key: string
  descending: boolean
}

/** A sorted copy: numbers by size, text by locale, missing and NaN always last; stable. */
export function sortRows<Row>(rows: readonly Row[], value: (row: Row) => Cell, descending: boolean): Row[] {
  const missing = (cell: Cell) => cell === null || cell === undefined || Number.isNaN(cell)
  const sign = descending ? -1 : 1
  return rows
    .map((row) => ({ row, cell: value(row) }))
    .sort((a, b) => {
      if (missing(a.cell) || missing(b.cell)) return Number(missing(a.cell)) - Number(missing(b.cell))
      if (typeof a.cell === 'number' && typeof b.cell === 'number') return sign * (a.cell - b.cell)
      return sign * String(a.cell).localeCompare(String(b.cell), 'en', { numeric: true })
    })
    .map((entry) => entry.row)
}
