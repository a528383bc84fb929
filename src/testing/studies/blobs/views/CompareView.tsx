import { useMemo } from 'react'
import { download } from '../../../../ui/common/download.ts'
import { useProduct } from '../../../../ui/common/use-product.ts'
import { CompareMaps } from '../../../../ui/compare/CompareMaps.tsx'
import { useDrawnByClass } from '../../../../ui/map/drawn-by-class.ts'
import { pointsAt } from '../../../../ui/map/points-at.ts'
import { selectionMask } from '../../../../ui/map/point-selection.ts'
import { shownMoment } from '../../../../ui/training/LiveMap.tsx'
import { classNames, type Blobs } from '../analysis/draw-blobs.ts'
import { blobsDefaults } from '../default-intent.ts'
import { useBlobs, useBlobsState, viewOf } from './context.tsx'

/** Principal axes, two of the coordinates, and what a training made of the points. */
export const CompareView = viewOf((state) => state.points, 'Maps side by side', OpenCompare)

function OpenCompare({ count, xy, values, kind }: Blobs) {
  const { context, compared, compare } = useBlobs()
  const { points, intent, training, compared: now } = useBlobsState((state) => state)
  const { selection, focus, neighbours, compare: settings } = intent
  const moment = training.previewItems.length === count ? shownMoment(training) : undefined
  const trained = moment?.latent
  const learned = settings.maps.includes('trained') && moment && [training.key, moment.step]
  const { result, retry } = useProduct(compared, now, {
    key: JSON.stringify([points.key, settings.maps, neighbours, learned]),
    label: 'Laying maps side by side',
    make: compare({ ids: settings.maps, count, values, xy, trained, neighbours }),
  })
  const selected = useMemo(() => selectionMask(pointsAt(xy), selection), [xy, selection])
  const drawn = useDrawnByClass(classNames, kind)
  const known = [...blobsDefaults.compare.maps, ...(trained ? ['trained'] : [])]
  return (
    <CompareMaps
      {...{ ...drawn, settings, selected, focus, neighbours, answer: result, onRetry: retry }}
      choices={known.map((id) => ({ id, label: id }))}
      onSettings={(patch, key) => context.change({ compare: { ...settings, ...patch } }, key)}
      onSelected={(ids) => context.change({ selection: ids && { kind: 'points', ids } })}
      onFocus={(point) => context.change({ focus: point })}
      onNeighbours={(k) => context.change({ neighbours: k })}
      onExportCsv={(csv) => download(csv, 'blobs-compared.csv')}
    />
  )
}
