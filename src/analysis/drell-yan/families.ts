import { operatorFamilies, operatorNames, operators } from '../../physics/smeft/operators.ts'
import { coefficientsOf, type UniverseTable } from './universes.ts'

/** Class of a universe on the map: the operator family that moves its spectrum most, or the SM itself. */
export const universeClasses = [...operatorFamilies, 'standard-model'] as const
export type UniverseClass = (typeof universeClasses)[number]

export interface UniverseShape {
  /** Fisher distance to the SM in linear theory, noise units, per universe. */
  distance: Float64Array // [count]
  /** Index into universeClasses, per universe. */
  family: Uint8Array // [count]
}

/**
 * Fisher distance D = |B^T C| of each universe and the family with the largest own share |B_f^T C_f|.
 *
 * @param whitenedLinear  [17, bins]
 */
export function universeShapes(whitenedLinear: Float64Array, table: UniverseTable): UniverseShape {
  const bins = whitenedLinear.length / operatorNames.length
  const distance = new Float64Array(table.count)
  const family = new Uint8Array(table.count)
  const shares = operatorFamilies.map(() => new Float64Array(bins))
  for (let u = 0; u < table.count; u++) {
    const coefficients = coefficientsOf(table, u)
    for (const share of shares) share.fill(0)
    for (let o = 0; o < operatorNames.length; o++) {
      const share = shares[operatorFamilies.indexOf(operators[o].family)]
      for (let b = 0; b < bins; b++) share[b] += coefficients[o] * whitenedLinear[o * bins + b]
    }
    let total = 0
    for (let b = 0; b < bins; b++) {
      let sum = 0
      for (const share of shares) sum += share[b]
      total += sum * sum
    }
    distance[u] = Math.sqrt(total)
    const sizes = shares.map((share) => share.reduce((sum, value) => sum + value * value, 0))
    const largest = Math.max(...sizes)
    family[u] = largest === 0 ? operatorFamilies.length : sizes.indexOf(largest)
  }
  return { distance, family }
}
