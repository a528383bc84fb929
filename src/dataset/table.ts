/** Numbers as read from a table file, before anything is known about bins. */
export interface NumberTable {
  rows: number
  columns: number
  data: Float64Array // [rows, columns] row-major; a missing value is NaN
  /** Column names, where the file has them. */
  names?: string[]
  /** Bin edges, where the file states them outright. */
  edges?: number[]
  /** What was assumed or left out while reading. */
  notes: string[]
}

export const maxColumns = 4096
export const maxRows = 1_000_000
export const maxFileBytes = 64 * 1024 * 1024
