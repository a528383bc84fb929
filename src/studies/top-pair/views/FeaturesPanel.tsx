import { useEffect, useMemo, useState } from 'react'
import { AppError, type PlainError } from '../../../errors.ts'
import { DataTable, type Column } from '../../../ui/common/DataTable.tsx'
import { formatCount, formatNumber, formatWithError } from '../../../ui/common/format.ts'
import { ErrorState } from '../../../ui/common/Panel.tsx'
import { OperatorSymbol } from '../../../ui/common/Symbol.tsx'
import { Typeset } from '../../../ui/common/Typeset.tsx'
import { FigureFrame } from '../../../ui/plots/FigureFrame.tsx'
import { PlotlyFigure } from '../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import type { FeatureStudy } from '../feature-study.ts'
import { loadFeatureStudy } from '../state/feature-study-file.ts'
import { featureLossFigure, featureWidthFigure, stepLabels, widthRatios } from './feature-figures.ts'
import { parameterLabel } from './parameter-label.ts'
import { thesis, thesisWidthRatio } from './thesis-numbers.ts'
import { tileName } from './tile-text.ts'

/** What features are worth, recorded: losses beside the exact limits, widths of intervals from one observable to all. */
export function FeaturesPanel() {
  const [study, setStudy] = useState<FeatureStudy | null>(null)
  const [failure, setFailure] = useState<PlainError | null>(null)
  useEffect(() => {
    let stale = false
    loadFeatureStudy(document.baseURI).then(
      (found) => !stale && setStudy(found),
      (thrown: unknown) => !stale && setFailure(AppError.from(thrown).toPlain()),
    )
    return () => {
      stale = true
    }
  }, [])
  if (failure) return <ErrorState error={failure} />
  if (!study) return <p className="soft">Loading the recorded study.</p>
  return <RecordedStudy study={study} />
}

function RecordedStudy({ study }: { study: FeatureStudy }) {
  const theme = useFigureTheme()
  const losses = useMemo(() => featureLossFigure(study, theme), [study, theme])
  const widths = useMemo(() => featureWidthFigure(study, theme), [study, theme])
  const { setup } = study
  const events = `${formatNumber(setup.sqrtSGeV / 1000)} TeV, m_tt > ${formatNumber(setup.mttMinGeV / 1000)} TeV`
  const lossWords = `Lowest cross-entropy of each term against the SM (thesis, Table 3; its selection is not stated). ${events}. Two features: m_tt and y_tt without cuts, limit by quadrature. The others after the dilepton cuts, on ${formatCount(setup.testEvents)} events that no network saw; the bound has all that the generator knows, which no features need reach. Dotted: ln 2, a coin.`
  const widthWords = `Width of the 95 % highest-density set over that of ten bins of one momentum, the same ${formatCount(setup.observedEvents)} events: mean over seeds ${setup.seeds.join(', ')}, with its standard error. m_tt and y_tt are the true ones, which no detector sees; all: exact ratios. Diamonds: thesis, Table 4, other data.`
  return (
    <div className="stack">
      <p className="small soft">
        Recorded {study.date} with {study.made}; truth{' '}
        {Object.entries(setup.truth).map(([name, value]) => (
          <span key={name}>
            <Symbol name={name} /> = {formatNumber(value)}{' '}
          </span>
        ))}
        TeV⁻², {formatCount(setup.livePoints)} live points, joint networks of two replicas.
      </p>
      <div className="fit-two">
        <FigureFrame
          summary={lossWords}
          fileName="feature-losses"
          table={{
            caption: 'Losses (thesis, Table 3, beside ours)',
            columns: lossColumns(study),
            rows: study.terms,
          }}
        >
          <PlotlyFigure figure={losses} height={430} alt={lossWords} />
        </FigureFrame>
        <FigureFrame
          summary={widthWords}
          fileName="feature-widths"
          table={{ caption: 'Widths', ...widthTable(study) }}
        >
          <PlotlyFigure figure={widths} height={360} alt={widthWords} />
        </FigureFrame>
      </div>
      <DataTable
        caption="Table 3 of the thesis beside ours"
        columns={lossColumns(study)}
        rows={study.terms}
      />
      <DataTable caption="Mean widths of intervals [TeV⁻²]" {...widthTable(study)} />
      <p className="small soft">
        <Typeset text="A linear term is negative for some events, so that its final-state bound counts the positive part alone." />
      </p>
    </div>
  )
}

