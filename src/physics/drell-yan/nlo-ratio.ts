import { AppError } from '../../errors.ts'
import { cubicSpline } from '../pdf/cubic-spline.ts'
import type { PdfSet } from '../pdf/pdf-set.ts'
import { nloLuminosity } from './nlo-luminosity.ts'
import type { TemplateRequest } from './template-request.ts'

/** Knots of K per unit of ln m; twice as many change K by less than 1e-5. */
const knotsPerLog = 8
/** Pairs of more than so many times the last edge radiate too little into the bins for their K to matter. */
const radiatedReach = 3

interface NloScales {
  /** Central scale: the mass of the pair, or fixed [GeV]. */
  mu: 'mll' | number
  /** mu_F and mu_R over the central scale. */
  muF: number
  muR: number
}

/**
 * K_q(m) = L_q^NLO / L_q^LO, both at the same mu_F, by a spline in ln m.
 *
 * @param mMin     lowest mass [GeV]
 * @param mMax     highest mass that must be known; K stays what it is at `reach`, or where the luminosities end
 * @param reach    mass up to which K is followed, at least mMax
 * @returns        multiplies a pair of leading-order luminosities [u-type, d-type] by K at m
 * @throws         AppError 'input/invalid' where the set has no alpha_s; 'physics/out-of-range' where a luminosity
 *                 is not positive up to mMax
 */
export function nloRatio(
  pdf: PdfSet,
  sqrtS: number,
  [mMin, mMax]: readonly [number, number],
  scales: NloScales,
  reach = mMax,
): (m: number, pair: Float64Array) => void {
  const { alphaS } = pdf
  if (!alphaS)
    throw new AppError(
      'input/invalid',
      `${pdf.id} comes without alpha_s, which next-to-leading order needs from ${rounded(scales.muR * mMin)} to ${rounded(scales.muR * mMax)} GeV. Add the set's .info file, or stay at leading order.`,
    )
  // At sqrt(s) itself there is nothing left to divide.
  const high = Math.min(Math.max(mMax, reach), 0.999 * sqrtS)
  const top = Math.min(mMax, high)
  const count = Math.max(4, Math.ceil(knotsPerLog * Math.log(high / mMin)) + 3)
  const step = Math.log(high / mMin) / (count - 1)
  const logs: number[] = []
  const ratios: number[][] = [[], []]
  for (let k = 0; k < count; k++) {
    const m = mMin * Math.exp(k * step)
    const mu = scales.mu === 'mll' ? m : scales.mu
    const muF = scales.muF * mu
    const a = alphaS(scales.muR * mu) / (2 * Math.PI)
    const log = 2 * Math.log(m / muF)
    const terms = nloLuminosity(pdf, sqrtS, m, muF)
    const both = [0, 1].map((q) => {
      const { leading, quark, gluon, quarkLog, gluonLog } = terms
      return [leading[q], leading[q] + a * (quark[q] + gluon[q] + log * (quarkLog[q] + gluonLog[q]))]
    })
    // A type of quark that a set does not have has no correction either.
    const absent = both.map(([lo, nlo]) => lo === 0 && nlo === 0)
    const bad = both.findIndex(([lo, nlo], q) => !absent[q] && !(lo > 0 && nlo > 0))
    if (bad >= 0) {
      if (logs.length >= 4 && m > top * (1 + step)) break
      const [lo, nlo] = both[bad]
      throw new AppError(
        'physics/out-of-range',
        `Luminosities of ${pdf.id} must be positive for next-to-leading order up to ${rounded(mMax)} GeV; at ${rounded(m)} GeV that of ${'ud'[bad]}-type quarks is ${lo.toExponential(2)} GeV^-1 at leading, ${nlo.toExponential(2)} at next-to-leading order. End the bins below ${rounded(m)} GeV, or take another set.`,
        { m, lo, nlo },
      )
    }
    logs.push(Math.log(m))
    both.forEach(([lo, nlo], q) => ratios[q].push(absent[q] ? 1 : nlo / lo))
  }
  const splines = ratios.map((values) => cubicSpline(logs, values))
  const last = logs.length - 1
  return (m, pair) => {
    const log = Math.min(Math.max(Math.log(m), logs[0]), logs[last])
    const i = Math.min(Math.floor((log - logs[0]) / step), last - 1)
    const d = log - logs[i]
    for (let q = 0; q < 2; q++) {
      const c = splines[q]
      pair[q] *= c[4 * i] + d * (c[4 * i + 1] + d * (c[4 * i + 2] + d * c[4 * i + 3]))
    }
  }
}

/**
 * `nloRatio` as a request of spectra wants it; undefined at leading order.
 *
 * @param range   of m_ll that is binned [GeV]
 * @param factor  on both scales
 */
export function correctionOf(
  request: TemplateRequest,
  range: readonly [number, number],
  factor = 1,
): ReturnType<typeof nloRatio> | undefined {
  if (request.order !== 'nlo') return undefined
  const { muF, muR } = request.scaleFactors ?? { muF: 1, muR: 1 }
  const scales = { mu: request.muF, muF: factor * muF, muR: factor * muR }
  return nloRatio(request.pdf, request.sqrtS, range, scales, request.radiation && radiatedReach * range[1])
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)))
}
