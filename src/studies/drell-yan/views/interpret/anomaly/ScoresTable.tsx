import type { ExactScores, SpectrumScores } from '../../../analysis/anomaly/spectrum-scores.ts'
import { DataTable, type Column } from '../../../../../ui/common/DataTable.tsx'
import { formatNumber, formatPercent } from '../../../../../ui/common/format.ts'

interface ScoreRow {
  name: string
  /** null as long as known spectra are being drawn */
  value: number | null
  degrees: number | null
  pValue: number | null
  from: string
}

type Empirical = SpectrumScores['empirical'] | null

const empiricalNames = {
  'nearest-universe': 'χ² to the nearest known universe',
  mahalanobis: 'map: Mahalanobis, squared',
  'kth-neighbour': 'map: distance of the 10th neighbour',
  density: 'map: −ln density',
} as const

function rowsOf({ residual, chi2ToSm }: ExactScores, empirical: Empirical): ScoreRow[] {
  return [
    {
      name: 'residual χ²: any universe at all?',
      value: residual.chi2,
      degrees: residual.degreesOfFreedom,
      pValue: residual.pValue,
      from: residual.closedForm ? 'closed form' : 'fit, approximate',
    },
    {
      name: 'χ² to the SM',
      value: chi2ToSm.chi2,
      degrees: chi2ToSm.degreesOfFreedom,
      pValue: chi2ToSm.pValue,
      from: 'closed form',
    },
    ...(Object.keys(empiricalNames) as (keyof typeof empiricalNames)[]).map((id) => ({
      name: empiricalNames[id],
      ...(empirical?.[id] ?? { value: null, pValue: null }),
      degrees: null,
      from: 'known spectra',
    })),
  ]
}

const columns: Column<ScoreRow>[] = [
  { key: 'name', label: 'score', value: ({ name }) => name },
  {
    key: 'value',
    label: 'value',
    value: ({ value }) => value,
    format: ({ value }) => (value === null ? '…' : formatNumber(value, 4)),
  },
  {
    key: 'degrees',
    label: 'degrees of freedom',
    value: ({ degrees }) => degrees,
    format: ({ degrees }) => degrees ?? '–',
  },
  {
    key: 'p',
    label: 'p-value',
    value: ({ pValue }) => pValue,
    format: ({ pValue }) => (pValue === null ? '…' : formatNumber(pValue, 2)),
  },
  { key: 'from', label: 'p-value from', value: ({ from }) => from },
]

/** All scores of the spectrum, and what the best tests could do with it. */
export function ScoresTable({
  scores,
  empirical,
  noisy,
  calibration,
}: {
  scores: ExactScores
  /** null as long as known spectra are being drawn */
  empirical: Empirical
  noisy: boolean
  calibration: number
}) {
  return (
    <div className="stack">
      <DataTable
        caption="Anomaly scores"
        columns={columns}
        rows={rowsOf(scores, empirical)}
        rowKey={(row) => row.name}
      />
      <p className="small soft">
        {noisy
          ? 'The spectrum carries noise: its p-values are those of this one measurement.'
          : 'An expectation, without noise: χ² are those of its average replica, latent scores those of its mean.'}{' '}
        {empirical &&
          `p-values of the map are read off ${calibration} spectra of known universes, so none is below 1/${calibration + 1}.`}
      </p>
      <p className="small" role="status">
        Power of the best test that knows no direction (Marcum Q):{' '}
        {scores.power.map(({ falseAlarms, anyUniverse, standardModel }, i) => (
          <span key={falseAlarms}>
            {i > 0 && '; '}at {formatPercent(falseAlarms, 1)} false alarms{' '}
            <strong>{formatPercent(anyUniverse, 3)}</strong> to find that no universe explains it,{' '}
            <strong>{formatPercent(standardModel, 3)}</strong> to tell the universe part from the SM
          </span>
        ))}
        .
      </p>
    </div>
  )
}
