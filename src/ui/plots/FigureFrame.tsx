import { useId, useState, type ReactNode } from 'react'
import { DataTable, tableToCsv, type TableData } from '../common/DataTable.tsx'
import { AppError, type PlainError } from '../../errors.ts'
import { download } from '../common/download.ts'
import { Typeset } from '../common/Typeset.tsx'
import { Menu, type MenuItem } from '../common/Menu.tsx'
import { ErrorState } from '../common/Panel.tsx'

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
  onExportCsv?: (csv: string) => void | Promise<void>
}

/** A figure with its text summary, its data table and its exports. */
export function FigureFrame<Row>(props: FigureFrameProps<Row>) {
  const { summary, children, legend, table, exports = [], fileName = 'figure', onExportCsv } = props
  const [showTable, setShowTable] = useState(false)
  const [failure, setFailure] = useState<PlainError>()
  const summaryId = useId()
  const tableId = useId()

  const csv: MenuItem[] = table
    ? [
        {
          label: 'CSV',
          run: () => {
            const text = tableToCsv(table)
            if (onExportCsv) return onExportCsv(text)
            download(text, `${fileName}.csv`, 'text/csv;charset=utf-8')
          },
        },
      ]
    : []
  // Without a network the plot library may not come: an export that fails says so.
  const items = [...exports, ...csv].map(({ label, run }) => ({
    label,
    run: async () => {
      setFailure(undefined)
      try {
        await run()
      } catch (thrown) {
        setFailure(AppError.from(thrown).toPlain())
      }
    },
  }))

  return (
    <figure className="figure" aria-describedby={summaryId}>
      {legend}
      {children}
      <figcaption id={summaryId} className="figure-summary">
        <Typeset text={summary} />
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
      {failure && <ErrorState error={failure} />}
      {table && (
        <div id={tableId} hidden={!showTable}>
          {showTable && <DataTable {...table} />}
        </div>
      )}
    </figure>
  )
}
