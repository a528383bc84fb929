import { AppError } from '../../errors.ts'
import { gaussLegendre } from '../../numerics/quadrature.ts'
import type { PdfSet } from '../pdf/pdf-set.ts'
import { createRunningCoupling } from '../pdf/alpha-s.ts'
import { createFluxes, fluxCount } from './fluxes.ts'
import type { TopPairOperatorName } from './operators.ts'
import { defaultMasses, type TopPairParameters } from './parameters.ts'
import { createTotalWeight, weightToPb } from './totals.ts'

/** One hadronic process: energy, densities, scale, operators and the window in m_tt. */
export interface TopPairProcess {
  sqrtS: number // GeV
  pdf: PdfSet
  /** Fixed factorisation and renormalisation scale [GeV]. */
  mu: number
  parameters: TopPairParameters
  /** Where parameters.alphaS is from, in words: a set without one gets CT14lo's. */
  alphaSSource: string
  operators: readonly TopPairOperatorName[]
  mttMin: number // GeV, at least 2 m_t
  mttMax: number // GeV, at most sqrtS
}

export interface TopPairProcessOptions {
  sqrtS?: number
  pdf: PdfSet
  mu?: number
  alphaS?: number
  masses?: Partial<Omit<TopPairParameters, 'alphaS'>>
  operators?: readonly TopPairOperatorName[]
  mttMin?: number
  mttMax?: number
}

/**
 * A process with the defaults filled in: 13 TeV, mu = m_t, alpha_s(mu) of the densities (CT14lo's where they
 * bring none), c_td8 and c_tq8, all m_tt.
 *
 * @throws AppError 'physics/out-of-range'
 */
export function topPairProcess(options: TopPairProcessOptions): TopPairProcess {
  const { pdf, sqrtS = 13_000, operators = ['td8', 'tq8'] } = options
  const masses = { ...defaultMasses, ...options.masses }
  const mu = options.mu ?? masses.mTop
  if (!(mu > 0)) throw new AppError('physics/out-of-range', `The scale must be positive, got ${mu} GeV.`)
  const { alphaS, alphaSSource } = couplingOf(options.alphaS, pdf, mu)
  const mttMin = Math.max(options.mttMin ?? 0, 2 * masses.mTop)
  const mttMax = Math.min(options.mttMax ?? sqrtS, sqrtS)
  if (!(mttMin < mttMax))
    throw new AppError(
      'physics/out-of-range',
      `The window in m_tt is empty: it begins at ${mttMin} GeV and ends at ${mttMax} GeV. Lower the cut or raise the energy.`,
      { mttMin, mttMax },
    )
  return { sqrtS, pdf, mu, parameters: { ...masses, alphaS }, alphaSSource, operators, mttMin, mttMax }
}

function couplingOf(given: number | undefined, pdf: PdfSet, mu: number) {
  if (given !== undefined) return { alphaS: given, alphaSSource: 'given' }
  if (pdf.alphaS)
    return { alphaS: pdf.alphaS(mu), alphaSSource: pdf.alphaSSource ?? `alpha_s that goes with ${pdf.id}` }
  return {
    alphaS: createRunningCoupling().alphaS(mu),
    alphaSSource: `CT14lo's alpha_s, because ${pdf.id} came without an .info file that names one`,
  }
}

/** d sigma/(dm_tt dy) [pb/GeV] as terms of the polynomial, with m_tt in GeV. */
export function createHadronicDensity(process: TopPairProcess): {
  terms: number
  evaluate(mtt: number, y: number, out: Float64Array, offset?: number): void
} {
  const { sqrtS, pdf, mu, parameters, operators } = process
  const total = createTotalWeight(operators, parameters)
  const fluxes = createFluxes(pdf, mu)
  const flux = new Float64Array(fluxCount)
  return {
    terms: total.terms,
    evaluate(mtt, y, out, offset = 0) {
      const root = mtt / sqrtS
      fluxes(root * Math.exp(y), root * Math.exp(-y), flux)
      const s = mtt * mtt
      const jacobian = (2 / mtt) * weightToPb(parameters.mTop, s)
      for (let k = 0; k < fluxCount; k++) flux[k] *= jacobian
      total.evaluate(s, flux, out, offset)
    },
  }
}

/** Nodes and weights over (m_tt, y) with the density at each: enough for any integral over the parton-level plane. */
export interface HadronicGrid {
  operators: readonly TopPairOperatorName[]
  terms: number
  points: number
  mtt: Float64Array // [points] GeV
  y: Float64Array // [points]
  weight: Float64Array // [points] GeV
  density: Float64Array // [points, terms] pb/GeV
}

export interface HadronicGridOptions {
  nodesPerSegment?: number
  rapidityNodes?: number
}

/**
 * Gauss-Legendre over m_tt in the momentum p = sqrt(m^2 - 4 m_t^2), in which the threshold is analytic, segments
 * growing geometrically, and over both halves of the allowed rapidity.
 */
export function hadronicGrid(process: TopPairProcess, options: HadronicGridOptions = {}): HadronicGrid {
  const { nodesPerSegment = 8, rapidityNodes = 24 } = options
  const { sqrtS, parameters, mttMin, mttMax, operators } = process
  const threshold2 = 4 * parameters.mTop ** 2
  const momentum = (m: number) => Math.sqrt(Math.max(0, m * m - threshold2))
  const [low, high] = [momentum(mttMin), momentum(mttMax)]
  const edges = [low]
  while (edges[edges.length - 1] < high) {
    const last = edges[edges.length - 1]
    edges.push(Math.min(high, Math.max(last + 150, 1.25 * last)))
  }
  const masses = gaussLegendre(nodesPerSegment)
  const rapidity = gaussLegendre(rapidityNodes)
  const density = createHadronicDensity(process)
  const points = (edges.length - 1) * nodesPerSegment * rapidityNodes * 2
  const grid: HadronicGrid = {
    operators,
    terms: density.terms,
    points,
    mtt: new Float64Array(points),
    y: new Float64Array(points),
    weight: new Float64Array(points),
    density: new Float64Array(points * density.terms),
  }
  let at = 0
  for (let segment = 0; segment + 1 < edges.length; segment++) {
    const half = 0.5 * (edges[segment + 1] - edges[segment])
    for (let i = 0; i < nodesPerSegment; i++) {
      const p = edges[segment] + half * (1 + masses.nodes[i])
      const mtt = Math.sqrt(p * p + threshold2)
      const yMax = Math.log(sqrtS / mtt)
      for (let side = -1; side <= 1; side += 2)
        for (let j = 0; j < rapidityNodes; j++) {
          grid.mtt[at] = mtt
          grid.y[at] = 0.5 * side * yMax * (1 + rapidity.nodes[j])
          grid.weight[at] = ((half * masses.weights[i] * p) / mtt) * 0.5 * yMax * rapidity.weights[j]
          density.evaluate(mtt, grid.y[at], grid.density, at * grid.terms)
          at++
        }
    }
  }
  return grid
}

/** The terms of the hadronic cross-section [pb]. */
export function hadronicTotals(process: TopPairProcess, options?: HadronicGridOptions): Float64Array {
  const grid = hadronicGrid(process, options)
  const out = new Float64Array(grid.terms)
  for (let i = 0; i < grid.points; i++)
    for (let t = 0; t < grid.terms; t++) out[t] += grid.weight[i] * grid.density[i * grid.terms + t]
  return out
}
