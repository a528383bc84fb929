import { useCallback, useEffect, useMemo } from 'react'
import { drellYanDefaults } from '../../default-intent.ts'
import { mostSelectedUniverses } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { mapChoices } from '../../state/latent-actions.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { DatasetGate } from '../common/DatasetGate.tsx'
import { exportWithProvenance } from '../common/provenance.ts'
import { flaggedLegend, mapColours } from '../explore/map-colours.ts'
import { useProduct } from '../../../../ui/common/use-product.ts'
import type { CompareSettings } from '../../../../ui/compare/compare-settings.ts'
import { CompareMaps } from '../../../../ui/compare/CompareMaps.tsx'
import { countSelected } from '../../../../ui/map/select.ts'
import { selectedUniverses } from './selected-universes.ts'
import { TrainSeed } from './TrainSeed.tsx'
import { universeWords } from './universe-words.ts'

/** The Standard Model is the first universe of every dataset. */
const standardModel = { point: 0, label: 'SM' }

/** Two to four maps beside one another, with one selection and one universe in focus. */
export function CompareView() {
  return <DatasetGate title="Maps side by side" View={OpenCompare} />
}

function OpenCompare({ open }: { open: OpenDataset }) {
  const { actions, context, files, openLatent, latent } = useDrellYan()
  const intent = useDrellYanState((state) => state.intent)
  const shelf = useDrellYanState((state) => state.shelf)
  const dataset = useDrellYanState((state) => state.dataset)
  const own = useDrellYanState((state) => state.ownEncoders)
  useEffect(() => void files.loadShelf(), [files])
  const choices = useMemo(() => mapChoices({ shelf, dataset }, own), [shelf, dataset, own])
  // The default first map belongs to the default dataset; elsewhere the open encoder takes its place.
  const wanted = intent.compare.maps
  const standIn = open.header.manifest.id !== drellYanDefaults.dataset || intent.setup !== null
  const ids = useMemo(
    () => wanted.map((id) => (standIn && id === drellYanDefaults.compare.maps[0] ? open.encoder.id : id)),
    [wanted, standIn, open.encoder.id],
  )
  const k = intent.neighbourCount
  const { header, encoder } = open
  const { manifestHash } = header
  const now = useDrellYanState((state) => state.latent.comparison)
  const { result, retry } = useProduct(latent.comparison, now, {
    // One of `own` may be asked for, and come only now.
    key: JSON.stringify([
      ...[manifestHash, encoder.id, encoder.hash, ids, k],
      own.filter(({ id }) => ids.includes(id)).map(({ id, hash }) => [id, hash]),
    ]),
    label: 'Laying maps side by side',
    make: async (making) => {
      const actions = await openLatent()
      // The recorded one is there to be seen while this browser makes its own.
      const recorded = await actions.recordedComparison(open, ids, k)
      if (recorded) making.tell(() => ({ value: { ...recorded, failures: [], manifestHash } }))
      return { ...(await actions.compare(open, ids, k, making)), manifestHash }
    },
  })
  // An answer about other universes must not be drawn with these.
  const compared = result.value?.manifestHash === manifestHash ? result.value.compared : null
  const selected = useMemo(
    () => selectedUniverses(open, { selection: intent.selection, named: intent.named }),
    [open, intent.selection, intent.named],
  )
  const { compare } = intent
  const settings = { ...compare, maps: ids }
  // Maps that were not changed stay as they were asked for: a stand-in is not written into the intent.
  const onSettings = ({ maps = compare.maps, ...patch }: Partial<CompareSettings>, key?: string) =>
    actions.change({ compare: { ...compare, ...patch, maps: [...maps] } }, key)
  const focus =
    intent.focus.kind === 'universe' && intent.focus.id < header.table.count ? intent.focus.id : null
  const onFocus = (id: number) => actions.change({ focus: { kind: 'universe', id } })
  const words = useMemo(() => universeWords(header), [header])

  const colourBy = intent.colourBy
  const shared = useMemo(() => {
    const universe = Int32Array.from({ length: open.header.table.count }, (_, u) => u)
    return mapColours({ universe }, open, colourBy)
  }, [open, colourBy])
  const flagged = useMemo(
    () => (header.manifest.order === 'linear' ? header.table.flags : null),
    [header.manifest.order, header.table],
  )
  const onSelected = useCallback(
    (ids: number[] | null) => {
      if (ids && ids.length > mostSelectedUniverses)
        return actions.notify(
          'warning',
          `The region holds ${ids.length} universes; a shared selection carries at most ${mostSelectedUniverses}. Draw a smaller one.`,
        )
      actions.change({ selection: ids && { kind: 'universes', ids } })
    },
    [actions],
  )
  return (
    <CompareMaps
      {...{ settings, onSettings, choices, selected, onSelected, focus, onFocus, words, flagged }}
      {...shared}
      answer={{ ...result, value: compared ?? undefined }}
      onRetry={retry}
      failures={result.value?.failures}
      recorded={result.value?.recorded}
      neighbours={k}
      onNeighbours={(neighbourCount) => actions.change({ neighbourCount })}
      rings={flaggedLegend(countSelected(flagged))}
      origin={standardModel}
      onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'compare')}
    >
      <TrainSeed />
    </CompareMaps>
  )
}
