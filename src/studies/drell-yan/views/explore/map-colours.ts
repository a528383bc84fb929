import { universeClasses } from '../../analysis/families.ts'
import {
  operatorIndex,
  operatorNames,
  operators,
  type OperatorFamily,
} from '../../../../physics/smeft/operators.ts'
import type { DrellYanIntent } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { formatCount } from '../../../../ui/common/format.ts'
import { petroff10, petroff6 } from '../../../../ui/plots/palettes.ts'
import type { MapColours } from '../../../../ui/map/types.ts'
import type { ColourLegend, RingLegend } from '../../../../ui/map/MapLegend.tsx'
import { keptColours } from '../../../../ui/map/kept-words.ts'
import type { KeptNeighbours } from '../../../../numerics/kept-neighbours.ts'
import type { MapRows } from './map-rows.ts'
import { onPlane } from './use-kept.ts'

export const familyLabels: Record<OperatorFamily | 'standard-model', string> = {
  oblique: 'oblique and inputs',
  'lepton-vertex': 'lepton vertices',
  'quark-vertex': 'quark vertices',
  'four-fermion': 'four-fermion',
  'standard-model': 'Standard Model',
}

/** Petroff colours of the families; the SM is ink-like grey so that it reads as the origin. */
export const familyColours = [petroff6[1], petroff6[0], petroff6[3], petroff6[2], petroff6[4]]

/** In a sentence: "quark vertices". */
export const familyName = (family: number): string => familyLabels[universeClasses[family]]

const shapes = ['square', 'disc', 'triangle', 'diamond', 'disc'] as const

/** How a universe of many coefficients gets one family (analysis/families.ts). */
const familyRule = 'colour: of all 17 coefficients, the family that alone would move the spectrum furthest'

/**
 * Colour of every point by what the reader asked for, with its legend. Arrays are as long as the point arrays.
 *
 * @param points  `count` of them are there, all where it is left out
 * @param hidden   families that are not on the map
 * @param kept     where it is counted; until then dots have the colour of their family
 */
export function mapColours(
  points: { universe: MapRows['universe']; count?: number },
  open: OpenDataset,
  colourBy: DrellYanIntent['colourBy'],
  { hidden = [], kept = null }: { hidden?: readonly string[]; kept?: KeptNeighbours | null } = {},
): { colours: MapColours; legend: ColourLegend } {
  const { table, shape, universeModel: model } = open.header
  const universeOf = points.universe
  const { count = universeOf.length } = points
  if (colourBy === 'kept' && kept)
    return keptColours(kept, onPlane, universeOf.length, (dot) => universeOf[dot])
  if (colourBy === 'family' || colourBy === 'kept') {
    const index = new Uint8Array(universeOf.length)
    for (let i = 0; i < count; i++) index[i] = shape.family[universeOf[i]]
    return {
      colours: { kind: 'class', index, palette: familyColours, shapes },
      legend: {
        kind: 'classes',
        about: familyRule,
        entries: universeClasses.flatMap((id, k) =>
          shape.family.includes(k)
            ? [
                {
                  ...{ id, label: familyLabels[id], hidden: hidden.includes(id) },
                  ...{ colour: familyColours[k], shape: shapes[k] },
                },
              ]
            : [],
        ),
      },
    }
  }
  if (colourBy === 'universe') {
    const index = new Uint8Array(universeOf.length)
    for (let i = 0; i < count; i++) index[i] = universeOf[i] % petroff10.length
    return {
      colours: { kind: 'class', index, palette: petroff10 },
      legend: { kind: 'none', text: 'one colour per universe; colours repeat every ten universes' },
    }
  }
  const value = new Float32Array(universeOf.length)
  if (colourBy === 'distance') {
    let largest = 0
    for (let u = 0; u < table.count; u++) largest = Math.max(largest, shape.distance[u])
    for (let i = 0; i < count; i++) value[i] = shape.distance[universeOf[i]] / (largest || 1)
    return {
      colours: { kind: 'value', value, ramp: 'viridis' },
      legend: {
        kind: 'ramp',
        ramp: 'viridis',
        low: '0',
        high: largest.toPrecision(3),
        title: 'D to the SM [σ]',
      },
    }
  }
  const operator = operatorIndex(colourBy)
  const halfWidth = model.prior.halfWidth[operator]
  for (let i = 0; i < count; i++)
    value[i] = 0.5 + (0.5 * table.coefficients[universeOf[i] * operatorNames.length + operator]) / halfWidth
  return {
    colours: { kind: 'value', value, ramp: 'diverging' },
    legend: {
      kind: 'ramp',
      ramp: 'diverging',
      low: `−${halfWidth.toPrecision(2)}`,
      high: halfWidth.toPrecision(2),
      title: `${operators[operator].symbol} / Λ² [TeV⁻²]`,
    },
  }
}

/** What rings on a map of universes are; null where there are none. */
export function flaggedLegend(universes: number): RingLegend | null {
  if (universes === 0) return null
  return {
    text: `linear spectrum negative (${formatCount(universes)} universes)`,
    title: 'Some bin of the linear spectrum is below zero',
  }
}
