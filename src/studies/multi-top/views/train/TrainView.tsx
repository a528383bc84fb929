import { useEffect, useMemo } from 'react'
import { NotSavedBadge } from '../../../../ui/common/NotSavedBadge.tsx'
import { RecordedBadge } from '../../../../ui/common/RecordedBadge.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { useDrawnByClass } from '../../../../ui/map/drawn-by-class.ts'
import { LiveMap, shownMoment } from '../../../../ui/training/LiveMap.tsx'
import { TrainingControls } from '../../../../ui/training/TrainingControls.tsx'
import '../../../../ui/training/training.css'
import { useSampledTraining } from '../../../../ui/training/use-sampled-training.ts'
import type { MapEvents } from '../../analysis/map/map-events.ts'
import { stepsOf } from '../../analysis/training/training-settings.ts'
import { topClasses } from '../../datasets.ts'
import type { TransformerRun } from '../../state/transformer-run.ts'
import { trainingKey } from '../../state/transformer-setup.ts'
import { recordedLosses } from '../../state/recorded-losses.ts'
import { useMultiTop, useMultiTopState, viewOf } from '../context.tsx'
import { OwnModelsPanel } from './OwnModelsPanel.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'
import { TwoLossesPanel } from './TwoLossesPanel.tsx'

/** A transformer, trained or fine-tuned in the page. */
export const TrainView = viewOf((state) => state.events, 'Learned space as it forms', OpenTrain)

const classNames = topClasses.map(({ label }) => label)

function OpenTrain(events: MapEvents) {
  const { context, training, isDurable } = useMultiTop()
  const { store } = context
  const { run, wallMsPerStep } = useSampledTraining<TransformerRun>(store)
  const intent = useMultiTopState((state) => state.intent)
  const ownLosses = useMultiTopState((state) => state.losses)
  const { recorded } = run
  const losses = useMemo(
    () => (recorded ? recordedLosses(recorded.key, recorded.beside) : ownLosses),
    [recorded, ownLosses],
  )
  const opened = useMultiTopState((state) => state.events.status)
  const transformer = useMultiTopState((state) => state.transformer.status)
  const { training: settings, model, seed } = intent
  const key = trainingKey(settings, model, seed)
  useEffect(() => void training.lookForCheckpoint(), [training, opened, transformer, key])
  const moment = shownMoment(run)
  const { components, componentCount, labels, events: count } = events
  const whole = useMemo(() => Int32Array.from({ length: count }, (_, event) => event), [count])
  const items = moment ? run.previewItems : whole
  const before = useMemo(
    () =>
      Float32Array.from({ length: 2 * count }, (_, at) => components[(at >> 1) * componentCount + (at & 1)]),
    [components, componentCount, count],
  )
  const kinds = useMemo(() => Uint8Array.from(items, (event) => labels[event]), [items, labels])
  const drawn = useDrawnByClass(classNames, kinds)
  const asked = stepsOf(settings)
  return (
    <div className="train" data-testid="multi-top-train" data-status={run.status} data-step={run.step}>
      <PanelBoundary title="Learned space as it forms">
        <Panel
          title="Learned space as it forms"
          className="map-host"
          badges={
            <>
              <RecordedBadge recorded={recorded} />
              <NotSavedBadge durable={isDurable()} />
            </>
          }
        >
          <TrainingControls
            {...{ run, wallMsPerStep, session: training, asked, current: run.key === key }}
            ready={opened === 'ready' && transformer === 'ready'}
            untrained="Not trained yet."
            gentler={() =>
              context.change({ training: { ...settings, learningRate: settings.learningRate / 10 } })
            }
            use={(step) => <KeepButton step={step} />}
          />
          <LiveMap
            {...{ run, items, latent: moment?.latent ?? before, marked: { focus: intent.focus } }}
            {...{ colours: drawn.colours, legend: drawn.legend, noun: 'event' }}
            before="before any training: components of the input"
            note={
              moment
                ? 'events of the map, along the two leading components of what the last block makes of them'
                : 'after each epoch the events are drawn as the transformer sees them'
            }
            onPick={(event) => context.change({ focus: event })}
            onClear={() => context.change({ focus: null })}
          />
        </Panel>
      </PanelBoundary>
      <div className="train-side">
        <PanelBoundary title="Settings">
          <SettingsPanel />
        </PanelBoundary>
        <PanelBoundary title="Losses">
          <TwoLossesPanel losses={losses} epochs={run.about?.settings.epochs ?? settings.epochs} />
        </PanelBoundary>
        <PanelBoundary title="Transformers of one's own">
          <OwnModelsPanel />
        </PanelBoundary>
      </div>
    </div>
  )
}

function KeepButton({ step }: { step: number }) {
  const { keepTrained } = useMultiTop()
  const written = useMultiTopState((state) => state.written)
  const busy = written.status === 'running'
  return (
    <button
      type="button"
      className="button"
      disabled={busy}
      title={`The transformer of step ${step}, measured on test events, in Explore, Interpret and Compare`}
      onClick={() => void keepTrained()}
    >
      {busy ? 'Measuring it' : 'Keep and show everywhere'}
    </button>
  )
}
