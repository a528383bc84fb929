/** Strong coupling of showers at one loop: five flavours above the bottom mass, four below, frozen at the lowest scale. */
const zMass = 91.1876
const bottomMass = 4.75
const frozenBelow = 0.9

/** Slope of 1/α_s in ln Q². */
const slope = (flavours: number): number => (33 - 2 * flavours) / (12 * Math.PI)

/** K/(2π) of CMW with K = C_A (67/18 − π²/6) − 5 n_f/9 and n_f = 5: the coupling that soft gluons see (NPB 349 (1991) 635). */
const cmw = 3.454 / (2 * Math.PI)

export interface ShowerCoupling {
  /** At a transverse momentum [GeV]. */
  alphaS(pt: number): number
}

/**
 * @param atZ  α_s(91.1876 GeV)
 * @param soft whether emissions are those of soft gluons to next-to-leading logarithm (CMW)
 */
export function createShowerCoupling(atZ = 0.118, soft = true): ShowerCoupling {
  const atBottom = atZ / (1 + atZ * slope(5) * 2 * Math.log(bottomMass / zMass))
  function alphaS(pt: number): number {
    const q = Math.max(pt, frozenBelow)
    const a =
      q > bottomMass
        ? atZ / (1 + atZ * slope(5) * 2 * Math.log(q / zMass))
        : atBottom / (1 + atBottom * slope(4) * 2 * Math.log(q / bottomMass))
    return soft ? a * (1 + cmw * a) : a
  }
  return { alphaS }
}
