import { useMemo, useState } from 'react'
import { scoreSpectrum } from '../../../analysis/drell-yan/anomaly/spectrum-scores.ts'
import { observableRange, type ObservableBins } from '../../../physics/drell-yan/spectrum-templates.ts'
import { useApp, useAppState } from '../../app-context.tsx'
import { FigureFrame } from '../../common/FigureFrame.tsx'
import { formatEdge, formatNumber } from '../../common/format.ts'
import { ErrorState } from '../../common/Panel.tsx'
import { Progress } from '../../common/Progress.tsx'
import { Segmented } from '../../common/Segmented.tsx'
import { ObservableSymbol } from '../../spectra/ObservableSymbol.tsx'
import { observableLabels } from '../../spectra/spectrum-input.ts'
import type { InterpretTabProps } from '../InterpretView.tsx'
import { beginningSentence, inSentence } from '../subject-words.ts'
import './anomaly.css'
import { drawnSpectrum, firstShape, isExact, localErrors, residualPulls, shapeOf } from './drawn-spectrum.ts'
import { EvaluationPanel } from './EvaluationPanel.tsx'
import { foldVerdict } from './fold-text.ts'
import { FoldMap } from './FoldMap.tsx'
import { ScoresTable } from './ScoresTable.tsx'
import { ShapeControls } from './ShapeControls.tsx'
import { ShapePlot } from './ShapePlot.tsx'
import { useDrawnShape } from './use-drawn-shape.ts'
import { useScoreContext } from './use-known-universes.ts'

