import { useEffect, useMemo } from 'react'
import type { MapColours } from '../../../../ui/map/types.ts'
import { TrainingPanel } from '../../../../ui/training/TrainingPanel.tsx'
import type { EventsMap } from '../../state/events-state.ts'
import { trainedId } from '../../state/trained-encoder.ts'
import { trainingConfig } from '../../state/training-setup.ts'
import { useEvents, useEventsState } from '../context.tsx'
import { viewOfMap } from '../files/view-of-map.tsx'
import { marksLegend, setWords } from '../model-marks.ts'
import { exportWithProvenance } from '../provenance.ts'
import { useMarks } from '../use-marks.ts'
import { SettingsPanel } from './SettingsPanel.tsx'
import './train.css'

/** An encoder of sets of events, trained in the page. */
export const TrainView = viewOfMap('Map as it learns', OpenTrain)

function OpenTrain(map: EventsMap) {
  const { context, training, useTrained } = useEvents()
  const { intent, map: opened } = useEventsState((state) => state)
  const items = useEventsState((state) => state.training.previewItems)
  const finished = useEventsState((state) => state.training.outcome !== null)
  const settings = JSON.stringify(intent.training)
  useEffect(() => void training.lookForCheckpoint(), [training, opened.status, opened.key, settings])
  const marks = useMarks(map)
  const { model, ids, perSet } = map
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
  return (
    <div className="events-train">
      <SettingsPanel />
      <TrainingPanel
        {...{ store: context.store, session: training, colours, legend, words }}
        ready={opened.status === 'ready'}
        planned={trainingConfig(intent.training, ids.length, perSet)}
        collapse="All sets lie on one place or one line of the map: the other axis tells nothing yet."
        onFocus={(focus) => context.change({ focus })}
        onExport={(file, format) => exportWithProvenance(context, file, format, 'loss')}
      >
        {finished && (
          <div className="row events-train-use">
            <button type="button" className="button button-primary" onClick={useTrained}>
              {intent.model === trainedId ? 'It is on the map' : 'Put it on the map'}
            </button>
          </div>
        )}
      </TrainingPanel>
    </div>
  )
}
