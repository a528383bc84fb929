import { maskOrNone, type MaskAnswer, type NamedSelection } from '../../../../ui/map/named-selections.ts'
import { regionMask } from '../../../../ui/map/region.ts'
import type { RuleColumn } from '../../../../numerics/tables/rules.ts'
import type { Selection } from '../../intent.ts'

/** Dots, each of a universe. */
export interface UniverseDots {
  x: Float32Array
  y: Float32Array
  universe: ArrayLike<number>
}

/** What rules may name. */
export interface RuleNames {
  columns: readonly RuleColumn[] // of universes
  named: readonly NamedSelection<Selection>[]
}

/** @returns mask [count] of the dots of a selection, and why it has none */
export function universeMask(
  { x, y, universe }: UniverseDots,
  count: number,
  selection: Selection,
  { columns, named }: RuleNames,
): MaskAnswer {
  return maskOrNone<Selection>(selection, {
    ...{ count, named },
    columns: columns.map((column) => ({ ...column, value: (row) => column.value(universe[row]) })),
    maskOf: (own) => {
      if (own.kind !== 'universes') return regionMask(x, y, count, own)
      const ids = new Set(own.ids)
      return Uint8Array.from({ length: count }, (_, row) => Number(ids.has(universe[row])))
    },
  })
}
