import { useMemo } from 'react'
import type { Selection } from '../../share/schema.ts'
import { selectBox, selectPolygon } from '../embedding/select.ts'
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

function maskOf(rows: MapRows, count: number, selection: Selection): Uint8Array {
  if (selection.kind === 'polygon') return selectPolygon(rows.x, rows.y, count, selection.points)
  if (selection.kind === 'box') {
    const bounds = {
      xMin: Math.min(selection.x0, selection.x1),
      xMax: Math.max(selection.x0, selection.x1),
      yMin: Math.min(selection.y0, selection.y1),
      yMax: Math.max(selection.y0, selection.y1),
    }
    return selectBox(rows.x, rows.y, count, bounds)
  }
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
