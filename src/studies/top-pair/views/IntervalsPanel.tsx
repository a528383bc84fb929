import { useMemo } from 'react'
import { toySignificance } from '../analysis/fit/counting.ts'
import type { FitOutcome } from '../analysis/fit/fit-jobs.ts'
import { fitKinds, type FitKind } from '../analysis/fit/fit-setup.ts'
import { toyName, type FitState, type ToyResult } from '../state/fit-state.ts'
import type { Loadable } from '../../../core/loadable.ts'
import { Badge } from '../../../ui/common/Badge.tsx'
import { DataTable, type Column } from '../../../ui/common/DataTable.tsx'
import {
  formatBesideError,
  formatCoefficient,
  formatCount,
  formatNumber,
  formatWithError,
} from '../../../ui/common/format.ts'
import { OperatorSymbol } from '../../../ui/common/Symbol.tsx'
import { sameItems, useSame } from '../../../ui/common/use-same.ts'
import { segmentText } from './corner-words.ts'
import { useFit } from './fit-context.tsx'
import { intervalRows, type IntervalRow } from './intervals.ts'
import { kindStyles } from './kinds.ts'
import { parameterLabel } from './parameter-label.ts'
import { ratioSentence } from './stages.ts'
import { ToyBox } from './ToyBox.tsx'

const selectFits = (fit: FitState) => fit.fits
const selectToys = (fit: FitState) => fit.toys
const selectRatios = (fit: FitState) => fit.ratios

const intervalColumns: Column<IntervalRow>[] = [
  {
    key: 'name',
    label: 'coefficient',
    value: ({ name }) => name,
    format: ({ name }) => <OperatorSymbol operator={{ name, symbol: parameterLabel(name).plain }} />,
  },
  { key: 'kind', label: 'fit', value: ({ kind }) => kind, format: ({ kind }) => <KindName kind={kind} /> },
  {
    key: 'best',
    label: 'best fit',
    unit: 'TeV⁻²',
    value: ({ best }) => best,
    format: ({ best }) => formatCoefficient(best),
  },
  {
    key: 'hpd',
    label: '95 % highest density',
    unit: 'TeV⁻²',
    value: ({ segments }) => segments.map(segmentText).join(' ∪ '),
    format: ({ segments, modes }) => (
      <>
        {segments.map(segmentText).join(' ∪ ')} {modes > 1 && <Badge tone="warn">{modes} modes</Badge>}
      </>
    ),
  },
  {
    key: 'eti',
    label: '95 % equal-tailed',
    unit: 'TeV⁻²',
    value: ({ equalTailed }) => segmentText(equalTailed),
  },
  {
    key: 'width',
    label: 'width',
    unit: 'TeV⁻²',
    value: ({ width }) => width,
    format: ({ width }) => formatNumber(width),
  },
  {
    key: 'binned',
    label: '÷ binned',
    value: ({ toBinned }) => toBinned,
    format: ({ toBinned }) => ratio(toBinned),
  },
  {
    key: 'exact',
    label: '÷ exact',
    value: ({ toExact }) => toExact,
    format: ({ toExact }) => ratio(toExact),
  },
]

function ratio(value: number | null): string {
  return value === null ? '' : formatNumber(value, 2)
}

interface ChiRow {
  kind: FitKind
  hypothesis: string
  value: number
  /** Over repeated data */
  spread: number
  dof: number
  pValue: number
  sigma: number
  toys: string
}

const chiColumns: Column<ChiRow>[] = [
  { key: 'kind', label: 'fit', value: ({ kind }) => kind, format: ({ kind }) => <KindName kind={kind} /> },
  { key: 'hypothesis', label: 'hypothesis', value: ({ hypothesis }) => hypothesis },
  {
    key: 'value',
    label: 'Δχ²',
    value: ({ value }) => value,
    format: ({ value, spread }) => `${formatNumber(value, 3)} ± ${formatNumber(spread, 2)}`,
  },
  { key: 'dof', label: 'd.o.f.', value: ({ dof }) => dof, format: ({ dof }) => String(dof) },
  {
    key: 'p',
    label: 'p (Wilks)',
    value: ({ pValue }) => pValue,
    format: ({ pValue }) => formatNumber(pValue, 2),
  },
  {
    key: 'sigma',
    label: 'Gaussian σ',
    value: ({ sigma }) => sigma,
    format: ({ sigma }) => formatNumber(sigma, 2),
  },
  { key: 'toys', label: 'p (toys)', value: ({ toys }) => toys },
]

