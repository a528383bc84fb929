import { operatorNames, operators } from '../../../physics/smeft/operators.ts'
import type { RuleColumn } from '../../../numerics/tables/rules.ts'
import { universeClasses } from './families.ts'
import type { DatasetHeader } from './dataset-types.ts'

/** What rules can ask of a universe, by its number. */
export function universeColumns({ header: { table, shape } }: { header: DatasetHeader }): RuleColumn[] {
  return [
    { name: 'universe', title: 'universe', value: (u) => u },
    { name: 'family', title: 'family', value: (u) => universeClasses[shape.family[u]] },
    { name: 'D', title: 'D to the SM [σ]', value: (u) => shape.distance[u] },
    ...operators.map(({ name, symbol }, o) => ({
      ...{ name, title: `${symbol} / Λ² [TeV⁻²]` },
      value: (u: number) => table.coefficients[u * operatorNames.length + o],
    })),
  ]
}
