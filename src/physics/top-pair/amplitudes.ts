import type { TopPairParameters } from './parameters.ts'

/**
 * Helicity amplitudes of q qbar -> t tbar and g g -> t tbar at leading order: real 4-vectors over the spins
 * [++, +-, -+, --] of top and antitop, both projected on the top direction k in the rest frame of the pair.
 * Coefficients are in TeV^-2 (Lambda = 1 TeV), all energies in GeV.
 *
 * q qbar, quark helicity R (L has the two outer factors swapped with opposite sign), c = cos of the angle between top and quark:
 *   v = s [-(1 + c) P, -x S Q, -x S Q, -(1 - c) M]
 * with x = 2 m / sqrt(s), S = sin; each interaction is its three couplings (P, M, Q). Follows Degrande et al.
 * (arXiv:1010.6304), Zhang and Willenbrock (arXiv:1008.3869), Bernreuther et al. (arXiv:1508.05271); colour T^A x T^A
 * (or 1 x 1) is stripped.
 */

/** Interactions of one quark line with the top pair at unit coefficient. */
export const quarkElements = ['SM', 'tR', 'tL', 'tG'] as const
export const quarkElementCount = 4

const perTeV2 = 1e-6

/** s times the couplings P, M, Q of each of `quarkElements`: out[3 e + (0, 1, 2)]. */
export function quarkCouplings(parameters: TopPairParameters, s: number, out: Float64Array): void {
  const { mTop, vev, alphaS } = parameters
  const gs2 = 4 * Math.PI * alphaS
  const gs = Math.sqrt(gs2)
  const beta = Math.sqrt(Math.max(0, 1 - (4 * mTop * mTop) / s))
  out[0] = out[1] = out[2] = gs2
  const contact = 0.5 * s * perTeV2
  out[3] = contact * (1 + beta)
  out[4] = contact * (1 - beta)
  out[5] = contact
  out[6] = out[4]
  out[7] = out[3]
  out[8] = contact
  const d = Math.SQRT2 * vev * perTeV2
  out[9] = out[10] = gs * 2 * mTop * d
  out[11] = (gs * s * d) / (2 * mTop)
}

/**
 * The four amplitude vectors of one quark helicity: out[4 e + spin]. `c` is measured from parton 1; with the quark
 * in beam 2 (`flipped`) the angle turns round and the axes r and n change sign, which is the sign of the middle two.
 */
export function quarkVectors(
  couplings: Float64Array, // from quarkCouplings
  x: number,
  c: number,
  helicity: 'R' | 'L',
  flipped: boolean,
  out: Float64Array,
): void {
  const cq = flipped ? -c : c
  const first = helicity === 'R' ? -(1 + cq) : 1 - cq
  const last = helicity === 'R' ? -(1 - cq) : 1 + cq
  const middle = (flipped ? 1 : -1) * x * Math.sqrt(Math.max(0, 1 - c * c))
  for (let e = 0; e < quarkElementCount; e++) {
    const p = couplings[3 * e]
    const m = couplings[3 * e + 1]
    out[4 * e] = first * p
    out[4 * e + 1] = out[4 * e + 2] = middle * couplings[3 * e + 2]
    out[4 * e + 3] = last * m
  }
}

/** Colour factor and average over q qbar spins and colours: |M|^2 = factor x sum of v.v over quark helicities. */
export const octetFactor = 1 / 18
export const singletFactor = 1 / 4

/** Gluon helicities (+,+), (-,-), (+,-), (-,+), each symmetric and antisymmetric in colour. */
export const gluonVectorCount = 8

/** Average over gluon spins and colours times the colour sums of the symmetric and antisymmetric parts. */
export const gluonFactors: readonly [symmetric: number, antisymmetric: number] = [28 / 3 / 256, 12 / 256]

/**
 * g g -> t tbar: M = T^a T^b F12 + T^b T^a F21 as symmetric (F12 + F21)/2 and antisymmetric (F12 - F21)/2 parts,
 * out[4 (2 helicity + part) + spin], for the SM and for one insertion of c_tG = 1 (Degrande et al. arXiv:1010.6304,
 * Aoude et al. arXiv:2203.05619; the g g t t contact term is included).
 */
export function gluonVectors(
  parameters: TopPairParameters,
  s: number,
  c: number,
  sm: Float64Array,
  dipole: Float64Array,
): void {
  const { mTop, vev, alphaS } = parameters
  const gs2 = 4 * Math.PI * alphaS
  const rootS = Math.sqrt(s)
  const x = (2 * mTop) / rootS
  const b = Math.sqrt(Math.max(0, 1 - x * x))
  const sine2 = Math.max(0, 1 - c * c)
  const sine = Math.sqrt(sine2)
  const inverse12 = 1 / (1 - b * c)
  const inverse21 = 1 / (1 + b * c)
  const symmetric = 0.5 * (inverse12 + inverse21)
  const antisymmetric = 0.5 * (inverse12 - inverse21)
  const prefactor = Math.sqrt(gs2) * Math.SQRT2 * vev * perTeV2
  const outer = prefactor * 2 * mTop
  const inner = (prefactor * s) / (2 * mTop)

  // Numerators that are the same for both colour orders: all but the dipole with equal gluon helicities.
  const plus = b * sine * (1 + c)
  const minus = b * sine * (1 - c)
  const flip = x * b * sine2
  for (let part = 0; part < 2; part++) {
    const order = part === 0 ? symmetric : antisymmetric
    const g = gs2 * order
    const pp = 4 * part
    const mm = 8 + pp
    sm[pp] = sm[pp + 3] = sm[mm] = sm[mm + 3] = 0
    sm[pp + 1] = sm[mm + 2] = -g * x * (1 + b)
    sm[pp + 2] = sm[mm + 1] = g * x * (1 - b)
    const pm = 16 + pp
    const mp = 24 + pp
    sm[pm] = g * plus
    sm[pm + 3] = g * minus
    sm[mp] = -g * minus
    sm[mp + 3] = -g * plus
    sm[pm + 1] = sm[pm + 2] = sm[mp + 1] = sm[mp + 2] = g * flip
    const o = outer * order
    const i = inner * order
    dipole[pm] = o * plus
    dipole[pm + 3] = o * minus
    dipole[mp] = -o * minus
    dipole[mp + 3] = -o * plus
    dipole[pm + 1] = dipole[pm + 2] = dipole[mp + 1] = dipole[mp + 2] = i * flip
  }

  const z12 = outer * sine * inverse12
  const z21 = -outer * sine * inverse21
  const a12 = -prefactor * rootS * (1 - b) * (2 + b + c) * inverse12
  const a21 = -prefactor * rootS * (1 - b) * (2 + b - c) * inverse21
  const e12 = prefactor * rootS * (1 + b) * (2 - b - c) * inverse12
  const e21 = prefactor * rootS * (1 + b) * (2 - b + c) * inverse21
  for (let part = 0; part < 2; part++) {
    const sign = part === 0 ? 0.5 : -0.5
    const z = 0.5 * z12 + sign * z21
    const a = 0.5 * a12 + sign * a21
    const e = 0.5 * e12 + sign * e21
    const pp = 4 * part
    const mm = 8 + pp
    dipole[pp] = dipole[mm] = z
    dipole[pp + 3] = dipole[mm + 3] = -z
    dipole[pp + 1] = dipole[mm + 2] = a
    dipole[pp + 2] = dipole[mm + 1] = e
  }
}
