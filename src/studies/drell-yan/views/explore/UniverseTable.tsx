import { useMemo } from 'react'
import type { KeptNeighbours } from '../../../../numerics/kept-neighbours.ts'
import { DataTable, type Column } from '../../../../ui/common/DataTable.tsx'
import { formatCount } from '../../../../ui/common/format.ts'
import { OperatorSymbol } from '../../../../ui/common/Symbol.tsx'
import { operators } from '../../../../physics/smeft/operators.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYanState } from '../context.tsx'
import { universeColumns } from '../../analysis/universe-columns.ts'
import { familyName } from './map-colours.ts'
import { onPlane } from './use-kept.ts'
import type { MapSelection } from './use-selection.ts'

interface UniverseTableProps {
  open: OpenDataset
  kept: KeptNeighbours | null
  selection: MapSelection | null
  current: number | null
  onPick: (universe: number) => void
  onPoint: (universe: number | null) => void
}

/** Universes with all their numbers: those selected, or all; a row is a dot of the map, and back. */
export function UniverseTable({ open, kept, selection, current, onPick, onPoint }: UniverseTableProps) {
  const { count } = open.header.table
  const chosen = useDrellYanState((state) => state.intent.selection)
  const rows = useMemo(() => {
    if (!selection) return Array.from({ length: count }, (_, u) => u)
    return selection.universes
  }, [selection, count])
  const columns = useMemo((): Column<number>[] => {
    const { family } = open.header.shape
    return [
      ...universeColumns(open).map(({ name, title, value }): Column<number> => ({
        ...{ key: name, label: name === 'D' || name === 'universe' ? title : name },
        value: name === 'family' ? (u) => familyName(family[u]) : value,
        ...(name === 'universe' && { format: String }),
        ...headingOf(name),
      })),
      ...(kept
        ? [{ key: 'kept', label: `kept of ${kept.k}`, value: (u: number) => kept.maps[onPlane].kept[u] }]
        : []),
    ]
  }, [open, kept])
  return (
    <div className="stack">
      <p className="small soft">
        {chosen
          ? `${formatCount(rows.length)} universes with a dot in the selection`
          : `All ${formatCount(count)} universes; a selection on the map leaves its own`}
        , coefficients over Λ² [TeV⁻²]. A row points at its dot; its number picks it.
      </p>
      <DataTable
        caption="Universes"
        {...{ rows, columns, current, onPick, onPoint }}
        rowKey={(universe) => universe}
        limit={50}
      />
    </div>
  )
}

/** A coefficient as it is printed. */
function headingOf(name: string): Partial<Column<number>> {
  const operator = operators.find((known) => known.name === name)
  return operator ? { heading: <OperatorSymbol operator={operator} /> } : {}
}
