import { useMemo } from 'react'
import type { Selection } from '../../intent.ts'
import { formatCount } from '../../../../ui/common/format.ts'
import { universeMask, type RuleNames } from '../common/universe-mask.ts'
import type { MapRows } from './map-rows.ts'

export interface MapSelection {
  mask: Uint8Array // [rows.count]
  points: number
  /** Shipped rows of the dataset that are selected. */
  rows: Int32Array
  /** Universes with a dot among the selected, ascending. */
  universes: number[]
  /** Why a rule holds for none. */
  fault: string | null
}

const noNames: RuleNames = { columns: [], named: [] }

/** The rule of the intent applied to the points that are there now. */
export function applySelection(
  rows: MapRows,
  count: number,
  selection: Selection,
  names: RuleNames = noNames,
): MapSelection {
  const { mask, fault } = universeMask(rows, count, selection, names)
  const chosen: number[] = []
  const universes = new Set<number>()
  let points = 0
  for (let i = 0; i < count; i++) {
    if (!mask[i]) continue
    points++
    universes.add(rows.universe[i])
    if (rows.row[i] >= 0) chosen.push(rows.row[i])
  }
  return {
    mask,
    points,
    rows: Int32Array.from(chosen),
    universes: [...universes].sort((a, b) => a - b),
    fault,
  }
}

/**
 * What the selected points are, in the words that both captions of a selection use: replicas shipped with the dataset
 * (those that the spectrum panel averages), replicas drawn in the page, and universes' own dots, which carry no noise.
 *
 * @param shipped  rows of the dataset that are there
 */
export function selectionParts(
  { points, rows }: Pick<MapSelection, 'points' | 'rows'>,
  shipped: number,
): string {
  const replicas = rows.reduce((sum, row) => sum + (row < shipped ? 1 : 0), 0)
  const drawn = rows.length - replicas
  const exact = points - rows.length
  return [
    `${formatCount(replicas)} replicas`,
    ...(drawn > 0 ? [`${formatCount(drawn)} drawn in the page`] : []),
    ...(exact > 0 ? [`${formatCount(exact)} universes without noise`] : []),
  ].join(', ')
}

export function useSelection(
  rows: MapRows | null,
  count: number,
  selection: Selection | null,
  names: RuleNames,
): MapSelection | null {
  return useMemo(
    () => (rows && selection ? applySelection(rows, count, selection, names) : null),
    [rows, count, selection, names],
  )
}
