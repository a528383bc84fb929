import { AppError } from '../../errors.ts'
import { gaussLegendre } from '../../numerics/quadrature.ts'
import { type PartonId, partonIds, type PdfSet } from '../pdf/pdf-set.ts'

/** Both muons must pass: p_T > ptMin [GeV], |eta| < absEtaMax. */
export interface FiducialCuts {
  ptMin: number
  absEtaMax: number
}

/** int_{-a}^{a} (1 + c^2) dc / (8/3): share of the cos(theta)-even decays with |cos theta| < a. */
export function angularShare(a: number): number {
  return 0.25 * a * (3 + a * a)
}

/** Largest |cos theta| with p_T = (m/2) sin theta above pT; 0 below threshold. */
export function cosAtPt(m: number, pT: number): number {
  const square = 1 - ((2 * pT) / m) ** 2
  return square > 0 ? Math.sqrt(square) : 0
}

const position = (id: number) => partonIds.indexOf(id as PartonId)
const pairs = [
  [2, 4].map((q) => [position(q), position(-q)]),
  [1, 3, 5].map((q) => [position(q), position(-q)]),
]

/**
 * Parton luminosity at one mass, rapidity and scale:
 * L_q = (2 m / S) sum_i [f_i(x1) f_ibar(x2) + f_ibar(x1) f_i(x2)], x_{1,2} = (m / sqrt S) e^{+-y} [GeV^-1].
 *
 * With a minus sign between the two, the quark of x1 less the antiquark of x1: what is left of an angle that is signed by
 * the pair's y, since the quark is the one of larger x more often than not.
 *
 * @param out  [2] u-type (u, c), d-type (d, s, b); [4] with the differences behind the sums
 */
export function luminosityDensity(
  pdf: PdfSet,
  sqrtS: number,
  m: number,
  y: number,
  q2: number,
  out: Float64Array,
  first: Float64Array = new Float64Array(partonIds.length),
  second: Float64Array = new Float64Array(partonIds.length),
): void {
  const root = m / sqrtS
  pdf.xfxQ2All(Math.min(1, root * Math.exp(y)), q2, first)
  pdf.xfxQ2All(Math.min(1, root * Math.exp(-y)), q2, second)
  // f f = (xf)(xf) / (x1 x2) and x1 x2 = m^2 / S, so (2 m / S) / (x1 x2) = 2 / m
  for (let type = 0; type < 2; type++) {
    let sum = 0
    for (const [q, qbar] of pairs[type]) sum += first[q] * second[qbar] + first[qbar] * second[q]
    out[type] = (2 / m) * sum
    if (out.length < 4) continue
    let difference = 0
    for (const [q, qbar] of pairs[type]) difference += first[q] * second[qbar] - first[qbar] * second[q]
    out[type + 2] = (2 / m) * difference
  }
}

/** Accepted luminosity at the mass last set. */
export interface Luminosity {
  /** @param muF factorisation scale [GeV] */
  setMass(m: number, muF: number): void
  /**
   * int dy L_q(m, y) x share of decays that pass the cuts with muon p_T > pT [GeV^-1].
   * Differences of two p_T give a bin: the Jacobian peak at m/2 is integrated exactly.
   *
   * @param out  [2] u-type, d-type
   */
  above(pT: number, out: Float64Array): void
  /**
   * Decays that pass the cuts with yLow < |y| < yHigh [GeV^-1], and of those the forward ones less the backward ones per
   * unit of D_q / S_q: int dy L-_q 3 a^2 / 4, |cos theta| < a. Forward: l- goes with the quark, which is taken to
   * come from where the pair goes.
   *
   * @param out  [4] u-type, d-type: all; u-type, d-type: forward less backward
   */
  between(yLow: number, yHigh: number, out: Float64Array): void
}

/**
 * Luminosity integrals over the rapidity of the pair with fiducial cuts.
 *
 * A decay passes when |cos theta| < min(cosAtPt, tanh(absEtaMax - |y|)); the two limits cross at
 * y* = absEtaMax - atanh(cosAtPt), where the integrand has a kink. L is expanded in Legendre polynomials from Gauss
 * nodes on 0 < y < y_max and both sides of every kink are integrated analytically from the one expansion, so that
 * any number of p_T edges costs no further PDF call.
 *
 * @param signed  whether `between` is asked for: twice the moments
 */
