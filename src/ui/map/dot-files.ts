import { AppError } from '../../errors.ts'
import { hepDataZip } from '../../numerics/tables/hepdata-submission.ts'
import { writeNpz } from '../../numerics/tables/npz-file.ts'
import type { Cell } from '../common/csv.ts'

/** Dots as a table: the first column is the number of the dot. */
export interface DotTable {
  headings: readonly string[]
  rows: readonly (readonly Cell[])[]
}

/** @throws AppError where no dot is selected: no array and no table of HEPData is empty */
export function refuseNone({ rows }: DotTable): void {
  if (rows.length === 0)
    throw new AppError(
      'input/invalid',
      'No dot is selected. Lasso some, or find them by a rule, then export.',
    )
}

/** A column whose filled cells are all numbers has NaN in its empty ones. */
function columnsOf({ headings, rows }: DotTable): { name: string; values: (number | string)[] }[] {
  return headings.map((name, c) => {
    const cells = rows.map((row) => row[c])
    const isEmpty = (cell: Cell) => cell === '' || cell === null || cell === undefined
    const numbers = cells.every((cell) => typeof cell === 'number' || isEmpty(cell))
    return {
      name,
      values: cells.map((cell) => (isEmpty(cell) ? (numbers ? NaN : '') : (cell as number | string))),
    }
  })
}

/** For numpy.load: an array per column, with provenance.txt. */
export function dotsNpz(table: DotTable, lines: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  return writeNpz(columnsOf(table), lines)
}

/** A submission to HEPData, the number of the dot as its independent variable. */
export function dotsHepData(table: DotTable, lines: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const [dot, ...others] = columnsOf(table)
  const description = `${table.rows.length} selected dots of a map: ${others.map(({ name }) => name).join(', ')}`
  return hepDataZip({ description, independent: [dot], dependent: others }, lines)
}
