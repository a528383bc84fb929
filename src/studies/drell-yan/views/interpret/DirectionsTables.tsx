import { useMemo } from 'react'
import { resolvedDirections } from '../../analysis/directions/resolved-directions.ts'
import type { DirectionsReport } from '../../analysis/directions/directions-report.ts'
import { operatorNames, operators } from '../../../../physics/smeft/operators.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan } from '../context.tsx'
import type { Column } from '../../../../ui/common/DataTable.tsx'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { formatCount, formatNumber, formatPercent } from '../../../../ui/common/format.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { OperatorSymbol } from '../../../../ui/common/Symbol.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import { useGroundColours } from '../../../../ui/map/use-ground-colours.ts'
import { exportWithProvenance } from '../common/provenance.ts'
import { correlationFigure, correlationSummary } from './directions-figures.ts'

interface Row {
  operator: (typeof operators)[number]
  speed: number
  sigma: number
  latent: number
  efficiency: number
  template: string
  cluster: string
  correlations: number[]
}

/** Fisher speed, what the map keeps of it, families in both spaces, correlations with the axes. */
export function DirectionsTables({ open, report }: { open: OpenDataset; report: DirectionsReport }) {
  const { context } = useDrellYan()
  const theme = useFigureTheme()
  const { theme: ground } = useGroundColours()
  const { directions, correlations, templates, latent, agreement } = report
  const n = operatorNames.length
  const resolved = resolvedDirections(report.singularValues)
  const singular = Array.from(report.singularValues.subarray(0, resolved.rank), (value) =>
    formatNumber(value, value >= 100 ? 3 : 2),
  )
  const d = directions.latentDim
  const rows = operators.map((operator, o): Row => {
    const step = directions.step.subarray(o * d, (o + 1) * d)
    return {
      operator,
      speed: directions.speed[o],
      sigma: 1 / directions.speed[o],
      latent: Math.hypot(...step) / directions.speed[o],
      efficiency: directions.efficiency[o],
      template: templates.names[templates.labels[o]],
      cluster: latent.names[latent.labels[o]],
      correlations: Array.from({ length: d }, (_, k) => correlations[k * n + o]),
    }
  })
  const figure = useMemo(() => correlationFigure(correlations, theme, ground), [correlations, theme, ground])
  const least = rows.reduce((worst, row) => (row.efficiency < worst.efficiency ? row : worst))
  return (
    <>
      <FigureFrame
        summary={`Correlation of latent axes with coefficients over ${formatCount(report.universes)} universes: ${correlationSummary(correlations)}. Coefficients are drawn independently, so the squares of a row add up to about 1 at most.`}
        table={{ caption: 'Operators on the map', columns: columnsOf(d), rows }}
        onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'directions')}
      >
        <PlotlyFigure
          figure={figure}
          height={90 + 26 * d}
          alt="Heat map: correlation of each latent axis with each of 17 coefficients"
        />
      </FigureFrame>
      <p className="small">
        Small coefficients lose most along <OperatorSymbol operator={least.operator} />: {open.encoder.id}{' '}
        keeps {formatPercent(least.efficiency)} of their Fisher distance (1 is the limit no map exceeds).
      </p>
      <p className="small" data-testid="resolved">
        {open.header.manifest.id} measures {resolved.rank} combinations of the 17 coefficients,{' '}
        {resolved.resolved} of them to better than 1 TeV⁻²: {singular.join(', ')}. Those numbers are singular
        values of the whitened templates in TeV²; a combination of unit length is known to one over them.
      </p>
      <dl className="facts small">
        <dt>operators: clusters on the map against template families</dt>
        <dd>adjusted Rand {formatNumber(agreement.operators, 3)}</dd>
        <dt>template families against inputs, leptons, quarks, four-fermion</dt>
        <dd>adjusted Rand {formatNumber(agreement.textbook, 3)}</dd>
        <dt>universes: k-means on the map against the family that moves each most</dt>
        <dd>adjusted Rand {formatNumber(agreement.universes, 2)}</dd>
      </dl>
      <p className="small soft">
        Average linkage on 1 − |cos|: of whitened templates, and of the arrows in units of the latent noise.
        Adjusted Rand is 1 for equal partitions and 0 on average for unrelated ones; universes mix all
        operators, so theirs stays small.
      </p>
    </>
  )
}

function columnsOf(d: number): Column<Row>[] {
  return [
    {
      key: 'operator',
      label: 'C',
      value: ({ operator }) => operator.name,
      format: ({ operator }) => <OperatorSymbol operator={operator} />,
    },
    { key: 'speed', label: '|B|', unit: 'σ TeV²', value: ({ speed }) => speed },
    { key: 'sigma', label: '1/|B|', unit: 'TeV⁻²', value: ({ sigma }) => sigma },
    { key: 'latent', label: '|J B|/|B|', value: (row) => row.latent },
    { key: 'efficiency', label: 'kept', value: ({ efficiency }) => efficiency },
    { key: 'template', label: 'template family', value: ({ template }) => template },
    { key: 'cluster', label: 'family on the map', value: ({ cluster }) => cluster },
    ...Array.from({ length: d }, (_, k) => ({
      key: `z${k}`,
      label: `corr. z${k + 1}`,
      value: ({ correlations }: Row) => correlations[k],
    })),
  ]
}
