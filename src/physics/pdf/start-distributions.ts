import type { StartDistributions } from './evolution-basis.ts'

/**
 * Analytic form of CT14lo's own input at Q0 = 1.295 GeV: 30 numbers determined from the public table of
 * CT14 (Dulat et al., arXiv:1506.07443), which they reproduce to 6e-5 for 1e-4 < x < 0.72. It is a
 * re-parametrisation of that set, not an independent fit, and carries no uncertainty.
 *
 * Each density is N x^a (1-x)^b times a Bernstein polynomial in r = sqrt(x), or in 1 - (1-r)^4 for
 * ubar and dbar. The last two coefficients of u_v, d_v and g remove the term linear in 1 - r as x -> 1.
 */
const q0 = 1.295

const valence = { a: 0.593931, b: 3.2003 }
const valenceEnd = [1 + valence.a / 2, 1]
const uValence = { norm: 5.14941170797176, shape: [0.704163, 0.255016, 0.449389, ...valenceEnd] }
const dValence = { norm: 0.0321614587856068, shape: [97.3749, -55.9406, 145.964, ...valenceEnd] }

const gluonPowers = { a: 0.0493601, b: 4.92209 }
const gluon = { norm: 8.1728573175849, shape: [1.00196, -0.74486, 1 + (2 * gluonPowers.a) / 3, 1] }

const sea = { a: -0.183399, b: 5.58091 }
const seaAtZero = 0.116507
const ubarShape = [seaAtZero, 0.182432, -0.0457625, 0.323188, 0.0257342, 0.138834]
const dbarShape = [seaAtZero, -0.0254938, 0.336331, -0.0250015, 0.316292, 0.11653]

const strange = { b: 11.4758, shape: [0.0659677, 0.0660147, 0.0698002, 0.0787893] }

/** sum_k c_k C(n,k) y^k (1-y)^(n-k), by Horner's rule in y/(1-y). Needs 0 <= y < 1. */
function bernstein(coefficients: readonly number[], y: number): number {
  const n = coefficients.length - 1
  const odds = y / (1 - y)
  let binomial = 1
  let sum = coefficients[n]
  for (let k = n - 1; k >= 0; k--) {
    binomial *= (k + 1) / (n - k)
    sum = sum * odds + binomial * coefficients[k]
  }
  return sum * (1 - y) ** n
}

export const ct14loStart: StartDistributions = {
  q0,
  fill(x, out) {
    if (x >= 1) {
      out.fill(0)
      return
    }
    const r = Math.sqrt(x)
    const y = 1 - (1 - r) ** 4
    const logX = Math.log(x)
    const logRest = Math.log1p(-x)
    const valenceFactor = Math.exp(valence.a * logX + valence.b * logRest)
    const seaFactor = Math.exp(sea.a * logX + sea.b * logRest)
    const dbar = seaFactor * bernstein(dbarShape, y)
    const ubar = seaFactor * bernstein(ubarShape, y)
    out[0] = dValence.norm * valenceFactor * bernstein(dValence.shape, r) + dbar
    out[1] = uValence.norm * valenceFactor * bernstein(uValence.shape, r) + ubar
    out[2] = dbar
    out[3] = ubar
    out[4] = Math.exp(sea.a * logX + strange.b * logRest) * bernstein(strange.shape, r)
    out[5] = 0
    out[6] = 0
    out[7] = gluon.norm * Math.exp(gluonPowers.a * logX + gluonPowers.b * logRest) * bernstein(gluon.shape, r)
  },
}
