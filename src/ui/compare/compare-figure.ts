import type { ComparedMap, ComparedMaps } from '../../numerics/compared-maps.ts'
import { formatCount, formatNumber, formatPercent } from '../common/format.ts'
import type { Camera } from '../map/camera.ts'
import { pointsAt } from '../map/points-at.ts'
import type { MapPath, MapPoints } from '../map/types.ts'

/** Trails drawn at once; more would hide the map. */
const mostTrails = 150

/** Points of a map, laid onto the first map or as they are. */
export function mapPoints(map: ComparedMap, aligned: boolean): MapPoints {
  return pointsAt(aligned ? map.aligned : map.xy)
}

/** One frame that shows every aligned map whole. */
export function commonCamera({ maps }: ComparedMaps): Camera {
  const low = [Infinity, Infinity]
  const high = [-Infinity, -Infinity]
  for (const { aligned } of maps)
    for (let i = 0; i < aligned.length; i++) {
      low[i % 2] = Math.min(low[i % 2], aligned[i])
      high[i % 2] = Math.max(high[i % 2], aligned[i])
    }
  const halfSpan = 0.54 * Math.max(high[0] - low[0], high[1] - low[1])
  return { x: (low[0] + high[0]) / 2, y: (low[1] + high[1]) / 2, halfSpan: halfSpan || 1 }
}

/**
 * Lines from where points lie on the first map to where they lie on this one; of the selection, or of an even
 * sample where nothing is selected.
 */
export function trails(
  { maps, counted }: ComparedMaps,
  map: number,
  selected: Uint8Array | null,
): { paths: MapPath[]; of: number } {
  const rows = Array.from(counted.keys()).filter((u) => (selected ? selected[u] : counted[u]))
  const step = Math.max(1, Math.ceil(rows.length / mostTrails))
  const [from, to] = [maps[0].xy, maps[map].aligned]
  const paths = rows
    .filter((_, i) => i % step === 0)
    .map((u) => ({
      trail: true,
      points: [
        { x: from[2 * u], y: from[2 * u + 1] },
        { x: to[2 * u], y: to[2 * u + 1] },
      ],
    }))
  return { paths, of: rows.length }
}

/**
 * What maps have in common, in a sentence.
 *
 * @param many, leftOut  what points are called together, and which of them are in no average
 */
export function comparisonSummary(
  { maps, neighbours, chance, counted }: ComparedMaps,
  { many, leftOut }: { many: string; leftOut: string },
): string {
  const used = counted.reduce((sum, flag) => sum + flag, 0)
  const left = counted.length - used
  const [first, ...others] = maps
  if (others.length === 0) return `${first.id} alone: add a map to compare it with.`
  const told = others.map(
    ({ id, meanKept, fit }) =>
      `${id} keeps ${formatPercent(meanKept)} (disparity ${formatNumber(fit.disparity, 2)})`,
  )
  return (
    `Of the ${neighbours} nearest neighbours on ${first.id}, ${told.join(', ')}; by chance ${formatPercent(chance, 1)}. ` +
    `Averages over ${formatCount(used)} ${many}${left ? `; ${formatCount(left)} ${leftOut} are left out` : ''}.`
  )
}
