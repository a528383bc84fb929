import type { ExtraRows, OpenDataset } from '../../state/app-state.ts'

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

export interface MapRowOptions {
  showReplicas: boolean
  showFlagged: boolean
}

export function createMapRows(
  open: OpenDataset,
  extra: ExtraRows | undefined,
  options: MapRowOptions,
): MapRows {
  const { table, manifest } = open.header
  const shipped = options.showReplicas ? table.count * manifest.replicasPerUniverse : 0
  const drawn = options.showReplicas && extra ? table.count * extra.perUniverse : 0
  const capacity = table.count + shipped + drawn
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
  for (let u = 0; u < table.count; u++) place(rows, open, options, u, -1, open.embedding.universes, u * d)
  fillMapRows(rows, open, extra, options)
  return rows
}

/** Appends what arrived since the last call. Rows come in order, so earlier points never move. */
export function fillMapRows(
  rows: MapRows,
  open: OpenDataset,
  extra: ExtraRows | undefined,
  options: MapRowOptions,
): void {
  if (!options.showReplicas) return
  const { table, manifest } = open.header
  const d = open.embedding.latentDim
  const perUniverse = manifest.replicasPerUniverse
  for (; rows.placedRows < open.rows; rows.placedRows++)
    place(
      rows,
      open,
      options,
      Math.floor(rows.placedRows / perUniverse),
      rows.placedRows,
      open.latent,
      rows.placedRows * d,
    )
  if (!extra || open.rows < table.count * perUniverse) return
  for (; rows.placedExtra < extra.rows; rows.placedExtra++)
    place(
      rows,
      open,
      options,
      Math.floor(rows.placedExtra / extra.perUniverse),
      table.count * perUniverse + rows.placedExtra,
      extra.latent,
      rows.placedExtra * d,
    )
}

function place(
  rows: MapRows,
  open: OpenDataset,
  options: MapRowOptions,
  universe: number,
  row: number,
  latent: Float32Array,
  at: number,
): void {
  if (!options.showFlagged && open.header.table.flags[universe]) return
  const i = rows.count++
  rows.x[i] = latent[at]
  rows.y[i] = latent[at + 1]
  rows.universe[i] = universe
  rows.row[i] = row
}
