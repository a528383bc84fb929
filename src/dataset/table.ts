import { shortName } from '../errors.ts'

/** A column that was left out. */
export interface PassedOver {
  name: string
  /** What it holds in place of numbers; null for numbers that nobody asked for. */
  why: string | null
}

/** Tells of columns that hold no numbers and were passed over; nothing where there are none. */
export function passedOverNotes(passedOver: readonly PassedOver[]): string[] {
  const columns = passedOver.filter(({ why }) => why !== null)
  if (columns.length === 0) return []
  const shown = columns.slice(0, 5).map(({ name, why }) => `${shortName(name, 40)} (${why})`)
  const rest = columns.length - shown.length
  return [
    `${columns.length === 1 ? 'a column that holds' : 'columns that hold'} no numbers ${columns.length === 1 ? 'is' : 'are'} passed over: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
  ]
}

/** Numbers as read from a table file, before anything is known about bins. */
export interface NumberTable {
  rows: number
  columns: number
  data: Float64Array // [rows, columns] row-major; a missing value is NaN
  /** Column names, where the file has them. */
  names?: string[]
  /** Bin edges, where the file states them outright. */
  edges?: number[]
  /** Line of each row in its file, from 1, where the file is text. */
  lines?: Uint32Array
  /** Columns that were not read. */
  passedOver: readonly PassedOver[]
  /** What was assumed or left out while reading. */
  notes: string[]
}

export const maxColumns = 4096
export const maxRows = 1_000_000
/** Rows times columns, 256 MiB of numbers. */
export const maxValues = 2 ** 25
export const maxFileBytes = 64 * 1024 * 1024
