import { useMemo } from 'react'
import { LiveMap, shownMoment } from '../../../../ui/training/LiveMap.tsx'
import type { EncoderTraining, OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { mapColours } from '../explore/map-colours.ts'

/** Universes and replicas under the encoder in training, or under the map's encoder while there is none. */
export function EncoderMap({ open, run }: { open: OpenDataset; run: EncoderTraining }) {
  const { actions } = useDrellYan()
  const colourBy = useDrellYanState((state) => state.intent.colourBy)
  const focus = useDrellYanState((state) => state.intent.focus)
  const moment = shownMoment(run)
  const trained = moment !== undefined
  const universe = useMemo(
    () => (trained ? run.previewItems : Int32Array.from({ length: open.header.table.count }, (_, u) => u)),
    [trained, run.previewItems, open.header],
  )
  const { colours, legend } = useMemo(
    () => mapColours({ universe }, open, colourBy),
    [universe, open, colourBy],
  )
  return (
    <LiveMap
      run={run}
      items={universe}
      latent={moment?.latent ?? open.embedding.universes}
      colours={colours}
      legend={legend}
      marked={{ origin: 0, originLabel: 'SM', focus: focus.kind === 'universe' ? focus.id : null }}
      noun="universe"
      before={`encoder on the map: ${open.encoder.id}`}
      note={
        trained
          ? `means and ${run.recorded ? 'two' : 'four'} replicas of the first universes of the dataset`
          : 'every universe of the dataset; a training shows its own picture here'
      }
      onPick={(id) => actions.change({ focus: { kind: 'universe', id } })}
      onClear={() => actions.change({ focus: { kind: 'live' } })}
    />
  )
}
