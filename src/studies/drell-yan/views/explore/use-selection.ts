import { useMemo } from 'react'
import type { Selection } from '../../intent.ts'
import { formatCount } from '../../../../ui/common/format.ts'
import { regionMask } from '../../../../ui/map/region.ts'
import type { MapRows } from './map-rows.ts'

export interface MapSelection {
  mask: Uint8Array // [rows.count]
  points: number
  /** Shipped rows of the dataset that are selected. */
  rows: Int32Array
}

/** The rule of the intent applied to the points that are there now. */
export function applySelection(rows: MapRows, count: number, selection: Selection): MapSelection {
  const mask = maskOf(rows, count, selection)
  const chosen: number[] = []
  let points = 0
  for (let i = 0; i < count; i++) {
    if (!mask[i]) continue
    points++
    if (rows.row[i] >= 0) chosen.push(rows.row[i])
  }
  return { mask, points, rows: Int32Array.from(chosen) }
}

/**
 * What the selected points are, in the words that both captions of a selection use: replicas shipped with the dataset
 * (those that the spectrum panel averages), replicas drawn in the page, and universes' own dots, which carry no noise.
 *
 * @param shipped  rows of the dataset that are there
 */
export function selectionParts({ points, rows }: MapSelection, shipped: number): string {
  const replicas = rows.reduce((sum, row) => sum + (row < shipped ? 1 : 0), 0)
  const drawn = rows.length - replicas
  const exact = points - rows.length
  return [
    `${formatCount(replicas)} replicas`,
    ...(drawn > 0 ? [`${formatCount(drawn)} drawn in the page`] : []),
    ...(exact > 0 ? [`${formatCount(exact)} universes without noise`] : []),
  ].join(', ')
}

function maskOf(rows: MapRows, count: number, selection: Selection): Uint8Array {
  if (selection.kind !== 'universes') return regionMask(rows.x, rows.y, count, selection)
  const ids = new Set(selection.ids)
  const mask = new Uint8Array(count)
  for (let i = 0; i < count; i++) if (ids.has(rows.universe[i])) mask[i] = 1
  return mask
}

export function useSelection(
  rows: MapRows | null,
  count: number,
  selection: Selection | null,
): MapSelection | null {
  return useMemo(
    () => (rows && selection ? applySelection(rows, count, selection) : null),
    [rows, count, selection],
  )
}
