import type { Selection } from '../../share/schema.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import { selectBox, selectPolygon } from '../embedding/select.ts'

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
  if (selection.kind === 'polygon') return selectPolygon(x, y, count, selection.points)
  return selectBox(x, y, count, {
    xMin: Math.min(selection.x0, selection.x1),
    xMax: Math.max(selection.x0, selection.x1),
    yMin: Math.min(selection.y0, selection.y1),
    yMax: Math.max(selection.y0, selection.y1),
  })
}
