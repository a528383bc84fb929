import { useMemo } from 'react'
import { a4Agreement } from '../../../analysis/a4/a4-agreement.ts'
import type { A4Comparison } from '../../../analysis/a4/a4-comparison.ts'
import type { CombinedReach } from '../../../analysis/a4/combined-reach.ts'
import { spectrumChi2 } from '../../../analysis/a4/spectrum-chi2.ts'
import type { MeasurementComparison } from '../../../analysis/measurement.ts'
import { coefficientArray } from '../../../state/actions.ts'
import type { OpenDataset } from '../../../state/drell-yan-state.ts'
import { operators } from '../../../../../physics/smeft/operators.ts'
import { AnswerState } from '../../../../../ui/common/AnswerState.tsx'
import type { Column } from '../../../../../ui/common/DataTable.tsx'
import { formatNumber } from '../../../../../ui/common/format.ts'
import { OperatorSymbol } from '../../../../../ui/common/Symbol.tsx'
import { Typeset } from '../../../../../ui/common/Typeset.tsx'
import { useProduct } from '../../../../../ui/common/use-product.ts'
import { FigureFrame } from '../../../../../ui/plots/FigureFrame.tsx'
import { PlotlyFigure } from '../../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../../ui/plots/use-figure-theme.ts'
import { exportWithProvenance } from '../../common/provenance.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'
import { a4BinName, a4Figure, reachFigure } from './a4-figures.ts'

/** A_4 of CMS beside the measured spectrum: how the sliders meet both, and which directions each resolves. */
export function A4Part({ open, measured }: { open: OpenDataset; measured: MeasurementComparison }) {
  const { openLatent, latent } = useDrellYan()
  const { manifestHash } = open.header
  const pdf = useDrellYanState((state) => state.pdf)
  const dropped = pdf.files && pdf.summary.value ? pdf.summary.value : null
  const now = useDrellYanState((state) => state.latent.a4)
  const { result, retry } = useProduct(latent.a4, now, {
    key: JSON.stringify([manifestHash, dropped?.hash]),
    label: 'Computing A₄ in 63 bins',
    make: async (making) => ({ ...(await (await openLatent()).a4(open, making)), manifestHash }),
  })
  const { value } = result
  const current = value?.manifestHash === manifestHash ? value : undefined
  return (
    <section className="stack" aria-label="A₄ of CMS">
      <h3>With A₄</h3>
      <AnswerState answer={result} onRetry={retry} />
      {current && <A4Answer open={open} measured={measured} {...current} />}
    </section>
  )
}

interface AnswerProps {
  open: OpenDataset
  measured: MeasurementComparison
  comparison: A4Comparison
  reach: CombinedReach
}

