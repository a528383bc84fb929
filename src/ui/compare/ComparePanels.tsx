import { useMemo } from 'react'
import { neighbourChange, selectionStability, type ComparedMaps } from '../../numerics/compared-maps.ts'
import { DataTable, type Column } from '../common/DataTable.tsx'
import { formatNumber, formatPercent, formatWithError } from '../common/format.ts'
import { Panel } from '../common/Panel.tsx'
import { PanelBoundary } from '../common/PanelBoundary.tsx'
import type { PointWords } from '../map/point-words.ts'

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
  compared: ComparedMaps
  selected: Uint8Array | null
  focus: number | null
  onFocus: (point: number) => void
  words: PointWords
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

function FocusPanel({ compared, focus, onFocus, words }: ComparePanelsProps) {
  const { maps, neighbours: k } = compared
  return (
    <Panel
      title="Neighbours gained and lost"
      state={
        focus === null
          ? { kind: 'empty', message: `Pick one of the ${words.many} on a map.` }
          : { kind: 'ready' }
      }
    >
      {focus !== null && (
        <div className="stack">
          <p className="small">
            {words.nameOf(focus)}: {k} nearest on {maps[0].id}, in its own latent space.
          </p>
          {maps.slice(1).map(({ id }, i) => {
            const { kept, gained, lost } = neighbourChange(compared, i + 1, focus)
            return (
              <section key={id} className="stack" aria-label={`Neighbours on ${id}`}>
                <h3>
                  {id}: {kept.length} of {k} kept
                </h3>
                <Points label="kept" ids={kept} onFocus={onFocus} words={words} />
                <Points label="gained" ids={gained} onFocus={onFocus} words={words} />
                <Points label="lost" ids={lost} onFocus={onFocus} words={words} />
              </section>
            )
          })}
          <p className="small soft">
            On average over all {words.many}:{' '}
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

interface PointsProps extends Pick<ComparePanelsProps, 'onFocus' | 'words'> {
  label: string
  ids: readonly number[]
}

function Points({ label, ids, onFocus, words }: PointsProps) {
  if (ids.length === 0) return null
  return (
    <p className="small compare-list">
      <span className="soft">{label}</span>{' '}
      {ids.map((id) => (
        <button
          key={id}
          type="button"
          className="chip compare-point"
          aria-label={`Focus ${words.nameOf(id)}`}
          onClick={() => onFocus(id)}
        >
          <span className="swatch" style={{ background: words.colourOf(id) }} aria-hidden="true" />
          {words.shortName(id)}
        </button>
      ))}
    </p>
  )
}

interface PairRow {
  id: string
  values: number[]
}

function StabilityPanel({ compared, selected, words }: ComparePanelsProps) {
  const { maps, jaccard, neighbours: k, chance } = compared
  const stability = useMemo(
    () => (selected ? selectionStability(compared, selected) : null),
    [compared, selected],
  )
  const columns: Column<PairRow>[] = [
    { key: 'id', label: 'Jaccard', value: ({ id }) => id },
    ...maps.map(({ id }, j) => ({
      ...{ key: id, label: id, value: ({ values }: PairRow) => values[j] },
      format: ({ values }: PairRow) => (values[j] === 1 ? '1' : formatNumber(values[j], 2)),
    })),
  ]
  return (
    <Panel title="Stability across maps">
      <div className="stack">
        {stability ? (
          <>
            <p className="small" role="status">
              Selection of {stability.points} {words.many}: mean Jaccard index of their {k} neighbours over
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
            Select {words.many} with the lasso or box on any map: the panel then says how far their neighbours
            survive from map to map, and how pure the selection is on each. Trained from several seeds, this
            is the stability of a cluster.
          </p>
        )}
        <DataTable
          caption={`Mean Jaccard index of ${k}-neighbour sets, all ${words.many}`}
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
