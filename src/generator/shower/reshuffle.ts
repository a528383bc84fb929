/** A product of a decay or a collision: its momentum before it radiated, and what it became. */
export interface Shaken {
  /** [4] E, px, py, pz of it in its mother's rest frame */
  momentum: Float64Array
  /** What it became weighs this [GeV]. */
  mass: number
}

/**
 * One factor on all momenta in the rest frame that restores the energy (arXiv:0803.0883, section 6.4.2): Σ √(k² p² + m²)
 * = E, by Newton's method, which comes from above and never leaves.
 *
 * @returns undefined where the masses are more than the energy
 */
export function commonFactor(products: readonly Shaken[], energy: number): number | undefined {
  let masses = 0
  for (const { mass } of products) masses += mass
  if (!(masses < energy)) return undefined
  let factor = 1
  for (let step = 0; step < 60; step++) {
    let [sum, slope] = [-energy, 0]
    for (const { momentum, mass } of products) {
      const p2 = momentum[1] ** 2 + momentum[2] ** 2 + momentum[3] ** 2
      const own = Math.sqrt(factor * factor * p2 + mass * mass)
      sum += own
      if (own > 0) slope += (factor * p2) / own
    }
    if (!(slope > 0)) return undefined
    const move = sum / slope
    // Masses only grew: the sum begins above the energy, and as it is convex no step passes the root.
    factor -= move
    if (Math.abs(move) < 1e-13 * factor) return factor
  }
  return factor
}
