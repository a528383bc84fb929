/**
 * The real symmetric matrix D of the two lepton directions, with which v^T D v' is the spin-correlated rate of two
 * amplitude vectors: D = Re(rho+) x Re(rho-) - Im(rho+) x Im(rho-), where rho+ = (1 + n+.s)/2 for the l+ in the rest
 * frame of the top and rho- = (1 - n-.s)/2 for the l- in that of the antitop (analysing powers +1 and -1
 * at leading order). Its average over both directions is 1/4.
 *
 * Directions are along (r, n, k); out[4 i + j] over the spins [++, +-, -+, --].
 */
export function decayMatrix(
  plusR: number,
  plusN: number,
  plusK: number,
  minusR: number,
  minusN: number,
  minusK: number,
  out: Float64Array,
): void {
  const p0 = 0.5 * (1 + plusK)
  const p1 = 0.5 * (1 - plusK)
  const pr = 0.5 * plusR
  const pn = 0.5 * plusN
  const m0 = 0.5 * (1 - minusK)
  const m1 = 0.5 * (1 + minusK)
  const mr = -0.5 * minusR
  const mn = -0.5 * minusN
  out[0] = p0 * m0
  out[5] = p0 * m1
  out[10] = p1 * m0
  out[15] = p1 * m1
  out[1] = out[4] = p0 * mr
  out[11] = out[14] = p1 * mr
  out[2] = out[8] = pr * m0
  out[7] = out[13] = pr * m1
  // Im(rho) is antisymmetric: +n above the diagonal, -n below.
  out[3] = out[12] = pr * mr - pn * mn
  out[6] = out[9] = pr * mr + pn * mn
}

/** v^T D w for vectors at offsets of packed arrays. */
export function contract(d: Float64Array, v: Float64Array, at: number, w: Float64Array, wAt: number): number {
  const w0 = w[wAt]
  const w1 = w[wAt + 1]
  const w2 = w[wAt + 2]
  const w3 = w[wAt + 3]
  return (
    v[at] * (d[0] * w0 + d[1] * w1 + d[2] * w2 + d[3] * w3) +
    v[at + 1] * (d[4] * w0 + d[5] * w1 + d[6] * w2 + d[7] * w3) +
    v[at + 2] * (d[8] * w0 + d[9] * w1 + d[10] * w2 + d[11] * w3) +
    v[at + 3] * (d[12] * w0 + d[13] * w1 + d[14] * w2 + d[15] * w3)
  )
}
