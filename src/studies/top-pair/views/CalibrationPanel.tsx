import { useMemo } from 'react'
import { calibrationTests } from '../intent.ts'
import type { CalibrationOutcome } from '../analysis/fit/fit-jobs.ts'
import { fitKinds } from '../analysis/fit/fit-setup.ts'
import { ratioPresets } from '../../../ml/ratio/ratio-presets.ts'
import type { FitState } from '../state/fit-state.ts'
import { useTopPairState } from './context.tsx'
import { AnswerState } from '../../../ui/common/AnswerState.tsx'
import type { Column } from '../../../ui/common/DataTable.tsx'
import { FigureFrame } from '../../../ui/plots/FigureFrame.tsx'
import { formatCoefficient, formatCount, formatNumber } from '../../../ui/common/format.ts'
import { NumberField } from '../../../ui/common/NumberField.tsx'
import { PlotlyFigure } from '../../../ui/plots/PlotlyFigure.tsx'
import { Segmented } from '../../../ui/common/Segmented.tsx'
import { Typeset } from '../../../ui/common/Typeset.tsx'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import { coverageFigure, rankFigure, tarpFigure } from './calibration-figures.ts'
import { useFit, useFitActions } from './fit-context.tsx'
import { kindStyles } from './kinds.ts'
import { useFitPanels } from './use-fit-panels.ts'

const selectCalibration = (fit: FitState) => fit.calibration

const testLabels = { coverage: 'coverage', sbc: 'ranks and TARP' }
const tests = calibrationTests.map((id) => ({ id, label: testLabels[id] }))

/** Do the intervals hold the truth as often as they say? Toys, simulation-based calibration, TARP. */
export function CalibrationPanel() {
  const fit = useFitActions()
  const all = useFit(selectCalibration)
  const preset = useTopPairState((state) => state.intent.fit.preset)
  const [{ calibration }, showIn] = useFitPanels()
  const { kind, test, toys } = calibration
  const set = (patch: Partial<typeof calibration>) => showIn({ calibration: { ...calibration, ...patch } })
  const found = all[`${kind}/${test}`]
  return (
    <div className="stack">
      <div className="row" role="group" aria-label="Calibration">
        <Segmented
          label="Calibrated fit"
          choices={fitKinds.map((id) => ({ id, label: kindStyles[id].label }))}
          value={kind}
          onChange={(id) => set({ kind: id })}
        />
        <Segmented label="Test" choices={tests} value={test} onChange={(id) => set({ test: id })} />
        <span className="fit-count">
          <NumberField
            label={test === 'coverage' ? 'toys per truth' : 'simulations'}
            hideLabel
            value={toys}
            min={10}
            max={10_000}
            integer
            format={formatCount}
            onCommit={(count) => set({ toys: count })}
          />
        </span>
        <span className="small soft">{test === 'coverage' ? 'toys at each truth' : 'simulations'}</span>
        <button
          type="button"
          className="button"
          disabled={found?.status === 'running'}
          onClick={() => void fit.calibrate(kind, test, toys)}
        >
          Calibrate
        </button>
      </div>
      {!found?.value && found?.status !== 'running' && (
        <p className="soft">
          {test === 'coverage'
            ? 'Data sets are drawn at several truths and fitted; the share of 68 and 95 % sets that hold the truth is counted.'
            : 'Truths are drawn from the prior, data from the truths. The rank of the truth among posterior draws must be uniform (simulation-based calibration, arXiv:1804.06788), and so must the share of draws nearer to a random point (TARP, arXiv:2302.03026).'}{' '}
          With exact ratios and with ratios of cells both must pass; of ratios as learned the deviation is the
          error of the networks.
        </p>
      )}
      {kind === 'unbinned' && ratioPresets[preset].features === 'parton' && (
        <p className="small soft">
          <Typeset text="m_tt and y_tt" /> know little of the coefficients, so that toys of a small pool seem
          too far off: 50 simulated points per event here; the command line takes more (calibrate
          --pool-points 400).
        </p>
      )}
      <AnswerState answer={found} label="Calibrating" />
      {found?.value && <Outcome outcome={found.value.value} />}
    </div>
  )
}