/** Is the spectrum a universe at all? Draw a resonance on it and see who notices. */
export function AnomalyTab({ open, subject }: InterpretTabProps) {
  const { actions } = useApp()
  const order = useAppState((state) => state.intent.order)
  const observable = useAppState((state) => state.intent.observable)
  const seed = useAppState((state) => state.intent.replicaSeed)
  const [shape, draw] = useDrawnShape()
  const [noise, setNoise] = useState<'none' | 'replica'>('none')
  const { context, known, retry } = useScoreContext(open, order)
  const { model } = open.header
  const encoder = open.encoder.mlp

  const drawn = useMemo(
    () => drawnSpectrum(model, encoder, subject, shape && shapeOf(shape), noise === 'replica' ? seed : null),
    [model, encoder, subject, shape, noise, seed],
  )
  const scores = useMemo(
    () => context && scoreSpectrum(context, drawn.whitened, drawn.latent, drawn),
    [context, drawn],
  )
  const { sm, observables } = model.templates
  const bins = sm.length
  const sigma = useMemo(
    () => sm.map((value, b) => Math.sqrt(model.covariance[b * bins + b]) / value),
    [sm, model, bins],
  )
  const local = useMemo(() => localErrors(model).map((error, b) => error / sm[b]), [model, sm])
  const ratioOf = (spectrum: Float64Array) => spectrum.map((value, b) => value / sm[b])
  const subjectRatio = useMemo(() => ratioOf(subject.spectrum), [subject]) // eslint-disable-line react-hooks/exhaustive-deps -- the SM of a dataset stands still
  const drawnRatio = useMemo(() => ratioOf(drawn.spectrum), [drawn]) // eslint-disable-line react-hooks/exhaustive-deps -- as above
  const residual = scores?.residual.residual
  const pulls = useMemo(() => (residual ? residualPulls(model, residual) : null), [model, residual])
  const chosen = observables.find(({ name }) => name === observable) ?? observables[0]
  const { start, end } = observableRange(observables, chosen.name) ?? { start: 0, end: bins }
  const verdict = scores && foldVerdict(scores, open.embedding.latentDim)
  const summary = summaryOf(
    chosen,
    pulls?.subarray(start, end) ?? null,
    `${beginningSentence(subject)}${shape ? ` with a ${shape.kind}` : ''}`,
  )
  const rows = chosen.edges.slice(0, -1).map((low, b) => ({
    low,
    high: chosen.edges[b + 1],
    subject: subjectRatio[start + b],
    drawn: drawnRatio[start + b],
    pull: pulls?.[start + b] ?? null,
  }))
  type Row = (typeof rows)[number]

  return (
    <div className="stack anomaly" data-testid="anomaly" data-p={scores?.residual.pValue}>
      <div className="anomaly-top">
        <div className="stack">
          <ShapeControls model={model} shape={shape} onDraw={draw} />
          <div className="row">
            {observables.length > 1 && (
              <Segmented
                label="Observable"
                choices={observables.map(({ name }) => ({
                  id: name,
                  label: <ObservableSymbol name={name} />,
                }))}
                value={chosen.name}
                onChange={(next) => actions.change({ observable: next })}
              />
            )}
            {isExact(subject) && (
              <Segmented
                label="Noise"
                choices={[
                  { id: 'none', label: 'No noise' },
                  { id: 'replica', label: 'One replica' },
                ]}
                value={noise}
                onChange={setNoise}
              />
            )}
          </div>
          <FigureFrame
            summary={summary}
            fileName="residual"
            legend={
              <p className="small soft">
                {chosen.name === 'mll'
                  ? 'Press on the plot to put a shape there, drag its handles.'
                  : 'Shapes are made in m_ℓℓ; here is what they do to p_T.'}{' '}
                Grey: {inSentence(subject)}. Red: what is scored, dashed before binning. Bands: noise of a
                bin, and what the other bins leave of it. Below: pulls against the best universe, each bin
                given all others.
              </p>
            }
            table={{
              caption: 'Ratio to the SM and pulls of the best universe',
              columns: [
                { key: 'low', label: 'from', unit: 'GeV', value: (row: Row) => row.low },
                { key: 'high', label: 'to', unit: 'GeV', value: (row: Row) => row.high },
                { key: 'subject', label: 'subject over SM', value: (row: Row) => row.subject },
                { key: 'drawn', label: 'scored over SM', value: (row: Row) => row.drawn },
                { key: 'pull', label: 'pull', value: (row: Row) => row.pull },
              ],
              rows,
            }}
          >
            <ShapePlot
              observable={chosen}
              start={start}
              subject={subjectRatio}
              drawn={drawnRatio}
              sigma={sigma}
              local={local}
              pulls={pulls}
              shape={shape}
              first={firstShape('resonance', model)}
              summary={summary}
              onDraw={draw}
            />
          </FigureFrame>
        </div>
        <div className="stack">
          <FoldMap open={open} subject={subject} latent={drawn.latent} fold={scores?.fold ?? null} />
          {verdict && (
            <div className={`fold-verdict fold-${verdict.tone}`} role="status" data-testid="fold">
              <strong>{verdict.title}</strong>
              <p className="small">{verdict.text}</p>
            </div>
          )}
        </div>
      </div>
      {scores ? (
        <ScoresTable
          scores={scores}
          noisy={drawn.noisy}
          calibration={context?.known.calibration.density.length ?? 0}
        />
      ) : known.status === 'failed' && known.error ? (
        <ErrorState error={known.error} onRetry={retry} />
      ) : (
        <Progress label={known.label ?? 'Drawing known spectra'} fraction={known.fraction ?? undefined} />
      )}
      <EvaluationPanel open={open} />
    </div>
  )
}

/** Pulls below this are the rounding of whitened spectra, which are float32. */
const noPull = 1e-2

/** @param pulls  [bins of the observable], null as long as no best universe is known */
function summaryOf({ name, edges }: ObservableBins, pulls: Float64Array | null, title: string): string {
  if (!pulls) return `${title}: pulls against the best universe come when known spectra have been drawn.`
  const { text } = observableLabels[name]
  let worst = 0
  pulls.forEach((pull, b) => Math.abs(pull) > Math.abs(pulls[worst]) && (worst = b))
  if (Math.abs(pulls[worst]) < noPull)
    return `${title}: some universe of the theory explains every bin of ${text}.`
  return `${title}: the best universe is furthest off at ${text} = ${formatEdge(edges[worst])}–${formatEdge(edges[worst + 1])} GeV, pull ${formatNumber(pulls[worst], 2)}.`
}
