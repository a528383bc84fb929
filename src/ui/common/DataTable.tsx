import { useState, type ReactNode } from 'react'
import { toCsv, type Cell } from './csv.ts'
import { formatCount, formatNumber } from './format.ts'
import { Typeset } from './Typeset.tsx'
import { sortRows, type SortState } from './sort-rows.ts'

export interface Column<Row> {
  key: string
  label: string
  unit?: string
  /** Shown in the head in place of the label. */
  heading?: ReactNode
  /** Full precision; what is sorted and copied. */
  value: (row: Row) => Cell
  /** What is shown; PDG-like rounding by default. */
  format?: (row: Row) => ReactNode
}

export interface TableData<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
}

interface DataTableProps<Row> extends TableData<Row> {
  rowKey?: (row: Row, index: number) => string | number
  /** Rows drawn at once; the rest is told, and always in the copy. */
  limit?: number
  /** Given, the first cell of a row is a button. */
  onPick?: (row: Row) => void
  /** The pointer or the focus is on a row; null when it has left. */
  onPoint?: (row: Row | null) => void
  /** The row that is looked at elsewhere: it stands first, whatever the order. */
  current?: Row | null
}

export function columnHeading({ label, unit }: { label: string; unit?: string }): string {
  return unit ? `${label} [${unit}]` : label
}

export function tableToCsv<Row>({ columns, rows }: Omit<TableData<Row>, 'caption'>): string {
  return toCsv(
    columns.map(columnHeading),
    rows.map((row) => columns.map((column) => column.value(row))),
  )
}

/** A sortable table; "Copy CSV" takes every row at full precision, in the order shown. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, limit = 200, onPick, onPoint, current = null } = props
  const [sort, setSort] = useState<SortState>()
  const [copied, setCopied] = useState(false)
  const column = columns.find((c) => c.key === sort?.key)
  const sorted = sort && column ? sortRows(rows, column.value, sort.descending) : rows
  const numeric = columns.map((c) => rows.length > 0 && typeof c.value(rows[0]) === 'number')

  const first = current === null ? [] : sorted.filter((row) => row === current)
  const drawn = [...first, ...(first.length ? sorted.filter((row) => row !== current) : sorted)]

  const toggle = (key: string) =>
    setSort((now) =>
      now?.key !== key ? { key, descending: false } : now.descending ? undefined : { key, descending: true },
    )

  return (
    <div className="stack">
      <div className="table-scroll" tabIndex={0} role="region" aria-label={caption}>
        <table className="table">
          <caption>
            <Typeset text={caption} />
          </caption>
          <thead>
            <tr>
              {columns.map((c, index) => (
                <th
                  key={c.key}
                  scope="col"
                  className={numeric[index] ? 'numeric' : undefined}
                  aria-sort={sort?.key !== c.key ? undefined : sort.descending ? 'descending' : 'ascending'}
                >
                  <button type="button" className="sort" onClick={() => toggle(c.key)}>
                    {c.heading ?? <Typeset text={columnHeading(c)} />}
                    <span aria-hidden="true">{sort?.key !== c.key ? '' : sort.descending ? '↓' : '↑'}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {drawn.slice(0, limit).map((row, index) => (
              <tr
                key={rowKey ? rowKey(row, index) : index}
                aria-current={(current !== null && row === current) || undefined}
                onPointerEnter={onPoint && (() => onPoint(row))}
                onPointerLeave={onPoint && (() => onPoint(null))}
              >
                {columns.map((c, at) => (
                  <td key={c.key} className={numeric[at] ? 'numeric' : undefined}>
                    {onPick && at === 0 ? (
                      <button
                        type="button"
                        className="table-pick"
                        onClick={() => onPick(row)}
                        onFocus={onPoint && (() => onPoint(row))}
                        onBlur={onPoint && (() => onPoint(null))}
                      >
                        {c.format ? c.format(row) : shown(c.value(row))}
                      </button>
                    ) : c.format ? (
                      c.format(row)
                    ) : (
                      shown(c.value(row))
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row small soft">
        <button
          type="button"
          className="button button-quiet"
          onClick={() =>
            void navigator.clipboard
              .writeText(tableToCsv({ columns, rows: sorted }))
              .then(() => setCopied(true))
          }
        >
          {copied ? 'Copied' : 'Copy CSV'}
        </button>
        <span>
          {rows.length > limit
            ? `showing ${formatCount(limit)} of ${formatCount(rows.length)} rows; the copy has all`
            : `${formatCount(rows.length)} rows`}
        </span>
      </div>
    </div>
  )
}

function shown(cell: Cell): string {
  return typeof cell === 'number' ? formatNumber(cell, 4) : (cell ?? '')
}