const evidenceColumns: Column<FitOutcome>[] = [
  { key: 'kind', label: 'fit', value: ({ kind }) => kind, format: ({ kind }) => <KindName kind={kind} /> },
  {
    key: 'z',
    label: 'ln Z',
    value: ({ logZ }) => logZ,
    format: ({ logZ, logZError }) => formatWithError(logZ, logZError),
  },
  {
    key: 'grid',
    label: 'ln Z, grid',
    value: ({ gridLogZ }) => gridLogZ,
    format: ({ gridLogZ, logZ, logZError }) =>
      gridLogZ === null
        ? ''
        : `${formatBesideError(gridLogZ, logZError)} (${formatNumber((logZ - gridLogZ) / logZError, 2)} σ)`,
  },
  { key: 'ess', label: 'eff. samples', value: ({ ess }) => ess, format: ({ ess }) => formatCount(ess) },
  {
    key: 'pull',
    label: 'insertion pull',
    value: ({ insertionPull }) => insertionPull,
    format: ({ insertionPull }) => formatNumber(insertionPull, 2),
  },
  {
    key: 'ok',
    label: 'converged',
    value: ({ converged }) => String(converged),
    format: ({ converged }) => <Badge tone={converged ? 'good' : 'bad'}>{converged ? 'yes' : 'no'}</Badge>,
  },
  { key: 'calls', label: 'calls', value: ({ calls }) => calls, format: ({ calls }) => formatCount(calls) },
  {
    key: 'seconds',
    label: 'time',
    unit: 's',
    value: ({ seconds }) => seconds,
    format: ({ seconds }) => formatNumber(seconds, 2),
  },
  {
    key: 'floored',
    label: 'floored events',
    value: ({ flooredEvents }) => flooredEvents,
    format: ({ flooredEvents }) => String(flooredEvents),
  },
]

function KindName({ kind }: { kind: FitKind }) {
  return (
    <span className="fit-kind-name" title={kindStyles[kind].about}>
      <span className="fit-swatch" style={{ background: kindStyles[kind].colour }} aria-hidden="true" />
      {kindStyles[kind].label}
    </span>
  )
}

/** The intervals of every coefficient and kind of fit, how far the SM is away, and how good the sampling was. */
export function IntervalsPanel() {
  const fits = useFit(selectFits)
  const toys = useFit(selectToys)
  const sentence = ratioSentence(useFit(selectRatios))
  const outcomes = useSame(
    fitKinds.flatMap((kind) => fits[kind].outcome?.value ?? []),
    sameItems,
  )
  const rows = useMemo(() => intervalRows(outcomes), [outcomes])
  if (outcomes.length === 0)
    return (
      <p className="soft">
        Best fits, intervals of both kinds, widths beside each other and the distance of the Standard Model
        appear here.
      </p>
    )
  const chi = outcomes.flatMap(({ kind, deltaChi2 }) =>
    deltaChi2.map(({ hypothesis, result }): ChiRow => ({
      ...{ kind, hypothesis, value: result.value, spread: result.spread, dof: result.degreesOfFreedom },
      ...{ pValue: result.pValue, sigma: result.sigma },
      toys: toyText(toys[toyName(kind, hypothesis)], result.value),
    })),
  )
  return (
    <div className="stack">
      <DataTable
        caption="95 % intervals of the posterior; highest-density sets may have several segments"
        columns={intervalColumns}
        rows={rows}
        rowKey={({ name, kind }) => `${name}/${kind}`}
      />
      {sentence && outcomes.some(({ kind }) => kind === 'unbinned') && (
        <p className="small soft">{sentence}</p>
      )}
      <div className="fit-two">
        <DataTable
          caption="Δχ² from the best fit, ± its standard deviation over repeated data (noncentral χ²); p by Wilks' theorem, which fails where squared terms dominate"
          columns={chiColumns}
          rows={chi}
          rowKey={({ kind, hypothesis }) => `${kind}/${hypothesis}`}
        />
        <ToyBox outcomes={outcomes} />
      </div>
      <DataTable
        caption="Evidence and quality of the sampling"
        columns={evidenceColumns}
        rows={outcomes}
        rowKey={({ kind }) => kind}
      />
    </div>
  )
}

function toyText(toys: Loadable<ToyResult> | undefined, observed: number): string {
  if (!toys?.value) return ''
  const { pValue, error, isLimit } = toySignificance(observed, toys.value.values)
  return isLimit ? `< ${formatNumber(pValue, 2)}` : formatWithError(pValue, error)
}
