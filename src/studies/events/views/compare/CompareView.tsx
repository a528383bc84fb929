import { useMemo } from 'react'
import { useProduct } from '../../../../ui/common/use-product.ts'
import { CompareMaps } from '../../../../ui/compare/CompareMaps.tsx'
import { selectionMask } from '../../../../ui/map/point-selection.ts'
import type { MapColours } from '../../../../ui/map/types.ts'
import { closedForms } from '../../analysis/compare-sets.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { setMeans, shownSets } from '../../state/shown-sets.ts'
import { useEvents, useEventsState } from '../context.tsx'
import { viewOfMap } from '../files/view-of-map.tsx'
import { marksLegend, setWords } from '../model-marks.ts'
import { exportWithProvenance } from '../provenance.ts'
import { useMarks } from '../use-marks.ts'

/** The map of the page beside closed forms, on the same sets. */
export const CompareView = viewOfMap('Maps side by side', OpenCompare)

const noneHidden: readonly string[] = []

function OpenCompare(map: EventsMap) {
  const { context, compared, compare, encoders } = useEvents()
  const own = useEventsState((state) => state.ownEncoders)
  const intent = useEventsState((state) => state.intent)
  const key = useEventsState((state) => state.map.key)
  const complete = useEventsState((state) => state.map.status === 'ready')
  const now = useEventsState((state) => state.compared)
  const { selection, focus, neighbours, compare: settings } = intent
  const { ids, models, model, places, perSet, latent, dimensions, count } = map
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the arrays of a map fill, and are then the same
  const means = useMemo(() => setMeans(map).scaled, [latent, count])
  const { result, retry } = useProduct(compared, now, {
    key: complete ? JSON.stringify([key, settings.maps, neighbours]) : null,
    label: 'Laying maps side by side',
    make: compare({
      ...{ ids: settings.maps, models, model, places, perSet, means, neighbours },
      ...{ shown: latent, dimensions },
    }),
  })
  const marks = useMarks(map)
  const selected = useMemo(() => {
    const shown = shownSets({ ids, model, latent, dimensions, count }, noneHidden)
    return selectionMask(shown, selection)
  }, [ids, model, latent, dimensions, count, selection])
  const colours = useMemo(
    (): MapColours => ({
      ...{ kind: 'class', index: model },
      palette: marks.map(({ colour }) => colour),
      shapes: marks.map(({ shape }) => shape),
    }),
    [model, marks],
  )
  const legend = useMemo(() => marksLegend(marks), [marks])
  const words = useMemo(() => setWords(marks, (set) => model[set]), [marks, model])
  const choices = [
    { id: 'shown', label: `the map of the page (${map.encoder.title})` },
    ...Object.entries(closedForms).map(([id, label]) => ({ id, label })),
    ...encoders.map(({ id }) => ({ id, label: id })),
    ...own.map(({ id, card }) => ({ id, label: `${id}, on ${card.dataset.id}` })),
  ]
  return (
    <CompareMaps
      {...{ colours, legend, words, settings, selected, focus, neighbours, choices }}
      answer={result}
      failures={result.value?.failures}
      onRetry={retry}
      onSettings={(patch, name) => context.change({ compare: { ...settings, ...patch } }, name)}
      onSelected={(rows) => context.change({ selection: rows && { kind: 'points', ids: rows } })}
      onFocus={(point) => context.change({ focus: point })}
      onNeighbours={(k) => context.change({ neighbours: k })}
      onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'compared')}
    />
  )
}
