import { useMemo } from 'react'
import { conditionalErrors, conditionalPulls, largestPValue } from '../../../analysis/agreement.ts'
import { rapidityBins, shownSpectrum } from '../../../analysis/shown-spectrum.ts'
import { scoreSpectrum } from '../../../analysis/anomaly/spectrum-scores.ts'
import type { ObservableBins } from '../../../../../physics/drell-yan/spectrum-templates.ts'
import { drawnSubject } from '../../../state/subject.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'
import { FigureFrame } from '../../../../../ui/plots/FigureFrame.tsx'
import { running } from '../../../../../core/loadable.ts'
import { AnswerState } from '../../../../../ui/common/AnswerState.tsx'
import { formatEdge, formatNumber } from '../../../../../ui/common/format.ts'
import { RecordedNote } from '../../../../../ui/common/RecordedBadge.tsx'
import { Segmented } from '../../../../../ui/common/Segmented.tsx'
import { Typeset } from '../../../../../ui/common/Typeset.tsx'
import { largestText } from '../../spectra/agreement-text.ts'
import { noiseBand } from '../../spectra/noise-band.ts'
import { RapidityField } from '../../spectra/RapidityField.tsx'
import { ObservableSymbol } from '../../spectra/ObservableSymbol.tsx'
import { observableLabels } from '../../spectra/spectrum-input.ts'
import type { InterpretTabProps } from '../InterpretView.tsx'
import { beginningSentence, inSentence } from '../subject-words.ts'
import './anomaly.css'
import { EvaluationPanel } from './EvaluationPanel.tsx'
import { foldVerdict } from './fold-text.ts'
import { FoldMap } from './FoldMap.tsx'
import { firstShape } from './first-shape.ts'
import { ScoresTable } from './ScoresTable.tsx'
import { ShapeControls } from './ShapeControls.tsx'
import { ShapePlot } from './ShapePlot.tsx'
import { useDrawnShape } from './use-drawn-shape.ts'
import { useScoreContext } from './use-known-universes.ts'

