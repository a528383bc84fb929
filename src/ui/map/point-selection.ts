import type { MapIntent } from '../../share/map-schema.ts'
import { maskOrNone, type MaskAnswer } from './named-selections.ts'
import { regionMask } from './region.ts'
import type { RuleColumn } from '../../numerics/tables/rules.ts'
import type { MapPoints } from './types.ts'

export type PointSelection = NonNullable<MapIntent['selection']>

/** What rules about points may name. */
export interface PointNames {
  columns: readonly RuleColumn[] // of dots
  named: MapIntent['named']
}

const noNames: PointNames = { columns: [], named: [] }

/** Dots that an intent keeps as selected, and why a rule holds for none; null where nothing is selected. */
export function pointSelection(
  { x, y, count }: MapPoints,
  selection: PointSelection | null,
  { columns, named }: PointNames = noNames,
): MaskAnswer | null {
  if (!selection) return null
  const answer = maskOrNone<PointSelection>(selection, {
    ...{ count, columns, named },
    maskOf: (own) => {
      if (own.kind !== 'points') return regionMask(x, y, count, own)
      const mask = new Uint8Array(count)
      for (const id of own.ids) if (id < count) mask[id] = 1
      return mask
    },
  })
  // A dot without a place is hidden: it is in no selection.
  return { ...answer, mask: answer.mask.map((inside, dot) => (Number.isFinite(x[dot]) ? inside : 0)) }
}

/** @returns mask [count] of what an intent keeps as selected; null where nothing is */
export function selectionMask(
  points: MapPoints,
  selection: PointSelection | null,
  names?: PointNames,
): Uint8Array | null {
  return pointSelection(points, selection, names)?.mask ?? null
}