function A4Answer({ open, measured, comparison, reach }: AnswerProps) {
  const { context } = useDrellYan()
  const theme = useFigureTheme()
  const { coefficients, order } = useDrellYanState((state) => state.intent)
  const values = useMemo(() => coefficientArray(coefficients), [coefficients])
  const moved = values.some((c) => c !== 0)
  const standard = useMemo(() => a4Agreement(comparison), [comparison])
  const live = useMemo(
    () => (moved ? a4Agreement(comparison, values, order) : standard),
    [comparison, moved, values, order, standard],
  )
  const spectrum = useMemo(
    () => spectrumChi2(open.header.universeModel, measured, values, order),
    [open, measured, values, order],
  )
  const { measurement, theory, sources } = comparison
  const { bins, value, error } = measurement
  const figure = useMemo(() => {
    const input = { bins, measured: value, error, sm: theory.sm }
    return a4Figure({ ...input, live: moved ? live.theory : null, pulls: live.pulls }, theme)
  }, [bins, value, error, theory, moved, live, theme])
  const reaches = useMemo(() => reachFigure(reach, theme), [reach, theme])
  const who = moved ? 'The live universe' : 'The Standard Model'
  const worst = live.pulls.reduce(
    (best, pull, b) => (Math.abs(pull) > Math.abs(live.pulls[best]) ? b : best),
    0,
  )
  const { mll, a4, both } = reach
  return (
    <>
      <p className="small soft">
        {measurement.citation}. Theory: leading order with {comparison.pdf.id} and the effective sin²θ =
        0.2315 in the Standard Model’s Z couplings.
      </p>
      <dl className="facts small" data-testid="a4-chi2">
        <dt>{who}, χ² of A₄</dt>
        <dd>
          {formatNumber(live.chi2)} / {live.degreesOfFreedom} (p = {formatNumber(live.pValue, 2)})
        </dd>
        <dt>
          <Typeset text="the same, χ² of m_ℓℓ" />
        </dt>
        <dd>
          {formatNumber(spectrum.chi2)} / {spectrum.degreesOfFreedom} (p = {formatNumber(spectrum.pValue, 2)})
        </dd>
        {moved && (
          <>
            <dt>The Standard Model, χ² of A₄</dt>
            <dd>
              {formatNumber(standard.chi2)} / {standard.degreesOfFreedom}
            </dd>
          </>
        )}
        <dt>χ² of A₄ without theory errors</dt>
        <dd>{formatNumber(live.chi2Published)}</dd>
      </dl>
      <FigureFrame
        summary={`${who} beside A₄ in ${bins.length} bins; the largest pull is ${formatNumber(live.pulls[worst], 2)} at ${a4BinName(bins[worst])}. Pulls are in published errors; their correlations and theory errors are in χ² alone.`}
        table={{ caption: 'A₄ bin by bin', columns: a4Columns, rows: rowsOf(comparison, live) }}
        onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'a4')}
      >
        <PlotlyFigure
          figure={figure}
          height={340}
          alt="A₄ measured and predicted in 63 bins, and below the pulls"
        />
      </FigureFrame>
      <FigureFrame
        summary={`The lower, the better known. Better than 1 TeV⁻² are known ${mll.resolved} directions of the 17 coefficients by m_ℓℓ, ${a4.resolved} by A₄ and ${both.resolved} by both. Singular values of both: ${singular(both)} TeV².`}
        table={{
          caption: 'One standard deviation of each coefficient alone',
          columns: reachColumns,
          rows: reachRows(reach),
        }}
        onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'a4-reach')}
      >
        <PlotlyFigure
          figure={reaches}
          height={330}
          alt="One standard deviation of each of 17 coefficients by m_ℓℓ, by A₄ and by both"
        />
      </FigureFrame>
      <p className="small soft">
        Theory errors of A₄, fully correlated each: {sources.map(({ name }) => name).join('; ')}. 10 % for
        parts of the densities and 3 % for higher orders are our choice; a dropped PDF adds its difference.{' '}
        <Typeset text="Errors of m_ℓℓ and A₄ are taken as independent." />
      </p>
    </>
  )
}

function singular({ singularValues, resolved }: CombinedReach['both']): string {
  return Array.from(singularValues.subarray(0, resolved), (v) => formatNumber(v, v >= 100 ? 3 : 2)).join(', ')
}

interface A4Row {
  absY: [number, number]
  mass: [number, number]
  measured: number
  error: number
  theory: number
  pull: number
}

function rowsOf(
  { measurement }: A4Comparison,
  { theory, pulls }: { theory: Float64Array; pulls: Float64Array },
): A4Row[] {
  const { bins, value, error } = measurement
  return bins.map((bin, b) => ({
    ...bin,
    ...{ measured: value[b], error: error[b], theory: theory[b], pull: pulls[b] },
  }))
}

const a4Columns: readonly Column<A4Row>[] = [
  { key: 'y0', label: '|y| from', value: ({ absY }) => absY[0] },
  { key: 'y1', label: 'to', value: ({ absY }) => absY[1] },
  { key: 'm0', label: 'm from', unit: 'GeV', value: ({ mass }) => mass[0] },
  { key: 'm1', label: 'to', unit: 'GeV', value: ({ mass }) => mass[1] },
  { key: 'measured', label: 'A₄', value: ({ measured }) => measured },
  { key: 'error', label: 'error', value: ({ error }) => error },
  { key: 'theory', label: 'theory', value: ({ theory }) => theory },
  { key: 'pull', label: 'pull', value: ({ pull }) => pull },
]

interface ReachRow {
  operator: (typeof operators)[number]
  mll: number
  a4: number
  both: number
}

/** Not measured at all in linear theory: rounding. */
const nothing = 1e6

const reachRows = ({ mll, a4, both }: CombinedReach): ReachRow[] =>
  operators.map((operator, o) => ({
    operator,
    ...{ mll: mll.single[o], a4: a4.single[o], both: both.single[o] },
  }))

const reachColumns: readonly Column<ReachRow>[] = [
  {
    key: 'operator',
    label: 'C',
    value: ({ operator }) => operator.name,
    format: ({ operator }) => <OperatorSymbol operator={operator} />,
  },
  ...(['mll', 'a4', 'both'] as const).map((key) => ({
    key,
    label: { mll: 'm_ℓℓ', a4: 'A₄', both: 'both' }[key],
    unit: 'TeV⁻²',
    value: (row: ReachRow) => (row[key] < nothing ? row[key] : Infinity),
    format: (row: ReachRow) => (row[key] < nothing ? formatNumber(row[key], 2) : 'not measured'),
  })),
]
