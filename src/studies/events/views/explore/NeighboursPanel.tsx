import { formatEdge } from '../../../../ui/common/format.ts'
import { useMemo } from 'react'
import { NeighbourList } from '../../../../ui/map/NeighbourList.tsx'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import type { EventsIntent } from '../../intent.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { setNeighbours } from '../../state/set-neighbours.ts'
import type { SetMeans } from '../../state/shown-sets.ts'
import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'

const spaces: { id: EventsIntent['neighbourSpace']; label: string; name: string; metric: string }[] = [
  { id: 'latent', label: 'Map', name: 'latent space', metric: 'Euclidean' },
  { id: 'features', label: 'Features', name: 'the space of mean scaled features', metric: 'Euclidean' },
  { id: 'models', label: 'Models', name: 'the middles of models on the map', metric: 'Euclidean' },
]

interface NeighboursProps {
  map: EventsMap
  means: SetMeans
  marks: readonly ModelMark[]
  set: number
  onHover: (set: number | undefined) => void
}

/** What lies near a set: other sets on the map or by their features, or other models. */
export function NeighboursPanel({ map, means, marks, set, onHover }: NeighboursProps) {
  const { context } = useEvents()
  const space = useEventsState((state) => state.intent.neighbourSpace)
  const k = useEventsState((state) => state.intent.neighbours)
  const found = useMemo(() => setNeighbours(map, means, set, space, k), [map, means, set, space, k])
  const ofModel = space === 'models'
  return (
    <div className="stack">
      <NumberField
        {...{
          format: formatEdge,
          label: 'Neighbours listed',
          value: k,
          min: 1,
          max: 100,
          integer: true,
          step: 1,
        }}
        onCommit={(neighbours) => context.change({ neighbours })}
      />
      <NeighbourList
        {...{
          spaces,
          space,
          searched: found.searched,
          noun: ofModel ? 'model' : 'set',
          current: set,
          onHover,
        }}
        onSpaceChange={(neighbourSpace) => context.change({ neighbourSpace })}
        overlaps={found.shared.map(({ space: other, count }) => ({ space: other, shared: count }))}
        neighbours={found.rows.map((row) => {
          const mark = marks[map.model[row.set]]
          const label = ofModel ? mark.label : `${mark.label}, set ${row.set}`
          return { id: row.set, label, distance: row.distance, colour: mark.colour }
        })}
        onSelect={(focus) => context.change({ focus })}
      />
    </div>
  )
}