function Symbol({ name }: { name: string }) {
  return <OperatorSymbol operator={{ name, symbol: parameterLabel(name).plain }} />
}

function lossColumns({ terms, losses }: FeatureStudy): Column<string>[] {
  const at = (term: string) => terms.indexOf(term)
  const plain = (key: string, label: string, value: (term: string) => number | null): Column<string> => ({
    ...{ key, label, value },
    format: (term) => (value(term) === null ? '' : formatNumber(value(term)!)),
  })
  const { partonLearned } = losses
  return [
    { key: 'term', label: 'term', value: (term) => tileName([term]) },
    plain('parton-thesis', '2, thesis', (term) => thesis.losses[term]?.parton ?? null),
    ...(partonLearned ? [plain('parton-learned', '2, learned', (term) => partonLearned[at(term)])] : []),
    plain('parton-exact', '2, exact', (term) => losses.partonExact[at(term)]),
    plain('complete-thesis', '14, thesis', (term) => thesis.losses[term]?.complete ?? null),
    ...losses.learned
      .filter(({ step }) => step !== 'parton')
      .map(({ step, terms: found }): Column<string> => ({
        ...{ key: step, label: `${stepLabels[step]}, learned`, value: (term) => found[at(term)].loss },
        format: (term) => formatWithError(found[at(term)].loss, found[at(term)].error),
      })),
    plain('bound', 'final state, bound', (term) => losses.finalState[at(term)]),
  ]
}

function widthTable(study: FeatureStudy) {
  interface WidthRow {
    label: string
    at: number
  }
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const rows: WidthRow[] = study.intervals.map(({ step }, at) => ({ label: stepLabels[step], at }))
  const columns: Column<WidthRow>[] = [
    { key: 'features', label: 'features', value: ({ label }) => label },
    ...study.operators.flatMap((name, i): Column<WidthRow>[] => {
      const ratios = widthRatios(study, i)
      const { plain } = parameterLabel(name)
      return [
        {
          key: `${name}68`,
          label: `${plain}, 68 %`,
          value: ({ at }) => meanOf(study.intervals[at].width68[i]),
          format: ({ at }) => formatNumber(meanOf(study.intervals[at].width68[i])),
        },
        {
          key: `${name}95`,
          label: `${plain}, 95 %`,
          value: ({ at }) => meanOf(study.intervals[at].width95[i]),
          format: ({ at }) => formatNumber(meanOf(study.intervals[at].width95[i])),
        },
        {
          key: `${name}ratio`,
          label: `${plain}, 95 % ÷ binned`,
          value: ({ at }) => ratios[at].mean,
          format: ({ at }) =>
            ratios[at].error > 0
              ? formatWithError(ratios[at].mean, ratios[at].error)
              : formatNumber(ratios[at].mean),
        },
        {
          key: `${name}thesis`,
          label: `${plain}, thesis`,
          value: ({ at }) =>
            study.intervals[at].step === '14'
              ? thesisWidthRatio(name)
              : study.intervals[at].step === 'binned' && thesisWidthRatio(name) !== null
                ? 1
                : null,
          format: ({ at }) =>
            study.intervals[at].step === '14'
              ? formatNumber(thesisWidthRatio(name) ?? NaN, 2)
              : study.intervals[at].step === 'binned'
                ? '1'
                : '',
        },
      ]
    }),
  ]
  return { columns, rows }
}
