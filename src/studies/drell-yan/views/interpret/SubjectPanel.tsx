import { useMemo } from 'react'
import { operatorNames, operators } from '../../../../physics/smeft/operators.ts'
import {
  panelsOf,
  shownErrors,
  shownValues,
  withoutRapidity,
  type ShownSpectrum,
} from '../../analysis/shown-spectrum.ts'
import { coefficientArray } from '../../state/actions.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { shapeTitle } from '../../state/shape-words.ts'
import type { Subject } from '../../state/subject.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { EftBadges } from '../../../../ui/common/Badge.tsx'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { PointCard } from '../common/PointCard.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import { WilsonSliders } from '../sliders/WilsonSliders.tsx'
import { noiseBand } from '../spectra/noise-band.ts'
import { observableLabels } from '../spectra/spectrum-input.ts'
import { ratioFigure, ratioSummary } from './subject-figure.ts'
import { smJudgement } from './sm-judgement.ts'
import { SubjectPicker } from './SubjectPicker.tsx'

interface SubjectPanelProps {
  open: OpenDataset
  subject: Subject
}

interface RatioRow {
  observable: string
  low: number
  high: number
  ratio: number
  sigma: number
}

/** What is being interpreted: chosen here, with its coefficients where they are known and its ratio to the SM. */
export function SubjectPanel({ open, subject }: SubjectPanelProps) {
  const { actions } = useDrellYan()
  const order = useDrellYanState((state) => state.intent.order)
  const coefficients = useDrellYanState((state) => state.intent.coefficients)
  const theme = useFigureTheme()
  const { universeModel: model, shape, measurement } = open.header
  const input = useMemo(() => {
    const { observables } = model.templates
    const { name, errors } = noiseBand(model, measurement !== null)
    const parts = withoutRapidity(observables)
    const joined = (of: (part: ShownSpectrum) => Float64Array) =>
      Float64Array.from(parts.flatMap((part) => [...of(part)]))
    const sm = joined((part) => shownValues(part, model.templates.sm))
    const noise = joined((part) =>
      part.plus.length === 1
        ? shownValues(part, errors)
        : shownErrors(part, model.templates.sm, model.covariance),
    )
    return {
      observables: panelsOf(observables),
      title: subject.title,
      ratio: joined((part) => shownValues(part, subject.spectrum)).map((value, b) => value / sm[b]),
      sigma: sm.map((value, b) => noise[b] / value),
      band: name,
      judgement: smJudgement(model, subject),
    }
  }, [model, measurement, subject])
  const figure = useMemo(() => ratioFigure({ ...input, theme }), [input, theme])
  const rows = useMemo((): RatioRow[] => {
    let bin = 0
    return input.observables.flatMap(({ name, edges }) =>
      edges.slice(0, -1).map((low, b) => ({
        observable: observableLabels[name].text,
        low,
        high: edges[b + 1],
        ratio: input.ratio[bin],
        sigma: input.sigma[bin++],
      })),
    )
  }, [input])
  const summary = ratioSummary(input)

  return (
    <Panel title="Subject" badges={<EftBadges order={order} qcd={open.header.manifest.qcd?.order} />}>
      <div className="stack">
        <SubjectPicker open={open} subject={subject} />
        <PointCard
          kind={subject.kind}
          title={subject.title}
          subtitle={
            subject.shape && subject.coefficients
              ? `Coefficients are those of the universe under ${shapeTitle(subject.shape)}.`
              : undefined
          }
          coefficients={
            subject.coefficients
              ? operators.map(({ name }, i) => ({
                  name,
                  value: subject.coefficients?.[i] ?? 0,
                  halfWidth: model.prior.halfWidth[i],
                }))
              : undefined
          }
          distanceToSm={
            subject.kind === 'universe' && subject.universe !== undefined && !subject.noisy && !subject.shape
              ? shape.distance[subject.universe]
              : Math.hypot(...subject.whitened)
          }
          noise={subject.noisy ? Math.sqrt(subject.whitened.length - subject.absorbed) : undefined}
          latent={Array.from(subject.latent)}
        />
        <FigureFrame
          summary={summary}
          fileName="subject"
          table={{
            caption: `${subject.title} over the Standard Model`,
            columns: [
              { key: 'observable', label: 'observable', value: (row) => row.observable },
              { key: 'low', label: 'from', unit: 'GeV', value: (row) => row.low },
              { key: 'high', label: 'to', unit: 'GeV', value: (row) => row.high },
              { key: 'ratio', label: 'ratio to the SM', value: (row) => row.ratio },
              { key: 'sigma', label: `relative ${input.band}`, value: (row) => row.sigma },
            ],
            rows,
          }}
        >
          <PlotlyFigure figure={figure} height={200} alt={summary} />
        </FigureFrame>
        {subject.kind === 'live' && (
          <details className="subject-sliders">
            <summary>Move the coefficients</summary>
            <WilsonSliders
              values={coefficientArray(coefficients)}
              halfWidths={model.prior.halfWidth}
              order={order}
              onInput={(index, value) => actions.setCoefficient(operatorNames[index], value)}
              onCommit={() => actions.settle()}
              onOrderChange={(next) => actions.change({ order: next })}
              onResetAll={() => actions.setCoefficients(new Float64Array(operatorNames.length))}
            />
          </details>
        )}
      </div>
    </Panel>
  )
}
