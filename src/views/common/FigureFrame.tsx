import { useId, useState, type ReactNode } from 'react'
import { DataTable, tableToCsv, type TableData } from './DataTable.tsx'
import { download } from './download.ts'
import { Menu, type MenuItem } from './Menu.tsx'

interface FigureFrameProps<Row> {
  /** What the figure says, in one or two sentences: shown under it and its description for screen readers. */
  summary: string
  children: ReactNode
  legend?: ReactNode
  /** The same numbers as a table; also the CSV export. */
  table?: TableData<Row>
  /** Figure exports, e.g. SVG and PNG; CSV is added when there is a table. */
  exports?: readonly MenuItem[]
  /** Without extension. */
  fileName?: string
  /** Called instead of the built-in download, so that the owner can add provenance lines. */
  onExportCsv?: (csv: string) => void
}

/** A figure with its text summary, its data table and its exports. */
export function FigureFrame<Row>(props: FigureFrameProps<Row>) {
  const { summary, children, legend, table, exports = [], fileName = 'figure', onExportCsv } = props
  const [showTable, setShowTable] = useState(false)
  const summaryId = useId()
  const tableId = useId()

  const csv: MenuItem[] = table
    ? [
        {
          label: 'CSV',
          run: () => {
            const text = tableToCsv(table)
            if (onExportCsv) onExportCsv(text)
            else download(text, `${fileName}.csv`, 'text/csv;charset=utf-8')
          },
        },
      ]
    : []
  const items = [...exports, ...csv]

  return (
    <figure className="figure" aria-describedby={summaryId}>
      {legend}
      {children}
      <figcaption id={summaryId} className="figure-summary">
        {summary}
      </figcaption>
      {(table || items.length > 0) && (
        <div className="figure-bar">
          {table && (
            <button
              type="button"
              className="button button-quiet"
              aria-expanded={showTable}
              aria-controls={tableId}
              onClick={() => setShowTable(!showTable)}
            >
              {showTable ? 'Hide data table' : 'Show data table'}
            </button>
          )}
          {items.length > 0 && <Menu label="Export" items={items} />}
        </div>
      )}
      {table && (
        <div id={tableId} hidden={!showTable}>
          {showTable && <DataTable {...table} />}
        </div>
      )}
    </figure>
  )
}
