import { useEffect } from 'react'
import type { LoadedEncoder } from '../../analysis/dataset-types.ts'
import { isExact, type EncoderTraining, type OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { EftBadges } from '../../../../ui/common/Badge.tsx'
import { DatasetGate } from '../common/DatasetGate.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { RecordedBadge } from '../../../../ui/common/RecordedBadge.tsx'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { NotSavedBadge } from '../../../../ui/common/NotSavedBadge.tsx'
import { EncoderTabs } from '../../../../ui/training/EncoderTabs.tsx'
import { ModelCardView } from '../../../../ui/training/ModelCardView.tsx'
import { useSampledTraining } from '../../../../ui/training/use-sampled-training.ts'
import { EncoderMap } from './EncoderMap.tsx'
import { LimitsPart } from './LimitsPart.tsx'
import { LossPart } from './LossPart.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'
import { TrainControls } from './TrainControls.tsx'
import { useTrainingActions } from './use-training.ts'
import '../explore/explore.css'
import '../../../../ui/training/training.css'

/** Train an encoder in the page and watch its map form. */
export function TrainView() {
  return <DatasetGate title="Train" View={OpenTrain} />
}

function OpenTrain({ open }: { open: OpenDataset }) {
  const training = useTrainingActions()
  const { store, actions } = useDrellYan()
  const sampled = useSampledTraining<EncoderTraining>(store)
  const backends = useDrellYanState((state) => state.backends)
  const order = useDrellYanState((state) => state.intent.order)
  const settings = useDrellYanState((state) => state.intent.training)
  const complete = useDrellYanState(isExact)
  const tab = useDrellYanState((state) => state.intent.panels.encoder)
  const { run } = sampled
  const { manifestHash, manifest, universeModel: model } = open.header
  const locked = run.status === 'running' || run.status === 'paused'
  const elsewhere = run.about && run.about.manifestHash !== manifestHash ? run.about : null

  useEffect(() => {
    void training.lookForCheckpoint()
    void training.recallLimits()
  }, [training, manifestHash, order, settings, complete])

  return (
    <div className="train">
      <PanelBoundary title="Map as it learns">
        <Panel
          title="Map as it learns"
          className="map-host"
          badges={
            <>
              <EftBadges order={run.about?.order ?? order} qcd={manifest.qcd?.order} />
              <RecordedBadge recorded={run.recorded} />
              <NotSavedBadge durable={training.durable} />
              <span className="small soft map-lead">
                trained on {run.about?.datasetTitle ?? manifest.title}
              </span>
            </>
          }
        >
          <TrainControls {...sampled} />
          {elsewhere ? (
            <p className="train-controls">
              This training is of {elsewhere.datasetTitle}, the page now shows {manifest.title}. Open that
              dataset again to see its map, or train anew on this one.
            </p>
          ) : (
            <EncoderMap open={open} run={run} />
          )}
        </Panel>
      </PanelBoundary>
      <div className="train-side">
        <PanelBoundary title="Settings">
          <SettingsPanel
            bins={model.templates.bins}
            locked={locked}
            diverged={run.status === 'failed' && run.error?.code === 'ml/diverged'}
          />
        </PanelBoundary>
        <PanelBoundary title="Loss">
          <LossPart />
        </PanelBoundary>
        <EncoderTabs
          {...{ backends, status: run.status, selected: tab }}
          onSelect={(encoder) => actions.showIn({ encoder })}
          onMeasure={() => void training.probe()}
          limits={() => <LimitsPart open={open} run={run} />}
          card={() => <EncoderCard encoder={open.encoder} />}
        />
      </div>
    </div>
  )
}

function EncoderCard({ encoder }: { encoder: LoadedEncoder }) {
  if (encoder.card) return <ModelCardView items="universes" card={encoder.card} />
  return (
    <p>
      {encoder.id} has no card: it is the closed-form linear map, the first two principal axes of the whitened
      universes, with nothing learned.
    </p>
  )
}
