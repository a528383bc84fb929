import { useCallback, useMemo } from 'react'
import { lostNeighbours, trueNeighbours, type KeptNeighbours } from '../../../../numerics/kept-neighbours.ts'
import { keptOf, keptSentence } from '../../../../ui/map/kept-words.ts'
import { TourPanel } from '../../../../ui/map/tour/TourPanel.tsx'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import type { FocusInfo } from '../../state/focus.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { HoverUniverse } from './HoverUniverse.tsx'
import { mapColours } from './map-colours.ts'
import type { MapRows } from './map-rows.ts'
import { keptPlaces, onPlane } from './use-kept.ts'
import type { MapSelection } from './use-selection.ts'

interface TourMapProps {
  open: OpenDataset
  rows: MapRows
  count: number
  selection: MapSelection | null
  focus: FocusInfo
  kept: KeptNeighbours | null
}

/** The latent space of an encoder of more than two dimensions, turned through planes. */
export function TourMap({ open, rows, count, selection, focus, kept }: TourMapProps) {
  const { actions } = useDrellYan()
  const intent = useDrellYanState((state) => state.intent)
  const shipped = useDrellYanState((state) => state.rows.latent)
  const drawn = useDrellYanState((state) => state.extra.value?.latent)
  const { embedding, header } = open
  const d = embedding.latentDim
  const values = useMemo(
    () => latentOfRows(open, rows, count, shipped, drawn),
    [open, rows, count, shipped, drawn],
  )
  const { colours, legend } = useMemo(
    () =>
      mapColours({ universe: rows.universe, count }, open, intent.colourBy, {
        ...{ hidden: intent.hiddenFamilies, kept },
      }),
    [rows, count, open, intent.colourBy, intent.hiddenFamilies, kept],
  )
  const looked = focus.universe ?? 0
  const marks = useMemo(() => {
    const at = (universe: number) => embedding.universes.subarray(universe * d, (universe + 1) * d)
    const lost = kept ? lostNeighbours(kept, onPlane, looked) : []
    const truth = kept ? trueNeighbours(kept, looked) : []
    return {
      origin: { at: embedding.standardModel, label: 'SM' },
      focus: focus.kind === 'live' || looked === 0 ? undefined : { at: focus.latent, label: focus.title },
      kept: truth.filter((universe) => !lost.includes(universe)).map(at),
      lost: lost.map(at),
    }
  }, [embedding, d, kept, looked, focus])
  const card = useCallback(
    (dot: number) => (
      <HoverUniverse
        {...{ open, universe: rows.universe[dot], row: rows.row[dot] }}
        kept={kept ? keptOf(kept, onPlane, rows.universe[dot]) : undefined}
      />
    ),
    [open, rows, kept],
  )
  return (
    <TourPanel
      {...{ values, count, colours, legend, marks, card, dimensions: d }}
      plane={intent.tour?.plane ?? null}
      onPlane={(plane) => actions.change({ tour: { plane } }, 'tour')}
      selected={selection?.mask ?? null}
      onPick={(dot) => {
        if (dot !== null) actions.change({ focus: { kind: 'universe', id: rows.universe[dot] } })
      }}
      describeRow={(dot) =>
        `Universe ${rows.universe[dot]}, distance ${header.shape.distance[rows.universe[dot]].toPrecision(3)} sigma to the Standard Model`
      }
      markWords={{
        origin: 'Standard Model',
        focus: `picked: ${focus.title}`,
        neighbours: 'spectra most alike that z₁ and z₂ keep near',
        lost: 'spectra most alike that z₁ and z₂ lose',
      }}
      corner={`${open.encoder.id}, ${d} latent axes`}
      note={kept && `; ${keptSentence(kept, { truth: 'spectra', maps: keptPlaces(open) })}`}
      onLeave={() => actions.change({ tour: null })}
    />
  )
}

/** All latent axes of the dots of a map. @returns [count, d] */
function latentOfRows(
  { embedding, header }: OpenDataset,
  { universe, row }: MapRows,
  count: number,
  shipped: Float32Array,
  drawn: Float32Array | undefined,
): Float32Array {
  const d = embedding.latentDim
  const all = header.table.count * header.manifest.replicasPerUniverse
  const out = new Float32Array(count * d)
  for (let dot = 0; dot < count; dot++) {
    const own = row[dot]
    const [from, at] =
      own < 0
        ? [embedding.universes, universe[dot]]
        : own < all
          ? [shipped, own]
          : [drawn ?? shipped, own - all]
    out.set(from.subarray(at * d, (at + 1) * d), dot * d)
  }
  return out
}
