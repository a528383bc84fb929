/** Half axes and direction of the ellipse that holds `mass` of a two-dimensional Gaussian. */
export interface Ellipse {
  major: number
  minor: number
  /** Angle of the major axis to the x axis, radians, counter-clockwise. */
  angle: number
}

const mahalanobisRadius = (mass: number): number => Math.sqrt(-2 * Math.log(1 - mass))

/** How far the ellipse reaches from its centre along x and along y. */
export function ellipseReach([xx, , yy]: readonly [number, number, number], mass: number): [number, number] {
  const radius = mahalanobisRadius(mass)
  return [radius * Math.sqrt(Math.max(0, xx)), radius * Math.sqrt(Math.max(0, yy))]
}

/**
 * @param covariance  [xx, xy, yy]
 * The squared Mahalanobis radius that holds a mass m in two dimensions is -2 ln(1 - m): 2.30 for 68.3 %,
 * 5.99 for 95 % (PDG, Statistics, table of Delta chi2 for two parameters).
 */
export function covarianceEllipse([xx, xy, yy]: readonly [number, number, number], mass: number): Ellipse {
  const half = (xx + yy) / 2
  const spread = Math.hypot((xx - yy) / 2, xy)
  const radius = mahalanobisRadius(mass)
  return {
    major: radius * Math.sqrt(Math.max(0, half + spread)),
    minor: radius * Math.sqrt(Math.max(0, half - spread)),
    angle: 0.5 * Math.atan2(2 * xy, xx - yy),
  }
}
