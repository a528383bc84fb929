import type { EftOrder } from '../../../physics/drell-yan/spectrum-templates.ts'
import { morphSpectrum } from '../../../physics/drell-yan/spectrum-templates.ts'
import { operatorFamilies, operators } from '../../../physics/smeft/operators.ts'
import { coefficientsOf, type UniverseModel, type UniverseTable } from './universes.ts'
import { whitenedTemplates, whitenSpectra } from './whitening.ts'

/** Class of a universe on the map: the operator family that moves its spectrum most, or the SM itself. */
export const universeClasses = [...operatorFamilies, 'standard-model'] as const

export interface UniverseShape {
  /** Distance to the SM in noise units (the Fisher distance in linear theory), per universe. */
  distance: Float64Array // [count]
  /** Index into universeClasses, per universe. */
  family: Uint8Array // [count]
}

/** Distance of each universe to the SM, and the family whose operators alone would move it furthest. */
export function universeShapes(model: UniverseModel, table: UniverseTable, order: EftOrder): UniverseShape {
  const distance = new Float64Array(table.count)
  const family = new Uint8Array(table.count)
  const length = distanceToSm(model, order)
  const familyOf = operators.map(({ family: name }) => operatorFamilies.indexOf(name))
  const alone = new Float64Array(operators.length)
  for (let u = 0; u < table.count; u++) {
    const coefficients = coefficientsOf(table, u)
    distance[u] = length(coefficients)
    let largest = 0
    family[u] = operatorFamilies.length
    for (let f = 0; f < operatorFamilies.length; f++) {
      for (let o = 0; o < alone.length; o++) alone[o] = familyOf[o] === f ? coefficients[o] : 0
      const distanceAlone = length(alone)
      if (distanceAlone > largest) {
        largest = distanceAlone
        family[u] = f
      }
    }
  }
  return { distance, family }
}

/** In linear theory |B^T C|, B the whitened templates: a tenth of the work of morphing and whitening. */
function distanceToSm(model: UniverseModel, order: EftOrder): (coefficients: Float64Array) => number {
  const bins = model.templates.bins
  const moved = new Float64Array(bins)
  if (order === 'quadratic')
    return (coefficients) =>
      Math.hypot(
        ...whitenSpectra(model.whitening, morphSpectrum(model.templates, coefficients, order, moved), 1),
      )
  const whitened = whitenedTemplates(model.whitening, model.templates)
  return (coefficients) => {
    moved.fill(0)
    for (let o = 0; o < coefficients.length; o++) {
      if (coefficients[o] === 0) continue
      for (let b = 0; b < bins; b++) moved[b] += coefficients[o] * whitened[o * bins + b]
    }
    let sum = 0
    for (let b = 0; b < bins; b++) sum += moved[b] * moved[b]
    return Math.sqrt(sum)
  }
}
