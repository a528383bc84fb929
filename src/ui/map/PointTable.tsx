import { DataTable, type Column } from '../common/DataTable.tsx'

interface PointTableProps {
  caption: string
  /** Rows of the map that are listed. */
  selected: Uint8Array
  /** What a point is, beside its numbers. */
  columns: readonly Column<number>[]
  /** Names of the numbers of a point. */
  names: readonly string[]
  values: ArrayLike<number> // [points, names] row-major
  /** Given, a row picks its point. */
  onPick?: (point: number) => void
  onPoint?: (point: number | null) => void
  current?: number | null
}

/** The selected points of a map with all their numbers, to be sorted and copied. */
export function PointTable({ caption, selected, columns, names, values, ...linked }: PointTableProps) {
  const numbers = names.map((name, i): Column<number> => ({
    key: name,
    label: name,
    value: (row) => values[row * names.length + i],
  }))
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'point', label: 'point', value: (row) => row, format: String },
        ...columns,
        ...numbers,
      ]}
      rows={Array.from(selected.keys()).filter((row) => selected[row])}
      rowKey={(row) => row}
      {...linked}
    />
  )
}
