import { useMemo } from 'react'
import { useProduct } from '../../../../ui/common/use-product.ts'
import { CompareMaps } from '../../../../ui/compare/CompareMaps.tsx'
import { useDrawnByClass } from '../../../../ui/map/drawn-by-class.ts'
import { pointsAt } from '../../../../ui/map/points-at.ts'
import { selectionMask } from '../../../../ui/map/point-selection.ts'
import type { MapEvents } from '../../analysis/map/map-events.ts'
import { shippedTransformerId } from '../../catalogue.ts'
import { topClasses } from '../../datasets.ts'
import { shownPlaces } from '../../state/shown-map.ts'
import { useMultiTop, useMultiTopState, viewOf } from '../context.tsx'
import { eventWords } from '../event-words.ts'
import { exportWithProvenance } from '../provenance.ts'

/** Events of the map in the input space and in those that transformers learned, side by side. */
export const CompareView = viewOf((state) => state.events, 'Maps side by side', OpenCompare)

const classNames = topClasses.map(({ label }) => label)

function OpenCompare(events: MapEvents) {
  const { context, compared, compare } = useMultiTop()
  const { intent, tsne, learned } = useMultiTopState((state) => state)
  const opened = useMultiTopState((state) => state.events)
  const transformer = useMultiTopState((state) => state.transformer)
  const own = useMultiTopState((state) => state.ownModels)
  const now = useMultiTopState((state) => state.compared)
  const { selection, focus, neighbours, compare: settings } = intent
  const there = opened.status === 'ready' && transformer.status === 'ready'
  const { result, retry } = useProduct(compared, now, {
    key: there ? JSON.stringify([opened.key, transformer.key, settings.maps, neighbours]) : null,
    label: 'Laying maps side by side',
    make: compare(settings.maps),
  })
  const drawn = useDrawnByClass(classNames, events.labels)
  const words = useMemo(
    () => ({
      ...drawn.words,
      ...{ one: 'event', many: 'events' },
      nameOf: (event: number) => `Event ${event}`,
      describe: (event: number) => eventWords(events, event),
    }),
    [drawn.words, events],
  )
  const selected = useMemo(() => {
    const { xy } = shownPlaces(intent, events, opened.key, tsne, learned)
    return selectionMask(pointsAt(xy), selection)
  }, [intent, events, opened.key, tsne, learned, selection])
  const choices = [
    { id: 'input', label: 'input: numbers of the events' },
    { id: 'learned', label: 'learned by the transformer chosen' },
    { id: shippedTransformerId, label: 'learned by the shipped transformer' },
    ...own.map(({ id, title }) => ({ id, label: `learned: ${title}` })),
  ]
  return (
    <CompareMaps
      {...{ colours: drawn.colours, legend: drawn.legend, words, settings, selected, neighbours, choices }}
      focus={focus !== null && focus < events.events ? focus : null}
      answer={result}
      onRetry={retry}
      onSettings={(patch, name) => context.change({ compare: { ...settings, ...patch } }, name)}
      onSelected={(rows) => context.change({ selection: rows && { kind: 'points', ids: rows } })}
      onFocus={(event) => context.change({ focus: event })}
      onNeighbours={(k) => context.change({ neighbours: k })}
      onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'compared')}
    />
  )
}