interface CoverageRow {
  truth: Float64Array
  covered: number[]
}

function Outcome({ outcome }: { outcome: CalibrationOutcome }) {
  const theme = useFigureTheme()
  const { coverage, sbc, kind, seconds } = outcome
  const figures = useMemo(
    () => ({
      coverage: coverage && coverageFigure(coverage, theme),
      ranks: sbc && rankFigure(sbc, theme),
      tarp: sbc && tarpFigure(sbc, theme),
    }),
    [coverage, sbc, theme],
  )
  const took = `${formatNumber(seconds, 2)} s`
  if (coverage && figures.coverage) {
    const { points, probabilities, tolerance } = coverage
    const inside = points.filter(
      ({ covered }) => Math.abs(covered[0] - probabilities[0]) <= tolerance[0],
    ).length
    const sentence = `${kindStyles[kind].label}: at ${inside} of ${points.length} truths the 68 % sets hold the truth as often as they say, within two standard errors (band). ${took}.`
    const columns: Column<CoverageRow>[] = [
      {
        key: 'truth',
        label: 'truth',
        unit: 'TeV⁻²',
        value: (row) => Array.from(row.truth, (c) => formatCoefficient(c)).join(', '),
      },
      ...probabilities.map((p, k): Column<CoverageRow> => ({
        key: String(p),
        label: `${Math.round(100 * p)} % sets`,
        value: (row) => row.covered[k],
      })),
    ]
    return (
      <FigureFrame
        summary={sentence}
        table={{ caption: 'Coverage', columns, rows: points }}
        fileName="theoryscape-coverage"
      >
        <PlotlyFigure figure={figures.coverage} height={360} alt={sentence} />
      </FigureFrame>
    )
  }
  if (!sbc || !figures.ranks || !figures.tarp) return null
  const worst = sbc.ranks.reduce((a, b) => (b.chi2.pValue < a.chi2.pValue ? b : a))
  const sentence = `${kindStyles[kind].label}: ${formatCount(sbc.simulations)} simulations, ranks among ${sbc.draws} draws; least uniform ${worst.name}, χ² p = ${formatNumber(worst.chi2.pValue, 2)}. Band: 95 % of uniform counts. ${took}.`
  const joint = `TARP, all coefficients together: Kolmogorov–Smirnov p = ${formatNumber(sbc.tarp.ks.pValue, 2)}; band two standard errors.`
  return (
    <div className="fit-two">
      <FigureFrame
        summary={sentence}
        table={{
          caption: 'Rank tests',
          columns: rankColumns,
          rows: sbc.ranks,
        }}
        fileName="theoryscape-ranks"
      >
        <PlotlyFigure figure={figures.ranks} height={300} alt={sentence} />
      </FigureFrame>
      <FigureFrame
        summary={joint}
        table={{
          caption: 'Expected coverage',
          columns: tarpColumns,
          rows: Array.from(sbc.tarp.level, (level, i) => ({ level, coverage: sbc.tarp.coverage[i] })),
        }}
        fileName="theoryscape-tarp"
      >
        <PlotlyFigure figure={figures.tarp} height={300} alt={joint} />
      </FigureFrame>
    </div>
  )
}

type RankRow = NonNullable<CalibrationOutcome['sbc']>['ranks'][number]

const rankColumns: Column<RankRow>[] = [
  { key: 'name', label: 'coefficient', value: ({ name }) => name },
  { key: 'chi2', label: 'χ²', value: ({ chi2 }) => chi2.chi2 },
  { key: 'p', label: 'p (χ²)', value: ({ chi2 }) => chi2.pValue },
  { key: 'ks', label: 'p (KS)', value: ({ ks }) => ks.pValue },
]

const tarpColumns: Column<{ level: number; coverage: number }>[] = [
  { key: 'level', label: 'credibility', value: ({ level }) => level },
  { key: 'coverage', label: 'expected coverage', value: ({ coverage }) => coverage },
]
