import type { Column } from '../../../ui/common/DataTable.tsx'
import { styleOf, type CornerOutcome } from './corner-input.ts'

interface DensityRow {
  kind: string
  name: string
  x: number
  density: number
}

export const densityColumns: Column<DensityRow>[] = [
  { key: 'kind', label: 'fit', value: ({ kind }) => kind },
  { key: 'name', label: 'coefficient', value: ({ name }) => name },
  { key: 'x', label: 'C/Λ²', unit: 'TeV⁻²', value: ({ x }) => x },
  { key: 'density', label: 'density', value: ({ density }) => density },
]

/** Every fourth node of the marginals: what a table of a figure needs. */
export function densityRows(outcomes: readonly CornerOutcome[]): DensityRow[] {
  return outcomes.flatMap((outcome) =>
    outcome.summaries.flatMap(({ name, density }) =>
      Array.from(density.x.keys())
        .filter((i) => i % 4 === 0)
        .map((i) => ({ kind: styleOf(outcome).label, name, x: density.x[i], density: density.density[i] })),
    ),
  )
}
