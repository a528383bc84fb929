import { useEffect, useState } from 'react'
import type { LoadedEncoder } from '../../analysis/job-map.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import { useAppState } from '../app-context.tsx'
import { Badge, EftBadges } from '../common/Badge.tsx'
import { DatasetGate } from '../common/DatasetGate.tsx'
import { Panel } from '../common/Panel.tsx'
import { PanelBoundary } from '../common/PanelBoundary.tsx'
import { Tabs } from '../common/Tabs.tsx'
import { BackendPanel } from './BackendPanel.tsx'
import { LimitsPanel } from './LimitsPanel.tsx'
import { LiveMap } from './LiveMap.tsx'
import { LossPanel } from './LossPanel.tsx'
import { ModelCardView } from './ModelCardView.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'
import { TrainControls } from './TrainControls.tsx'
import { useTraining, useTrainingActions } from './use-training.ts'
import '../explore/explore.css'
import './train.css'

/** Train an encoder in the page and watch its map form. */
export function TrainView() {
  return <DatasetGate title="Train" View={OpenTrain} />
}

type Tab = 'limits' | 'backends' | 'card'

const tabs: { id: Tab; label: string }[] = [
  { id: 'limits', label: 'Beside the limit' },
  { id: 'backends', label: 'Engines' },
  { id: 'card', label: 'Model card' },
]

function OpenTrain({ open }: { open: OpenDataset }) {
  const training = useTrainingActions()
  const sampled = useTraining()
  const order = useAppState((state) => state.intent.order)
  const settings = useAppState((state) => state.intent.training)
  const [tab, setTab] = useState<Tab>('limits')
  const { run } = sampled
  const { manifestHash, manifest, model } = open.header
  const locked = run.status === 'running' || run.status === 'paused'
  const elsewhere = run.about && run.about.manifestHash !== manifestHash ? run.about : null

  useEffect(() => {
    void training.lookForCheckpoint()
  }, [training, manifestHash, order, settings])

  return (
    <div className="train">
      <PanelBoundary title="Map as it learns">
        <Panel
          title="Map as it learns"
          className="map-host"
          badges={
            <>
              <EftBadges order={run.about?.order ?? order} />
              {!training.durable && (
                <Badge
                  tone="warn"
                  title="This browser keeps nothing for the page: private window or blocked storage"
                >
                  not saved
                </Badge>
              )}
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
            <LiveMap open={open} run={run} />
          )}
        </Panel>
      </PanelBoundary>
      <div className="train-side">
        <PanelBoundary title="Settings">
          <SettingsPanel
            bins={model.templates.sm.length}
            locked={locked}
            diverged={run.status === 'failed' && run.error?.code === 'ml/diverged'}
          />
        </PanelBoundary>
        <PanelBoundary title="Loss">
          <LossPanel />
        </PanelBoundary>
        <PanelBoundary title="Encoder">
          <section className="panel" aria-label="Encoder">
            <div className="panel-body">
              <Tabs label="Encoder" items={tabs} selected={tab} onSelect={setTab}>
                {tab === 'limits' && <LimitsPanel open={open} run={run} />}
                {tab === 'backends' && <BackendPanel locked={locked} />}
                {tab === 'card' && <EncoderCard encoder={open.encoder} />}
              </Tabs>
            </div>
          </section>
        </PanelBoundary>
      </div>
    </div>
  )
}

function EncoderCard({ encoder }: { encoder: LoadedEncoder }) {
  if (encoder.card) return <ModelCardView card={encoder.card} />
  return (
    <p>
      {encoder.id} has no card: it is the closed-form linear map, the first two principal axes of the whitened
      universes, with nothing learned.
    </p>
  )
}
