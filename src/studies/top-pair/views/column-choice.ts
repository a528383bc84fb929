import type { DescribedTable } from '../../../dataset/describe-tables.ts'
import type { ColumnPick } from '../../../dataset/picked-columns.ts'
import type { WantedColumn } from '../analysis/fit/fit-columns.ts'

export type EnergyUnit = 'GeV' | 'MeV'

/** By column that a fit looks at, that of the file. */
export type ColumnChoice = Readonly<Record<string, string>>

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Columns that are called like those that are wanted, but for capitals and signs. */
export function guessedColumns(wanted: readonly WantedColumn[], { columns }: DescribedTable): ColumnChoice {
  const found = wanted.flatMap(({ name }) => {
    const same = columns.find((column) => column.name === name)
    const alike = same ?? columns.find((column) => bare(column.name) === bare(name))
    return alike ? [[name, alike.name] as const] : []
  })
  return Object.fromEntries(found)
}

/** What is chosen, as readers take it. */
export function pickFrom(
  wanted: readonly WantedColumn[],
  { path }: DescribedTable,
  columns: ColumnChoice,
  unit: EnergyUnit,
): ColumnPick {
  const energies = wanted.filter((column) => column.unit === 'GeV')
  return {
    columns,
    ...(path === null ? {} : { tree: path }),
    ...(unit === 'MeV' ? { factors: Object.fromEntries(energies.map(({ name }) => [name, 1e-3])) } : {}),
  }
}
