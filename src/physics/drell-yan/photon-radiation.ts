import { AppError } from '../../errors.ts'

/** Fine-structure constant at zero momentum: photons that are radiated are real. */
const alpha = 1 / 137.036

/** Share of pairs after radiation over those before: 1 + 3 alpha / (4 pi), Kinoshita, Lee and Nauenberg. */
export const radiatedShare = 1 + (3 * alpha) / (4 * Math.PI)

/** Largest L = ln(m^2/m_l^2) - 1 that is taken: bare electrons have 23 at m_Z, 30 at 3 TeV. */
export const mostLogarithm = 40

/** Li2(x) = -int_0^x ln(1 - t) / t dt for 0 <= x <= 1, to 1e-15: the series below 1/2, the reflection above. */
export function dilogarithm(x: number): number {
  if (x > 0.5) {
    const logs = x < 1 ? Math.log(x) * Math.log1p(-x) : 0
    return Math.PI ** 2 / 6 - logs - dilogarithm(1 - x)
  }
  let sum = 0
  let power = x
  for (let k = 1; k < 60 && power > 1e-18; k++, power *= x) sum += power / (k * k)
  return sum
}

/**
 * Share of lepton pairs whose squared mass is at most a share z of what it was before the leptons radiated photons.
 *
 * Density of z, exponentiated, with leading logarithms of second order (b = 2 alpha L / pi):
 *   rho = D b (1-z)^(b-1) - (b/2)(1+z) + (b^2/8) [-4(1+z) ln(1-z) - (1+3z^2)/(1-z) ln z - 5 - z],
 * D such that all of it is `radiatedShare`. Exact at O(alpha), inclusive in the photon's angle, for leptons light
 * beside the pair. L = ln(m^2/m_l^2) - 1 is one number for leptons that are dressed with the photons near them;
 * 5 for a cone of .1, 12.5 for bare muons at m_Z.
 * Source: O(alpha) as in Kuraev, Fadin, Sov. J. Nucl. Phys. 41 (1985) 466; drell-yan-beyond-lo notes B.1.
 *
 * @param logarithm  L, 0 to `mostLogarithm`; 0 leaves masses as they are
 * @returns          the share at z: 0 for z <= 0, `radiatedShare` for z >= 1
 * @throws           AppError 'physics/out-of-range' for any other L
 */
export function radiatedBelow(logarithm: number): (z: number) => number {
  if (!(logarithm >= 0 && logarithm <= mostLogarithm))
    throw new AppError(
      'physics/out-of-range',
      `L = ln(m^2/m_l^2) - 1 of the photon radiation must lie within 0 and ${mostLogarithm}, got ${logarithm}. Bare muons at the Z have 12.5.`,
      { logarithm },
    )
  const b = ((2 * alpha) / Math.PI) * logarithm
  const hard = (z: number): number => {
    const left = 1 - z
    const first = -(b / 2) * (z + (z * z) / 2)
    // Antiderivatives from 0 of (1 + z) ln(1 - z), of ln z and z ln z, and of ln z / (1 - z).
    const log = left > 0 ? Math.log(left) : 0
    const ofLeft = -left * log - z + ((z * z - 1) / 2) * log - (z * z) / 4 - z / 2
    const logZ = z > 0 ? Math.log(z) : 0
    const ofLog = z * logZ - z
    const ofZLog = ((z * z) / 2) * logZ - (z * z) / 4
    const ofRatio = dilogarithm(left) - Math.PI ** 2 / 6
    return first + ((b * b) / 8) * (-4 * ofLeft + 3 * ofZLog + 3 * ofLog - 4 * ofRatio - 5 * z - (z * z) / 2)
  }
  const soft = radiatedShare - hard(1)
  return (z) => {
    if (z <= 0) return 0
    if (z >= 1) return radiatedShare
    return soft * (1 - (1 - z) ** b) + hard(z)
  }
}

/**
 * For each bin the share of pairs of mass `m` that fall into it after radiation.
 *
 * @param below  of `radiatedBelow`
 * @param edges  [bins + 1] GeV, rising
 * @param m      mass before radiation [GeV]
 * @param out    [bins]
 */
export function radiateInto(
  below: (z: number) => number,
  edges: readonly number[],
  m: number,
  out: Float64Array,
): void {
  let under = below((edges[0] / m) ** 2)
  for (let b = 0; b + 1 < edges.length; b++) {
    const upTo = below((edges[b + 1] / m) ** 2)
    out[b] = upTo - under
    under = upTo
  }
}
