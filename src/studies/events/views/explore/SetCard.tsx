import { useMemo } from 'react'
import { DataTable, type Column } from '../../../../ui/common/DataTable.tsx'
import { formatNumber } from '../../../../ui/common/format.ts'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import { eventFeatureNames, featuresPerEvent } from '../../analysis/features/event-features.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { eventsOfSet } from '../../state/shown-sets.ts'
import { EventGlyphs } from '../common/EventGlyphs.tsx'
import type { ModelMark } from '../model-marks.ts'
import { unitText } from '../feature-words.ts'

interface SetCardProps {
  map: EventsMap
  set: number
  mark: ModelMark
}

/** The events of one dot. */
export function SetCard({ map, set, mark }: SetCardProps) {
  const events = useMemo(() => eventsOfSet(map, set), [map, set])
  const { perSet, latent, dimensions } = map
  const mean = (k: number) => {
    let sum = 0
    for (let e = 0; e < perSet; e++) sum += events[e * featuresPerEvent + k]
    return sum / perSet
  }
  const place = latent.subarray(set * dimensions, (set + 1) * dimensions)
  return (
    <article className="stack" aria-label={`Set ${set}`}>
      <div className="card-title">
        <span className="swatch" style={{ background: mark.colour }} aria-hidden="true" />
        <h3>{mark.label}</h3>
        <span className="soft small">
          set {set} of {perSet} events, at ({Array.from(place, (z) => formatNumber(z)).join(', ')})
        </span>
      </div>
      <EventGlyphs events={events} />
      <p className="small soft">
        Across the beams, MET upwards (dashed); lines are the four hardest jets, as long as ln{' '}
        <Typeset text="p_T" />, thick ones central.
      </p>
      <dl className="facts small">
        {eventFeatureNames.slice(0, 5).map(({ id, label, unit }, k) => (
          <div key={id} className="fact">
            <dt>mean {label}</dt>
            <dd>
              {formatNumber(mean(k))} {unit}
            </dd>
          </div>
        ))}
      </dl>
      <details className="small">
        <summary>All numbers of its events</summary>
        <DataTable
          caption={`Events of set ${set}`}
          rows={Array.from({ length: perSet }, (_, e) => e)}
          rowKey={(e) => e}
          columns={[
            { key: 'event', label: 'event', value: (e) => map.places[set * perSet + e] },
            ...eventFeatureNames.map(({ id, label, unit }, k): Column<number> => ({
              ...{ key: id, label, unit: unitText(unit) },
              value: (e) => events[e * featuresPerEvent + k],
            })),
          ]}
        />
      </details>
    </article>
  )
}