/** Is the spectrum a universe at all? Draw a resonance on it and see who notices. */
export function AnomalyTab({ open, subject }: InterpretTabProps) {
  const { actions } = useDrellYan()
  const order = useDrellYanState((state) => state.intent.order)
  const observable = useDrellYanState((state) => state.intent.observable)
  const rapidity = useDrellYanState((state) => state.intent.panels.rapidity)
  const noise = useDrellYanState((state) => state.intent.noise)
  const seed = useDrellYanState((state) => state.intent.replicaSeed)
  const [shape, draw] = useDrawnShape()
  const { context, exact, known, recorded, retry, drawAnew } = useScoreContext(open, order)
  const { header, encoder } = open
  const { universeModel: model } = header
  const { bare } = subject

  // The shape under the hand is ahead of the subject that the other tabs are asked about.
  const drawn = useMemo(
    () =>
      shape === subject.shape
        ? subject
        : drawnSubject({ header, encoder }, subject.bare, shape, noise === 'replica' ? seed : null),
    [header, encoder, subject, shape, noise, seed],
  )
  const scores = useMemo(
    () => context && scoreSpectrum(context, drawn.whitened, drawn.latent, drawn),
    [context, drawn],
  )
  const shown = useMemo(() => scores ?? exact(drawn.whitened, drawn), [scores, exact, drawn])
  const { sm, observables } = model.templates
  const freeK = header.measurement !== null
  const sigma = useMemo(
    () => noiseBand(model, freeK).errors.map((error, b) => error / sm[b]),
    [sm, model, freeK],
  )
  const local = useMemo(
    () => (freeK ? sigma : conditionalErrors(model).map((error, b) => error / sm[b])),
    [model, sm, sigma, freeK],
  )
  const subjectRatio = useMemo(() => ratioTo(sm, bare.spectrum), [sm, bare])
  const drawnRatio = useMemo(() => ratioTo(sm, drawn.spectrum), [sm, drawn])
  const { residual } = shown.residual
  const pulls = useMemo(() => conditionalPulls(model, residual), [model, residual])
  // A pull is of one bin: there is none of bins that are added up.
  const names = [...new Set(observables.map(({ name }) => name))]
  const rapidities = rapidityBins(observables)
  const inRapidity = rapidities.length === 0 ? null : Math.min(rapidity ?? 0, rapidities.length - 1)
  const name = names.find((each) => each === observable) ?? names[0]
  const { plus, edges } = shownSpectrum(observables, name, inRapidity)
  const chosen: ObservableBins = { name, edges }
  const [start] = plus
  const end = start + edges.length - 1
  const verdict = scores && foldVerdict(scores, open.embedding.latentDim)
  const summary = summaryOf(chosen, pulls.subarray(start, end), beginningSentence(drawn), drawn.noisy)
  const rows = chosen.edges.slice(0, -1).map((low, b) => ({
    low,
    high: chosen.edges[b + 1],
    subject: subjectRatio[start + b],
    drawn: drawnRatio[start + b],
    pull: pulls[start + b],
  }))
  type Row = (typeof rows)[number]

  return (
    <div className="stack anomaly" data-testid="anomaly" data-p={shown.residual.pValue}>
      <div className="anomaly-top">
        <div className="stack">
          <ShapeControls model={model} shape={shape} onDraw={draw} />
          <div className="row">
            {names.length > 1 && (
              <Segmented
                label="Observable"
                choices={names.map((id) => ({ id, label: <ObservableSymbol name={id} /> }))}
                value={chosen.name}
                onChange={(next) => actions.change({ observable: next })}
              />
            )}
            <RapidityField
              bins={rapidities}
              value={inRapidity}
              onChange={(bin) => actions.showIn({ rapidity: bin })}
            />
          </div>
          <FigureFrame
            summary={summary}
            fileName="residual"
            legend={
              <p className="small soft">
                {chosen.name !== 'ptl' ? (
                  'Press on the plot to put a shape there, drag its handles.'
                ) : (
                  <Typeset
                    text={`Shapes are made in m_ℓℓ; here is what they do to ${observableLabels[chosen.name].text}.`}
                  />
                )}{' '}
                Grey: {inSentence(bare)}. Red: what is scored, dashed before binning.{' '}
                {freeK
                  ? 'Band: what the other bins leave of a bin.'
                  : 'Bands: noise of a bin, and what the other bins leave of it.'}{' '}
                Below: pulls against the best universe, each bin given all others.
              </p>
            }
            table={{
              caption: 'Ratio to the SM and pulls of the best universe',
              columns: [
                { key: 'low', label: 'from', unit: 'GeV', value: (row: Row) => row.low },
                { key: 'high', label: 'to', unit: 'GeV', value: (row: Row) => row.high },
                { key: 'subject', label: 'subject over SM, nothing drawn', value: (row: Row) => row.subject },
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
          <FoldMap open={open} bare={bare} latent={drawn.latent} fold={scores?.fold ?? null} />
          {verdict && (
            <div className={`fold-verdict fold-${verdict.tone}`} role="status" data-testid="fold">
              <strong>{verdict.title}</strong>
              <p className="small">{verdict.text}</p>
            </div>
          )}
        </div>
      </div>
      <AnswerState
        answer={!scores && known.status === 'idle' ? running(known, 'Drawing known spectra') : known}
        onRetry={retry}
      />
      <ScoresTable
        scores={shown}
        empirical={scores?.empirical ?? null}
        noisy={drawn.noisy}
        calibration={context?.known.calibration.density.length ?? 0}
      />
      <RecordedNote recorded={recorded} label="Draw known spectra here" onRun={drawAnew} />
      <EvaluationPanel open={open} />
    </div>
  )
}

function ratioTo(sm: ArrayLike<number>, spectrum: Float64Array): Float64Array {
  return spectrum.map((value, b) => value / sm[b])
}

/** Pulls below this are the rounding of whitened spectra, which are float32. */
const noPull = 1e-2

/** @param pulls  [bins of the observable] */
function summaryOf(
  { name, edges }: ObservableBins,
  pulls: Float64Array,
  title: string,
  noisy: boolean,
): string {
  const { text } = observableLabels[name]
  let worst = 0
  pulls.forEach((pull, b) => Math.abs(pull) > Math.abs(pulls[worst]) && (worst = b))
  if (Math.abs(pulls[worst]) < noPull)
    return `${title}: some universe of the theory explains every bin of ${text}.`
  return `${title}: the best universe is furthest off at ${text} = ${formatEdge(edges[worst])}–${formatEdge(edges[worst + 1])} GeV, pull ${formatNumber(pulls[worst], 2)} given all other bins${noisy ? ` (${largestText(largestPValue(pulls[worst], pulls.length), pulls.length)})` : ''}.`
}
