import { useMemo } from 'react'
import { operatorNames, operators } from '../../physics/smeft/operators.ts'
import { coefficientArray } from '../../state/actions.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import type { Subject } from '../../state/subject.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { EftBadges } from '../common/Badge.tsx'
import { FigureFrame } from '../common/FigureFrame.tsx'
import { Panel } from '../common/Panel.tsx'
import { PlotlyFigure } from '../common/PlotlyFigure.tsx'
import { PointCard } from '../common/PointCard.tsx'
import { useFigureTheme } from '../common/use-figure-theme.ts'
import { WilsonSliders } from '../sliders/WilsonSliders.tsx'
import { observableLabels } from '../spectra/spectrum-input.ts'
import { ratioFigure, ratioSummary } from './subject-figure.ts'
import { SubjectPicker, type SubjectChoice } from './SubjectPicker.tsx'

interface SubjectPanelProps {
  open: OpenDataset
  subject: Subject
  choice: SubjectChoice
  onChoice: (choice: SubjectChoice) => void
}

interface RatioRow {
  observable: string
  low: number
  high: number
  ratio: number
  sigma: number
}

/** What is being interpreted: chosen here, with its coefficients where they are known and its ratio to the SM. */
export function SubjectPanel({ open, subject, choice, onChoice }: SubjectPanelProps) {
  const { actions } = useApp()
  const order = useAppState((state) => state.intent.order)
  const coefficients = useAppState((state) => state.intent.coefficients)
  const theme = useFigureTheme()
  const { model, shape } = open.header
  const input = useMemo(() => {
    const { sm, observables } = model.templates
    const bins = sm.length
    return {
      observables,
      title: subject.title,
      ratio: subject.spectrum.map((value, b) => value / sm[b]),
      sigma: sm.map((value, b) => Math.sqrt(model.covariance[b * bins + b]) / value),
    }
  }, [model, subject])
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
    <Panel title="Subject" badges={<EftBadges order={order} />}>
      <div className="stack">
        <SubjectPicker open={open} subject={subject} choice={choice} onChoice={onChoice} />
        <PointCard
          kind={subject.kind}
          title={subject.title}
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
            subject.kind === 'universe' && subject.universe !== undefined
              ? shape.distance[subject.universe]
              : Math.hypot(...subject.whitened)
          }
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
              { key: 'sigma', label: 'relative noise', value: (row) => row.sigma },
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
