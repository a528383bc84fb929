import { useMemo } from 'react'
import {
  neighbourChange,
  selectionStability,
  type ComparedMaps,
} from '../../analysis/drell-yan/compare/compare-maps.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { DataTable, type Column } from '../common/DataTable.tsx'
import { formatNumber, formatPercent, formatWithError } from '../common/format.ts'
import { Panel } from '../common/Panel.tsx'
import { PanelBoundary } from '../common/PanelBoundary.tsx'
import { familyColours } from '../explore/map-colours.ts'

interface MapRow {
  id: string
  dim: number
  disparity: number
  mirrored: string
  scale: number
  kept: number
  truth: number
}

export const compareColumns: readonly Column<MapRow>[] = [
  { key: 'id', label: 'map', value: ({ id }) => id },
  { key: 'dim', label: 'latent dimensions', value: ({ dim }) => dim },
  { key: 'disparity', label: 'Procrustes disparity', value: ({ disparity }) => disparity },
  { key: 'mirrored', label: 'mirrored', value: ({ mirrored }) => mirrored },
  { key: 'scale', label: 'scale', value: ({ scale }) => scale },
  { key: 'kept', label: 'neighbours kept', value: ({ kept }) => kept },
  { key: 'truth', label: 'true neighbours found', value: ({ truth }) => truth },
]

export function compareRows({ maps }: ComparedMaps): MapRow[] {
  return maps.map(({ id, latentDim, fit, meanKept, meanTrue }) => ({
    id,
    dim: latentDim,
    disparity: fit.disparity,
    mirrored: fit.mirrored ? 'yes' : 'no',
    scale: fit.scale,
    kept: meanKept,
    truth: meanTrue,
  }))
}

interface ComparePanelsProps {
  open: OpenDataset
  compared: ComparedMaps
  selected: Uint8Array | null
}

/** Neighbours of the focus gained and lost, the selection's stability, and all pairs of maps. */
export function ComparePanels(props: ComparePanelsProps) {
  return (
    <div className="compare-panels">
      <PanelBoundary title="Neighbours">
        <FocusPanel {...props} />
      </PanelBoundary>
      <PanelBoundary title="Stability">
        <StabilityPanel {...props} />
      </PanelBoundary>
    </div>
  )
}

function FocusPanel({ open, compared }: ComparePanelsProps) {
  const focus = useAppState((state) => state.intent.focus)
  const universe = focus.kind === 'universe' && focus.id < open.header.table.count ? focus.id : null
  const { maps, neighbours: k } = compared
  return (
    <Panel
      title="Neighbours gained and lost"
      state={
        universe === null
          ? { kind: 'empty', message: 'Pick a universe on one of the maps.' }
          : { kind: 'ready' }
      }
    >
      {universe !== null && (
        <div className="stack">
          <p className="small">
            {nameOf(universe)}: {k} nearest on {maps[0].id}, in its own latent space.
          </p>
          {maps.slice(1).map(({ id }, i) => {
            const { kept, gained, lost } = neighbourChange(compared, i + 1, universe)
            return (
              <section key={id} className="stack" aria-label={`Neighbours on ${id}`}>
                <h3>
                  {id}: {kept.length} of {k} kept
                </h3>
                <Universes label="kept" ids={kept} open={open} />
                <Universes label="gained" ids={gained} open={open} />
                <Universes label="lost" ids={lost} open={open} />
              </section>
            )
          })}
          <p className="small soft">
            On average over all universes:{' '}
            {maps
              .slice(1)
              .map(({ id, meanKept }) => `${id} keeps ${formatPercent(meanKept)}`)
              .join(', ')}
            .
          </p>
        </div>
      )}
    </Panel>
  )
}

function Universes({ label, ids, open }: { label: string; ids: readonly number[]; open: OpenDataset }) {
  const { actions } = useApp()
  if (ids.length === 0) return null
  return (
    <p className="small compare-list">
      <span className="soft">{label}</span>{' '}
      {ids.map((id) => (
        <button
          key={id}
          type="button"
          className="chip compare-universe"
          aria-label={`Focus ${nameOf(id)}`}
          onClick={() => actions.change({ focus: { kind: 'universe', id } })}
        >
          <span
            className="swatch"
            style={{ background: familyColours[open.header.shape.family[id]] }}
            aria-hidden="true"
          />
          {id === 0 ? 'SM' : id}
        </button>
      ))}
    </p>
  )
}

function nameOf(universe: number): string {
  return universe === 0 ? 'Standard Model' : `Universe ${universe}`
}

interface PairRow {
  id: string
  values: number[]
}

function StabilityPanel({ compared, selected }: ComparePanelsProps) {
  const { maps, jaccard, neighbours: k, chance } = compared
  const stability = useMemo(
    () => (selected ? selectionStability(compared, selected) : null),
    [compared, selected],
  )
  const columns: Column<PairRow>[] = [
    { key: 'id', label: 'Jaccard', value: ({ id }) => id },
    ...maps.map(({ id }, j) => ({ key: id, label: id, value: ({ values }: PairRow) => values[j] })),
  ]
  return (
    <Panel title="Stability across maps">
      <div className="stack">
        {stability ? (
          <>
            <p className="small" role="status">
              Selection of {stability.universes} universes: mean Jaccard index of their {k} neighbours over
              all pairs of maps{' '}
              {stability.jaccard === null
                ? 'needs a second map'
                : formatWithError(stability.jaccard, stability.error)}
              .
            </p>
            <dl className="facts small">
              {maps.map(({ id }, m) => (
                <Purity key={id} id={id} value={stability.purity[m]} />
              ))}
            </dl>
          </>
        ) : (
          <p className="small soft">
            Select universes with the lasso or box on any map: the panel then says how far their neighbours
            survive from map to map, and how pure the selection is on each. Trained from several seeds, this
            is the stability of a cluster.
          </p>
        )}
        <DataTable
          caption={`Mean Jaccard index of ${k}-neighbour sets, all universes`}
          columns={columns}
          rows={maps.map(({ id }, i) => ({
            id,
            values: maps.map((_, j) => jaccard[i * maps.length + j]),
          }))}
          rowKey={({ id }) => id}
        />
        <p className="small soft">
          1: the same neighbours; by chance about {formatNumber(chance / (2 - chance), 1)}. Neighbours are
          those of the whole latent space, also where two axes of it are drawn.
        </p>
      </div>
    </Panel>
  )
}

function Purity({ id, value }: { id: string; value: number }) {
  return (
    <>
      <dt>neighbours inside the selection, {id}</dt>
      <dd>{formatPercent(value)}</dd>
    </>
  )
}
