/**
 * Spin density matrix of the pair, R = A 1x1 + B+_i s^i x 1 + B-_i 1 x s^i + C_ij s^i x s^j, summed over colours and
 * averaged over initial states: |M|^2 = 4 A. Axes for both tops: k along the top, r in the plane of production towards
 * parton 1, n = r x k. At leading order without absorptive parts B_n = C_kn = C_rn = 0.
 */
export interface SpinDensity {
  A: number
  Bp: { k: number; r: number; n: number }
  Bm: { k: number; r: number; n: number }
  C: { kk: number; rr: number; nn: number; kr: number; rk: number }
}

export function emptySpinDensity(): SpinDensity {
  return {
    A: 0,
    Bp: { k: 0, r: 0, n: 0 },
    Bm: { k: 0, r: 0, n: 0 },
    C: { kk: 0, rr: 0, nn: 0, kr: 0, rk: 0 },
  }
}

/**
 * Adds factor x v v'^T to the density, symmetrised in v and v'. Vectors are over the spins [++, +-, -+, --]
 * (Bernreuther, Heisler, Si, arXiv:1508.05271, for the basis of axes).
 */
export function addToSpinDensity(
  density: SpinDensity,
  factor: number,
  v: Float64Array,
  at: number,
  w: Float64Array,
  wAt: number,
): void {
  const q = 0.25 * factor
  const [a, b, c, d] = [v[at], v[at + 1], v[at + 2], v[at + 3]]
  const [e, f, g, h] = [w[wAt], w[wAt + 1], w[wAt + 2], w[wAt + 3]]
  const { Bp, Bm, C } = density
  density.A += q * (a * e + b * f + c * g + d * h)
  Bp.k += q * (a * e + b * f - c * g - d * h)
  Bm.k += q * (a * e - b * f + c * g - d * h)
  C.kk += q * (a * e - b * f - c * g + d * h)
  // Off-diagonal products, each the mean of (v_i w_j) and (v_j w_i).
  const ac = 0.5 * (a * g + c * e)
  const bd = 0.5 * (b * h + d * f)
  const ab = 0.5 * (a * f + b * e)
  const cd = 0.5 * (c * h + d * g)
  const ad = 0.5 * (a * h + d * e)
  const bc = 0.5 * (b * g + c * f)
  Bp.r += q * 2 * (ac + bd)
  Bm.r += q * 2 * (ab + cd)
  C.rr += q * 2 * (ad + bc)
  C.nn += q * 2 * (bc - ad)
  C.kr += q * 2 * (ab - cd)
  C.rk += q * 2 * (ac - bd)
}

/** A direction in a top's rest frame along (r, n, k). */
export type SpinDirection = readonly [r: number, n: number, k: number]

/** W = A + B+.n+ - B-.n- - C_ij n+_i n-_j: rate for an l+ along n+ and an l- along n- (analysing powers +1, -1). */
export function contractSpinDensity(density: SpinDensity, plus: SpinDirection, minus: SpinDirection): number {
  const { A, Bp, Bm, C } = density
  return (
    A +
    Bp.r * plus[0] +
    Bp.n * plus[1] +
    Bp.k * plus[2] -
    (Bm.r * minus[0] + Bm.n * minus[1] + Bm.k * minus[2]) -
    (C.rr * plus[0] * minus[0] +
      C.nn * plus[1] * minus[1] +
      C.kk * plus[2] * minus[2] +
      C.kr * plus[2] * minus[0] +
      C.rk * plus[0] * minus[2])
  )
}
