import { formatNumber } from '../../../ui/common/format.ts'
import { MiniSpectrum } from '../../../ui/plots/MiniSpectrum.tsx'
import type { MapEvents } from '../analysis/map/map-events.ts'
import { topClasses } from '../datasets.ts'
import { classMeans, objectPts } from './class-means.ts'
import { numbersOf } from './event-words.ts'

interface HoverEventProps {
  events: MapEvents
  event: number
  colour: string
  /** "5 of 15"; left out while it is not counted. */
  kept?: string
}

/** The card of an event: its numbers, and its objects beside the mean of its class. */
export function HoverEvent({ events, event, colour, kept }: HoverEventProps) {
  const { njet, nb, nlep, met } = numbersOf(events, event)
  const own = events.labels[event]
  const { pt, middle } = classMeans(events)
  const { components, componentCount: d } = events
  const away = Math.hypot(
    ...Array.from({ length: d }, (_, k) => components[event * d + k] - middle[own * d + k]),
  )
  const pts = objectPts(events, event)
  return (
    <>
      <div className="card-title">
        <span className="swatch" style={{ background: colour }} aria-hidden="true" />
        <h3>
          Event {event}, {topClasses[own].label}
        </h3>
      </div>
      <dl className="hover-card-facts">
        <dt>jets, b-jets, leptons</dt>
        <dd>
          {njet}, {nb}, {nlep}
        </dd>
        <dt>MET</dt>
        <dd>{formatNumber(met)} GeV</dd>
        <dt>distance to the middle of its class</dt>
        <dd>{formatNumber(away)}</dd>
        {kept && (
          <>
            <dt>neighbours kept</dt>
            <dd>{kept}</dd>
          </>
        )}
      </dl>
      <MiniSpectrum
        edges={Float64Array.from({ length: pts.length + 1 }, (_, slot) => slot)}
        values={pts}
        reference={pt.subarray(own * pts.length, (own + 1) * pts.length)}
        colour={colour}
        title="pT of its b-jets, jets and leptons, slot by slot"
        ratioTitle="over the mean of its class"
      />
    </>
  )
}
