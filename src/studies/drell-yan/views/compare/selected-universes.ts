import type { Selection } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { regionMask } from '../../../../ui/map/region.ts'

/**
 * Universes of the shared selection; a region was drawn on the Explore map and is read on its encoder.
 *
 * @returns mask [universes], or null for no selection
 */
export function selectedUniverses(open: OpenDataset, selection: Selection | null): Uint8Array | null {
  if (!selection) return null
  const { count } = open.header.table
  if (selection.kind === 'universes') {
    const mask = new Uint8Array(count)
    for (const id of selection.ids) if (id < count) mask[id] = 1
    return mask
  }
  const { universes, latentDim: d } = open.embedding
  const x = Float32Array.from({ length: count }, (_, u) => universes[u * d])
  const y = Float32Array.from({ length: count }, (_, u) => universes[u * d + 1])
  return regionMask(x, y, count, selection)
}
