import { useMemo, useState } from 'react'
import type { OpenDataset } from '../../state/app-state.ts'
import { useApp } from '../app-context.tsx'
import { Badge } from '../common/Badge.tsx'
import type { Column } from '../common/DataTable.tsx'
import { FigureFrame } from '../common/FigureFrame.tsx'
import { paperTheme } from '../common/figure-theme.ts'
import { formatNumber } from '../common/format.ts'
import { Panel } from '../common/Panel.tsx'
import { exportFigure } from '../common/plotly.ts'
import { PlotlyFigure } from '../common/PlotlyFigure.tsx'
import { Segmented } from '../common/Segmented.tsx'
import { useGroundColours } from '../embedding/use-ground-colours.ts'
import { useFigureTheme } from '../common/use-figure-theme.ts'
import { exportWithProvenance } from '../explore/provenance.ts'
import { covarianceReport } from './covariance.ts'
import { binNames, covarianceFigure, covarianceSummary } from './figure.ts'

type Shown = 'correlation' | 'covariance'

const choices: { id: Shown; label: string }[] = [
  { id: 'correlation', label: 'Correlation' },
  { id: 'covariance', label: 'Covariance' },
]

interface BinPair {
  row: string
  column: string
  correlation: number
  covariance: number
}

const columns: Column<BinPair>[] = [
  { key: 'row', label: 'bin', unit: 'GeV', value: (pair) => pair.row },
  { key: 'column', label: 'with bin', unit: 'GeV', value: (pair) => pair.column },
  { key: 'correlation', label: 'correlation', value: (pair) => pair.correlation },
  { key: 'covariance', label: 'covariance', unit: '(pb per bin)²', value: (pair) => pair.covariance },
]

const exportSize = { width: 640, height: 600 }

/** The noise of every replica: what the spectra are whitened with. */
export function CovariancePanel({ header }: { header: OpenDataset['header'] }) {
  const { store } = useApp()
  const [show, setShow] = useState<Shown>('correlation')
  const theme = useFigureTheme()
  const { theme: ground } = useGroundColours()
  const { covariance, templates, whitening } = header.model
  const { observables } = templates
  const report = useMemo(
    () => covarianceReport(covariance, templates.sm, whitening.inverse),
    [covariance, templates, whitening],
  )
  const figure = useMemo(
    () => covarianceFigure({ report, show, observables, theme, ground }),
    [report, show, observables, theme, ground],
  )
  const pairs = useMemo((): BinPair[] => {
    const names = binNames(observables, { mll: 'm_ll', ptl: 'p_T' })
    return names.flatMap((row, i) =>
      names.slice(0, i + 1).map((column, j) => ({
        row,
        column,
        correlation: report.correlation[i * names.length + j],
        covariance: covariance[i * names.length + j],
      })),
    )
  }, [observables, report, covariance])
  const summary = covarianceSummary(report)
  const exportAs = async (format: 'svg' | 'png') => {
    const paper = covarianceFigure({ report, show, observables, theme: paperTheme, ground: 'light' })
    await exportWithProvenance(store.getState(), await exportFigure(paper, format, exportSize), format, show)
  }
  return (
    <Panel
      title="Covariance"
      badges={
        <Badge tone={report.positiveDefinite ? 'good' : 'bad'}>
          {report.positiveDefinite ? 'positive definite' : 'not positive definite'}
        </Badge>
      }
      actions={<Segmented label="Matrix shown" choices={choices} value={show} onChange={setShow} />}
    >
      <FigureFrame
        summary={summary}
        table={{ caption: 'Lower triangle of the covariance', columns, rows: pairs }}
        onExportCsv={(csv) => void exportWithProvenance(store.getState(), csv, 'csv', 'covariance')}
        exports={[
          { label: 'SVG', run: () => void exportAs('svg') },
          { label: 'PNG', run: () => void exportAs('png') },
        ]}
      >
        <PlotlyFigure figure={figure} height={400} alt={`${show} matrix. ${summary}`} />
      </FigureFrame>
      <dl className="facts small">
        <dt>condition number of the correlation matrix</dt>
        <dd>{formatNumber(report.conditionNumber, 3)}</dd>
        <dt>its smallest eigenvalue</dt>
        <dd>{formatNumber(report.smallestEigenvalue, 3)}</dd>
        <dt>whitened covariance, largest deviation from 1</dt>
        <dd>{formatNumber(report.whiteningResidual, 2)}</dd>
      </dl>
      {show === 'covariance' && (
        <p className="small soft">
          Signed square root of the covariance over the SM spectrum, in percent; the diagonal is each bin’s
          relative error.
        </p>
      )}
    </Panel>
  )
}
