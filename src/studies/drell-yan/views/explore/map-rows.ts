import type { OpenDataset } from '../../state/drell-yan-state.ts'

/**
 * The points of the map in drawing order: universe means, shipped rows, extra rows; universes that are hidden are
 * left out. Arrays are made once for everything that will come and filled as it arrives.
 */
export interface MapRows {
  x: Float32Array
  y: Float32Array
  universe: Int32Array
  /** Row of the dataset: shipped rows first, then extra ones; -1 for the mean of a universe. */
  row: Int32Array
  count: number
  /** Loaded rows already placed. */
  placedRows: number
  placedExtra: number
}

/** What the points are made of; other arrays, numbers or filters are another map. */
export interface MapRowSource {
  open: OpenDataset
  /** Of the dataset's rows: filled as they come in. */
  shipped: Float32Array // [universes × replicas, d]
  /** Of rows drawn in the page. */
  drawn: Float32Array | undefined // [universes × drawnPerUniverse, d]
  drawnPerUniverse: number
  showReplicas: boolean
  showFlagged: boolean
  /** Classes of universes that are left out, by place in universeClasses. */
  hidden?: ReadonlySet<number>
}

/** The map before its rows: the means of universes, with room for all rows. */
export function createMapRows(source: MapRowSource): MapRows {
  const { open, showReplicas, drawnPerUniverse } = source
  const { table, manifest } = open.header
  const perUniverse = showReplicas ? manifest.replicasPerUniverse + drawnPerUniverse : 0
  const capacity = table.count * (1 + perUniverse)
  const rows: MapRows = {
    x: new Float32Array(capacity),
    y: new Float32Array(capacity),
    universe: new Int32Array(capacity),
    row: new Int32Array(capacity),
    count: 0,
    placedRows: 0,
    placedExtra: 0,
  }
  const d = open.embedding.latentDim
  for (let u = 0; u < table.count; u++) place(rows, source, u, -1, open.embedding.universes, u * d)
  return rows
}

/**
 * Appends what arrived since the last call. Rows come in order, so earlier points never move.
 *
 * @param shippedRows  rows of the dataset that are there
 * @param drawnRows    rows drawn in the page that are there; they stand behind all of the dataset
 */
export function fillMapRows(
  rows: MapRows,
  source: MapRowSource,
  shippedRows: number,
  drawnRows: number,
): void {
  const { open, shipped, drawn, drawnPerUniverse, showReplicas } = source
  if (!showReplicas) return
  const { table, manifest } = open.header
  const d = open.embedding.latentDim
  const perUniverse = manifest.replicasPerUniverse
  for (; rows.placedRows < shippedRows; rows.placedRows++) {
    const row = rows.placedRows
    place(rows, source, Math.floor(row / perUniverse), row, shipped, row * d)
  }
  const all = table.count * perUniverse
  if (!drawn || shippedRows < all) return
  for (; rows.placedExtra < drawnRows; rows.placedExtra++) {
    const row = rows.placedExtra
    place(rows, source, Math.floor(row / drawnPerUniverse), all + row, drawn, row * d)
  }
}

function place(
  rows: MapRows,
  { open, showFlagged, hidden }: MapRowSource,
  universe: number,
  row: number,
  latent: Float32Array,
  at: number,
): void {
  if (!showFlagged && open.header.table.flags[universe]) return
  if (hidden?.has(open.header.shape.family[universe])) return
  const i = rows.count++
  rows.x[i] = latent[at]
  rows.y[i] = latent[at + 1]
  rows.universe[i] = universe
  rows.row[i] = row
}
