import { useMemo, type ReactNode } from 'react'
import { lostNeighbours, trueNeighbours, type KeptNeighbours } from '../../../numerics/kept-neighbours.ts'
import type { ColourLegend } from '../../../ui/map/MapLegend.tsx'
import type { MapColours } from '../../../ui/map/types.ts'
import { keptSentence, type KeptWords } from '../../../ui/map/kept-words.ts'
import { TourPanel } from '../../../ui/map/tour/TourPanel.tsx'
import type { MapEvents } from '../analysis/map/map-events.ts'
import { useMultiTop, useMultiTopState } from './context.tsx'
import { eventWords } from './event-words.ts'
import { tourAxes } from './tour-axes.ts'

interface TourEventsProps {
  events: MapEvents
  /** [events, tourAxes] */
  values: Float32Array
  drawn: { colours: MapColours; legend: ColourLegend }
  kept: KeptNeighbours | null
  words: KeptWords
  focus: number | null
  selected: Uint8Array | null
  /** "input space, 6 of 20 components" */
  corner: string
  card: (event: number) => ReactNode
}

/** Events in the leading components of a space, turned through planes. */
export function TourEvents(props: TourEventsProps) {
  const { events, values, drawn, kept, words, focus, selected, corner, card } = props
  const { context } = useMultiTop()
  const plane = useMultiTopState((state) => state.intent.tour?.plane ?? null)
  const marks = useMemo(() => {
    const at = (event: number) => values.subarray(event * tourAxes, (event + 1) * tourAxes)
    if (focus === null || !kept) return { kept: [], lost: [] }
    const lost = lostNeighbours(kept, 0, focus)
    const truth = trueNeighbours(kept, focus)
    return {
      focus: { at: at(focus), label: `Event ${focus}` },
      kept: truth.filter((event) => !lost.includes(event)).map(at),
      lost: lost.map(at),
    }
  }, [values, kept, focus])
  return (
    <TourPanel
      {...{ values, marks, selected, card, corner, plane, dimensions: tourAxes, count: events.events }}
      colours={drawn.colours}
      legend={drawn.legend}
      onPlane={(next) => context.change({ tour: { plane: next } }, 'tour')}
      onPick={(event) => {
        if (event !== null) context.change({ focus: event })
      }}
      describeRow={(event) => eventWords(events, event)}
      markWords={{
        focus: 'picked event',
        neighbours: 'events most alike that the first two components keep near',
        lost: 'events most alike that these lose',
      }}
      note={kept && `; ${keptSentence(kept, words)}`}
      onLeave={() => context.change({ tour: null })}
    />
  )
}
