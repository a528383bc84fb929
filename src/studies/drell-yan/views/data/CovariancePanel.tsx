import { useMemo } from 'react'
import { matrixKinds } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { Badge } from '../../../../ui/common/Badge.tsx'
import type { Column } from '../../../../ui/common/DataTable.tsx'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { formatNumber } from '../../../../ui/common/format.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { Segmented } from '../../../../ui/common/Segmented.tsx'
import { useGroundColours } from '../../../../ui/map/use-ground-colours.ts'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import { exportWithProvenance } from '../common/provenance.ts'
import { covarianceReport } from './covariance.ts'
import { binNames, covarianceFigure, covarianceSummary } from './covariance-figure.ts'

const labels = { correlation: 'Correlation', covariance: 'Covariance' }
const choices = matrixKinds.map((id) => ({ id, label: labels[id] }))

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
  const { context, actions } = useDrellYan()
  const show = useDrellYanState((state) => state.intent.panels.matrix)
  const theme = useFigureTheme()
  const { theme: ground } = useGroundColours()
  const { covariance, templates, whitening } = header.universeModel
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
    const names = binNames(observables, 'text')
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
    await exportWithProvenance(context, await exportFigure(paper, format, exportSize), format, show)
  }
  return (
    <Panel
      title="Covariance"
      badges={
        <Badge tone={report.positiveDefinite ? 'good' : 'bad'}>
          {report.positiveDefinite ? 'positive definite' : 'not positive definite'}
        </Badge>
      }
      actions={
        <Segmented
          label="Matrix shown"
          choices={choices}
          value={show}
          onChange={(matrix) => actions.showIn({ matrix })}
        />
      }
    >
      <FigureFrame
        summary={summary}
        table={{ caption: 'Lower triangle of the covariance', columns, rows: pairs }}
        onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'covariance')}
        exports={[
          { label: 'SVG', run: () => exportAs('svg') },
          { label: 'PNG', run: () => exportAs('png') },
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
