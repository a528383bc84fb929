import { useDrawnByClass } from '../../../../ui/map/drawn-by-class.ts'
import { PointExplorer } from '../../../../ui/map/PointExplorer.tsx'
import { axisNames, classNames, type Blobs } from '../analysis/draw-blobs.ts'
import { useBlobs, useBlobsState, viewOf } from './context.tsx'

/** The map of all points, with the neighbours of one and a table of those that are selected. */
export const ExploreView = viewOf((state) => state.points, 'Map of blobs', OpenExplore)

function OpenExplore({ xy, values, kind }: Blobs) {
  const { context } = useBlobs()
  const intent = useBlobsState((state) => state.intent)
  const drawn = useDrawnByClass(classNames, kind)
  const title = 'Map of blobs'
  return (
    <PointExplorer {...{ title, xy, values, names: axisNames, intent, onChange: context.change, ...drawn }} />
  )
}