export function createLuminosity(
  pdf: PdfSet,
  sqrtS: number,
  cuts: FiducialCuts | null,
  yNodes: number,
  signed = false,
): Luminosity {
  const etaMax = cuts?.absEtaMax ?? Infinity
  const ptMin = cuts?.ptMin ?? 0
  const { nodes, weights } = gaussLegendre(yNodes)
  // projection[k, i] = w_i P_k(x_i), then c_k = (2k + 1)/2 sum_i projection L_i; the antiderivative of
  // (2k + 1) P_k is P_{k+1} - P_{k-1}, which vanishes at -1.
  const projection = new Float64Array(yNodes * yNodes)
  for (let i = 0; i < yNodes; i++) {
    let previous = 0
    let current = 1
    for (let k = 0; k < yNodes; k++) {
      projection[k * yNodes + i] = weights[i] * current
      const next = ((2 * k + 1) * nodes[i] * current - k * previous) / (k + 1)
      previous = current
      current = next
    }
  }

  let mass = 0
  let yMax = 0
  // Moments of L and of L x share(tanh(absEtaMax - y)), u-type and d-type; then of L- and of L- x tanh^2.
  const expansions = signed ? 8 : 4
  const moments = Array.from({ length: expansions }, () => new Float64Array(yNodes))
  const values = Array.from({ length: expansions }, () => new Float64Array(yNodes))
  const density = new Float64Array(signed ? 4 : 2)
  const first = new Float64Array(partonIds.length)
  const second = new Float64Array(partonIds.length)

  function setMass(m: number, muF: number): void {
    if (!(m > 0 && m < sqrtS))
      throw new AppError(
        'physics/out-of-range',
        `m_ll = ${m} GeV must lie between 0 and sqrt(s) = ${sqrtS} GeV. Choose a smaller mass or a larger sqrt(s).`,
        { m, sqrtS },
      )
    mass = m
    yMax = Math.min(etaMax, Math.log(sqrtS / m))
    for (let i = 0; i < yNodes; i++) {
      const y = 0.5 * yMax * (1 + nodes[i])
      luminosityDensity(pdf, sqrtS, m, y, muF * muF, density, first, second)
      const limit = etaMax === Infinity ? 1 : Math.tanh(etaMax - y)
      const share = angularShare(limit)
      for (let q = 0; q < 2; q++) {
        values[q][i] = density[q]
        values[q + 2][i] = density[q] * share
        if (!signed) continue
        values[q + 4][i] = density[q + 2]
        values[q + 6][i] = density[q + 2] * limit * limit
      }
    }
    for (let k = 0; k < yNodes; k++)
      for (let f = 0; f < expansions; f++) {
        let sum = 0
        for (let i = 0; i < yNodes; i++) sum += projection[k * yNodes + i] * values[f][i]
        moments[f][k] = sum
      }
  }

  /** Puts int_-y^y of all expansions into `integrals`; y in [0, yMax]. */
  const integrals = new Float64Array(expansions)
  function integrateTo(y: number): void {
    integrals.fill(0)
    if (y <= 0) return
    const t = Math.min(1, (2 * y) / yMax - 1)
    let below = 1 // P_{k-1}, with P_{-1} = 1 so that k = 0 gives P_1 - P_{-1} -> t + 1 below
    let current = 1
    for (let k = 0; k < yNodes; k++) {
      const next = ((2 * k + 1) * t * current - k * below) / (k + 1)
      const step = k === 0 ? t + 1 : next - below
      for (let f = 0; f < expansions; f++) integrals[f] += step * moments[f][k]
      below = current
      current = next
    }
    // dy = (yMax / 2) dt, the 1/2 of the projection, and both signs of y
    for (let f = 0; f < expansions; f++) integrals[f] *= 0.5 * yMax
  }

  function above(pT: number, out: Float64Array): void {
    const a = cosAtPt(mass, Math.max(pT, ptMin))
    if (a === 0 || yMax <= 0) {
      out[0] = out[1] = 0
      return
    }
    const crossing = etaMax === Infinity ? Infinity : etaMax - Math.atanh(a)
    const share = angularShare(a)
    if (crossing >= yMax) {
      for (let q = 0; q < 2; q++) out[q] = share * yMax * moments[q][0]
      return
    }
    integrateTo(crossing)
    for (let q = 0; q < 2; q++) out[q] = share * integrals[q] + yMax * moments[q + 2][0] - integrals[q + 2]
  }

  /** int_-y^y of what `between` gives. */
  function within(y: number, share: number, squared: number, crossing: number, out: Float64Array): void {
    integrateTo(Math.min(y, crossing, yMax))
    for (let q = 0; q < 2; q++) {
      out[q] = share * integrals[q] - integrals[q + 2]
      out[q + 2] = 0.75 * (squared * integrals[q + 4] - integrals[q + 6])
    }
    integrateTo(Math.min(y, yMax))
    for (let q = 0; q < 2; q++) {
      out[q] += integrals[q + 2]
      out[q + 2] += 0.75 * integrals[q + 6]
    }
  }
  const lower = new Float64Array(4)

  function between(yLow: number, yHigh: number, out: Float64Array): void {
    const a = cosAtPt(mass, ptMin)
    out.fill(0)
    if (a === 0 || yMax <= 0) return
    const crossing = etaMax === Infinity ? Infinity : etaMax - Math.atanh(a)
    within(yHigh, angularShare(a), a * a, Math.max(0, crossing), out)
    if (yLow <= 0) return
    within(yLow, angularShare(a), a * a, Math.max(0, crossing), lower)
    for (let k = 0; k < 4; k++) out[k] -= lower[k]
  }

  return { setMass, above, between }
}
