import { useEffect } from 'react'
import { download } from '../../../../ui/common/download.ts'
import { useDrawnByClass } from '../../../../ui/map/drawn-by-class.ts'
import { TrainingPanel } from '../../../../ui/training/TrainingPanel.tsx'
import { classNames, type Blobs } from '../analysis/draw-blobs.ts'
import { blobsTraining } from '../default-intent.ts'
import { useBlobs, useBlobsState, viewOf } from './context.tsx'

/** An encoder of the points, trained in the page. */
export const TrainView = viewOf((state) => state.points, 'Map as it learns', OpenTrain)

function OpenTrain({ kind }: Blobs) {
  const { context, training } = useBlobs()
  const { key, status } = useBlobsState((state) => state.points)
  const drawn = useDrawnByClass(classNames, kind)
  useEffect(() => void training.lookForCheckpoint(), [training, key, status])
  return (
    <TrainingPanel
      {...{ ...drawn, store: context.store, session: training, ready: status === 'ready' }}
      planned={blobsTraining}
      collapse="All points on one place."
      onFocus={(focus) => context.change({ focus })}
      onExport={(file, format) => download(file, `blobs-loss.${format}`)}
    />
  )
}
