import { useMemo, type ReactNode } from 'react'
import { lostNeighbours, trueNeighbours, type KeptNeighbours } from '../../../../numerics/kept-neighbours.ts'
import { keptSentence } from '../../../../ui/map/kept-words.ts'
import type { ColourLegend } from '../../../../ui/map/MapLegend.tsx'
import { TourPanel } from '../../../../ui/map/tour/TourPanel.tsx'
import type { PointWords } from '../../../../ui/map/point-words.ts'
import type { MapColours } from '../../../../ui/map/types.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'
import { keptPlaces } from './use-kept-sets.ts'

interface TourSetsProps {
  map: EventsMap
  marks: readonly ModelMark[]
  legend: ColourLegend
  words: PointWords
  kept: KeptNeighbours | null
  card: (set: number) => ReactNode
}

/** Sets in the latent space of an encoder of more than two dimensions, turned through planes. */
export function TourSets({ map, marks: models, legend, words, kept, card }: TourSetsProps) {
  const { context } = useEvents()
  const { focus, tour } = useEventsState((state) => state.intent)
  const { latent, dimensions: d, count } = map
  const colours = useMemo(
    (): MapColours => ({
      kind: 'class',
      index: map.model.subarray(0, count),
      palette: models.map(({ colour }) => colour),
      shapes: models.map(({ shape }) => shape),
    }),
    [map.model, count, models],
  )
  const marks = useMemo(() => {
    const at = (set: number) => latent.subarray(set * d, (set + 1) * d)
    if (focus === null || focus >= count || !kept) return { kept: [], lost: [] }
    const lost = lostNeighbours(kept, 0, focus)
    const truth = trueNeighbours(kept, focus)
    return {
      focus: { at: at(focus), label: words.nameOf(focus) },
      kept: truth.filter((set) => !lost.includes(set)).map(at),
      lost: lost.map(at),
    }
  }, [latent, d, count, kept, focus, words])
  return (
    <TourPanel
      {...{ values: latent, count, dimensions: d, colours, legend, marks, card, selected: null }}
      plane={tour?.plane ?? null}
      onPlane={(plane) => context.change({ tour: { plane } }, 'tour')}
      onPick={(set) => {
        if (set !== null) context.change({ focus: set, cursor: null })
      }}
      describeRow={words.describe}
      markWords={{
        focus: 'picked set',
        neighbours: 'sets most alike that the plane drawn keeps near',
        lost: 'sets most alike that it loses',
      }}
      corner={`${map.encoder.id}, ${d} latent axes`}
      note={kept && `; ${keptSentence(kept, { truth: 'sets', maps: keptPlaces(map) })}`}
      onLeave={() => context.change({ tour: null })}
    />
  )
}
