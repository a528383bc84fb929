import { useMemo } from 'react'
import { formatNumber } from '../../../../ui/common/format.ts'
import { MiniSpectrum } from '../../../../ui/plots/MiniSpectrum.tsx'
import { eventFeatureNames, featuresPerEvent } from '../../analysis/features/event-features.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { comparedSpectra } from '../../state/feature-spectrum.ts'
import { modelCentres } from '../../state/set-neighbours.ts'
import { comparedModels } from '../../state/shown-models.ts'
import type { SetMeans } from '../../state/shown-sets.ts'
import { useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'

interface HoverSetProps {
  map: EventsMap
  means: SetMeans
  marks: readonly ModelMark[]
  /** Of the map, not of a live model or a file. */
  set: number
  /** "5 of 15"; left out while it is not counted. */
  kept?: string
}

/** Means of a set that its card tells. */
const told = ['met', 'ht', 'njet', 'nb']

/** The card of a set: its model, its means, and what its model does to the feature that is drawn. */
export function HoverSet({ map, means, marks, set, kept }: HoverSetProps) {
  const intent = useEventsState((state) => state.intent)
  const own = map.model[set]
  const { reference } = comparedModels(map, intent)
  const feature = Math.max(
    0,
    eventFeatureNames.findIndex(({ id }) => id === intent.feature),
  )
  const spectra = useMemo(() => {
    const [one, other] = [map.models.at(own), map.models.at(reference)]
    return one && other ? comparedSpectra(one, other, feature) : null
  }, [map.models, own, reference, feature])
  const centres = useMemo(() => modelCentres(map), [map])
  const { dimensions: d } = map
  const away = Math.hypot(
    ...Array.from({ length: d }, (_, k) => map.latent[set * d + k] - centres[reference * d + k]),
  )
  const { label, unit } = eventFeatureNames[feature]
  return (
    <>
      <div className="card-title">
        <span className="swatch" style={{ background: marks[own].colour }} aria-hidden="true" />
        <h3>{marks[own].label}</h3>
      </div>
      <p>
        Set {set} of {map.perSet} events
      </p>
      <dl className="hover-card-facts">
        {eventFeatureNames.map(
          (each, k) =>
            told.includes(each.id) && (
              <div key={each.id} style={{ display: 'contents' }}>
                <dt>mean {each.label}</dt>
                <dd>
                  {formatNumber(means.raw[set * featuresPerEvent + k])} {each.unit}
                </dd>
              </div>
            ),
        )}
        <dt>distance to the middle of {marks[reference].label}</dt>
        <dd>{formatNumber(away)}</dd>
        {kept && (
          <>
            <dt>neighbours kept</dt>
            <dd>{kept}</dd>
          </>
        )}
      </dl>
      {spectra && (
        <MiniSpectrum
          edges={spectra.edges}
          values={spectra.focused.share}
          reference={spectra.reference.share}
          colour={marks[own].colour}
          title={`${label} of its model${unit ? ` [${unit}]` : ''}, to ${formatNumber(spectra.edges[spectra.edges.length - 1], 4)}`}
          ratioTitle={`ratio to ${marks[reference].label}`}
        />
      )}
    </>
  )
}
