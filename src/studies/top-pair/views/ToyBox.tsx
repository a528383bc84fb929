import { useMemo } from 'react'
import { toySignificance } from '../analysis/fit/counting.ts'
import type { FitOutcome, ToyRegion } from '../analysis/fit/fit-jobs.ts'
import type { FitKind } from '../analysis/fit/fit-setup.ts'
import { toyName, type FitState, type ToyHypothesis, type ToyResult } from '../state/fit-state.ts'
import { idle, type Loadable } from '../../../core/loadable.ts'
import { FigureFrame } from '../../../ui/plots/FigureFrame.tsx'
import { AnswerState } from '../../../ui/common/AnswerState.tsx'
import { formatCount, formatNumber } from '../../../ui/common/format.ts'
import { NumberField } from '../../../ui/common/NumberField.tsx'
import { PlotlyFigure } from '../../../ui/plots/PlotlyFigure.tsx'
import { Segmented } from '../../../ui/common/Segmented.tsx'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import { segmentText } from './corner-words.ts'
import { useFit, useFitActions } from './fit-context.tsx'
import { kindStyles } from './kinds.ts'
import { parameterLabel } from './parameter-label.ts'
import { useFitPanels } from './use-fit-panels.ts'
import { toyFigure } from './sampler-figures.ts'
import { regionExtent } from './toy-regions.ts'

const selectToys = (fit: FitState) => fit.toys

/** Delta chi2 of a hypothesis where toys of it lie: p-values that rest on no theorem. */
export function ToyBox({ outcomes }: { outcomes: readonly FitOutcome[] }) {
  const fit = useFitActions()
  const all = useFit(selectToys)
  const [{ toys: asked }, showIn] = useFitPanels()
  const set = (patch: Partial<typeof asked>) => showIn({ toys: { ...asked, ...patch } })
  const { hypothesis: chosen, count } = asked
  const kind = outcomes.find((outcome) => outcome.kind === asked.kind)?.kind ?? outcomes[0].kind
  const known = outcomes.find((outcome) => outcome.kind === kind)?.deltaChi2 ?? []
  const hypothesis = known.some((entry) => entry.hypothesis === chosen) ? chosen : 'SM'
  const toys: Loadable<ToyResult> = all[toyName(kind, hypothesis)] ?? idle
  const observed = known.find((entry) => entry.hypothesis === hypothesis)?.result.value
  return (
    <div className="stack fit-toys">
      <div className="row" role="group" aria-label="Toys">
        <label className="row small">
          By toys, which need no theorem:
          <select
            className="select"
            aria-label="Fit for the toys"
            value={kind}
            onChange={(event) => set({ kind: event.target.value as FitKind })}
          >
            {outcomes.map((outcome) => (
              <option key={outcome.kind} value={outcome.kind}>
                {kindStyles[outcome.kind].label}
              </option>
            ))}
          </select>
        </label>
        {known.length > 1 && (
          <Segmented
            label="Toys of"
            choices={known.map((entry) => ({ id: entry.hypothesis, label: entry.hypothesis }))}
            value={hypothesis}
            onChange={(id) => set({ hypothesis: id })}
          />
        )}
        <span className="fit-count">
          <NumberField
            label="number of toys"
            hideLabel
            value={count}
            min={10}
            max={100_000}
            integer
            format={formatCount}
            onCommit={(number) => set({ count: number })}
          />
        </span>
        <button
          type="button"
          className="button"
          disabled={toys.status === 'running'}
          onClick={() => void fit.toys(kind, hypothesis, count)}
        >
          Throw toys
        </button>
      </div>
      <RegionControls kind={kind} coefficients={outcomes[0].names.length} />
      <AnswerState answer={toys} label="Toys" />
      {toys.value && observed !== undefined && (
        <ToyPicture values={toys.value.values} observed={observed} hypothesis={hypothesis} kind={kind} />
      )}
    </div>
  )
}

const selectRegions = (fit: FitState) => fit.regions

/** Neyman's construction: toys at every point of a grid, so that the set covers whatever the likelihood. */
function RegionControls({ kind, coefficients }: { kind: FitKind; coefficients: number }) {
  const fit = useFitActions()
  const found = useFit(selectRegions)[kind]
  const [{ toys }, showIn] = useFitPanels()
  if (coefficients > 2)
    return <p className="small soft">Regions by toys are made for one or two coefficients.</p>
  return (
    <>
      <div className="row" role="group" aria-label="Region by toys">
        <span className="small">95 % region by toys (Neyman), at each point:</span>
        <span className="fit-count">
          <NumberField
            label="toys at each point"
            hideLabel
            value={toys.perPoint}
            min={20}
            max={10_000}
            integer
            format={formatCount}
            onCommit={(perPoint) => showIn({ toys: { ...toys, perPoint } })}
          />
        </span>
        <button
          type="button"
          className="button"
          disabled={found?.status === 'running'}
          onClick={() => void fit.region(kind, toys.perPoint)}
        >
          Make the region
        </button>
      </div>
      <AnswerState answer={found} label="Toys" />
      {found?.value && <p className="small soft">{regionSentence(kind, found.value.value)}</p>}
    </>
  )
}

function regionSentence(kind: FitKind, region: ToyRegion): string {
  const parts = region.names.map((name, k) => {
    const extent = regionExtent(region, k)
    return `${parameterLabel(name).plain} ${extent ? segmentText(extent) : 'excluded everywhere'}`
  })
  const joint =
    region.names.length > 1 ? 'joint region, in the corner plot, reaches over' : 'set reaches over'
  return `${kindStyles[kind].label}: the 95 % ${joint} ${parts.join(' and ')} TeV⁻², by ${formatCount(region.toys)} toys at each of ${formatCount(region.pValues.length)} points analysed like the data (${formatNumber(region.seconds, 2)} s). It is a confidence region, not a part of the posterior.`
}

interface ToyPictureProps {
  values: Float64Array
  observed: number
  hypothesis: ToyHypothesis
  kind: FitKind
}

function ToyPicture({ values, observed, hypothesis, kind }: ToyPictureProps) {
  const theme = useFigureTheme()
  const figure = useMemo(
    () => toyFigure(values, observed, hypothesis, theme),
    [values, observed, hypothesis, theme],
  )
  const { toys, pValue, sigma, isLimit } = toySignificance(observed, values)
  return (
    <FigureFrame
      summary={`Δχ² of the ${hypothesis} in ${formatCount(toys)} toys of the ${hypothesis}, ${kindStyles[kind].label}; observed ${formatNumber(observed, 4)} (dashed): p ${isLimit ? 'below' : 'is'} ${formatNumber(pValue, 2)}, ${formatNumber(sigma, 2)} σ.`}
    >
      <PlotlyFigure figure={figure} height={240} alt="Distribution of toys" />
    </FigureFrame>
  )
}
