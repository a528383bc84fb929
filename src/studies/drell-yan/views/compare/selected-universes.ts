import type { DrellYanIntent } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { universeColumns } from '../../analysis/universe-columns.ts'
import { universeMask } from '../common/universe-mask.ts'

/**
 * Universes of the shared selection; a region was drawn on the Explore map and is read on its encoder.
 *
 * @returns mask [universes], or null for no selection
 */
export function selectedUniverses(
  open: OpenDataset,
  { selection, named }: Pick<DrellYanIntent, 'selection' | 'named'>,
): Uint8Array | null {
  if (!selection) return null
  const { count } = open.header.table
  const { universes, latentDim: d } = open.embedding
  const x = Float32Array.from({ length: count }, (_, u) => universes[u * d])
  const y = Float32Array.from({ length: count }, (_, u) => universes[u * d + 1])
  const universe = Int32Array.from({ length: count }, (_, u) => u)
  return universeMask({ x, y, universe }, count, selection, { columns: universeColumns(open), named }).mask
}
