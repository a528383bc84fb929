import { TrainedEncoderButtons } from '../../../../ui/training/TrainedEncoderButtons.tsx'
import { useEffect, useMemo } from 'react'
import { NotSavedBadge } from '../../../../ui/common/NotSavedBadge.tsx'
import { downloadModel } from '../../../../ui/common/download-model.ts'
import { RecordedBadge } from '../../../../ui/common/RecordedBadge.tsx'
import { shownTraining } from '../../../../core/training/training-run.ts'
import type { MapColours } from '../../../../ui/map/types.ts'
import { TrainingPanel } from '../../../../ui/training/TrainingPanel.tsx'
import type { EventsMap } from '../../state/events-state.ts'
import { trainingConfig } from '../../state/training-setup.ts'
import { useEvents, useEventsState } from '../context.tsx'
import { viewOfMap } from '../files/view-of-map.tsx'
import { marksLegend, setWords } from '../model-marks.ts'
import { exportWithProvenance } from '../provenance.ts'
import { useMarks } from '../use-marks.ts'
import { EncoderPanel } from './EncoderPanel.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'

/** An encoder of sets of events, trained in the page. */
export const TrainView = viewOfMap('Map as it learns', OpenTrain)

function OpenTrain(map: EventsMap) {
  const { context, training } = useEvents()
  const { intent, map: opened } = useEventsState((state) => state)
  const own = useEventsState((state) => state.training)
  const run = useMemo(() => shownTraining(own), [own])
  const preview = run.previewItems
  const settings = JSON.stringify(intent.training)
  useEffect(() => void training.lookForCheckpoint(), [training, opened.status, opened.key, settings])
  const marks = useMarks(map)
  const { model, ids, perSet, latent, dimensions, count } = map
  const pictured = run.moments.length > 0
  const items = useMemo(
    () => (pictured ? preview : Int32Array.from({ length: count }, (_, set) => set)),
    [pictured, preview, count],
  )
  const colours = useMemo(
    (): MapColours => ({
      kind: 'class',
      index: Uint8Array.from(items, (set) => model[set]),
      palette: marks.map(({ colour }) => colour),
      shapes: marks.map(({ shape }) => shape),
    }),
    [items, model, marks],
  )
  const legend = useMemo(() => marksLegend(marks), [marks])
  const words = useMemo(() => setWords(marks, (set) => model[set]), [marks, model])
  const gentler = () => {
    const learningRate = Math.max(1e-6, Number((intent.training.learningRate / 10).toPrecision(3)))
    context.change({ training: { ...intent.training, learningRate } })
  }
  const exportFiles = async () => {
    const made = await training.exportModel()
    if (made) downloadModel(made.files)
  }
  const foreign = run.about !== null && run.about.content !== map.content ? run.about : null
  return (
    <TrainingPanel
      {...{ store: context.store, session: training, colours, legend, words, gentler }}
      ready={opened.status === 'ready'}
      planned={trainingConfig(intent.training, ids.length, perSet)}
      collapse="All sets lie on one place or one line of the map: the other axis tells nothing yet."
      current={run.about !== null && JSON.stringify(run.about.settings) === settings}
      {...(foreign && {
        elsewhere: `This training is of other events (${foreign.dataset}). Open those again to see its map, or train anew on these.`,
      })}
      before={{ items, latent: latent.subarray(0, count * dimensions), title: map.encoder.title }}
      badges={
        <>
          <RecordedBadge recorded={run.recorded} />
          <NotSavedBadge durable={training.durable} />
        </>
      }
      onFocus={(focus) => context.change({ focus })}
      onExport={(file, format) => exportWithProvenance(context, file, format, 'loss')}
      use={
        foreign
          ? undefined
          : (step) => (
              <TrainedEncoderButtons step={step} onUse={() => training.useOnMap()} onExport={exportFiles} />
            )
      }
      settings={<SettingsPanel />}
    >
      <EncoderPanel map={map} run={run} />
    </TrainingPanel>
  )
}
