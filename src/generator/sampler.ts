import type { Rng } from '../numerics/rng.ts'
import { createEventWeight, isotropicDecay, type EventWeight } from '../physics/top-pair/event-weight.ts'
import { createFluxes, fluxCount } from '../physics/top-pair/fluxes.ts'
import { hadronicTotals, type TopPairProcess } from '../physics/top-pair/hadronic.ts'
import { pairTerm } from '../physics/top-pair/polynomial.ts'
import { weightToPb } from '../physics/top-pair/totals.ts'
import { integrateVegas, mapPoint, uniformGrid, type VegasGrid } from './vegas.ts'

/** The variables of production in the unit cube: ln m_tt, rapidity within its range, cos(theta). */
export const productionDimensions = 3

export interface Production {
  mtt: number // GeV
  y: number
  c: number
  /** d(m, y, cos)/du of the point drawn, times the flux factor and everything else that is not in the amplitude [pb]. */
  jacobian: number
}

/** Draws production points of one process with a frozen grid and weighs them; keeps buffers, so one per thread. */
export interface TopPairSampler {
  process: TopPairProcess
  grid: VegasGrid
  terms: number
  /** sigma of each term by quadrature [pb] */
  totals: Float64Array
  /** Draws a production point into `point`. */
  draw(rng: Rng, point: Production): void
  /** The production point at x in the unit cube, as if drawn evenly there. */
  place(x: Float64Array, point: Production): void
  /** Terms of the weight [pb] at a drawn point for lepton directions in `d`. */
  weigh(point: Production, d: Float64Array, out: Float64Array, offset: number): void
}

/** Share of the squared EFT amplitudes in the density that points follow. */
const eftShare = 0.5

/**
 * A sampler for a grid made before, for example in another worker.
 */
export function createSampler(
  process: TopPairProcess,
  grid: VegasGrid,
  totals: Float64Array,
): TopPairSampler {
  const { sqrtS, pdf, mu, parameters, operators, mttMin, mttMax } = process
  const weight: EventWeight = createEventWeight(operators, parameters)
  const fluxes = createFluxes(pdf, mu)
  const flux = new Float64Array(fluxCount)
  const u = new Float64Array(productionDimensions)
  const x = new Float64Array(productionDimensions)
  const cells = new Int32Array(productionDimensions)
  const logRange = Math.log(mttMax / mttMin)

  return {
    process,
    grid,
    terms: weight.terms,
    totals,
    draw(rng, point) {
      for (let d = 0; d < productionDimensions; d++) u[d] = rng.uniform()
      const gridJacobian = mapPoint(grid, u, x, cells)
      place(x, point)
      point.jacobian *= gridJacobian
    },
    place,
    weigh(point, d, out, offset) {
      const { mtt, y, c, jacobian } = point
      const root = mtt / sqrtS
      const boost = Math.exp(y)
      fluxes(root * boost, root / boost, flux)
      for (let k = 0; k < fluxCount; k++) flux[k] *= jacobian
      weight.evaluate(mtt * mtt, c, d, flux, out, offset)
    },
  }

  function place(x: Float64Array, point: Production): void {
    const mtt = mttMin * Math.exp(logRange * x[0])
    const yMax = Math.log(sqrtS / mtt)
    point.mtt = mtt
    point.y = yMax * (2 * x[1] - 1)
    point.c = 2 * x[2] - 1
    // d sigma/(dm dy dcos) = (2/m) flux W beta/(8 pi s); dm = m ln(range) dx, dy = 2 yMax dx, dcos = 2 dx.
    point.jacobian = 2 * weightToPb(parameters.mTop, mtt * mtt) * logRange * 2 * yMax * 2
  }
}

/**
 * Adapts a grid to one half SM and one half the squares of the operators, each normalised, so that neither the bulk nor
 * the tail runs out of events. Yields after each pass.
 */
export function* adaptSampler(
  process: TopPairProcess,
  rng: Rng,
  options: { points?: number; iterations?: number } = {},
): Generator<{ iteration: number; iterations: number }, TopPairSampler> {
  const { points = 8000, iterations = 6 } = options
  const totals = hadronicTotals(process)
  const flat = createSampler(process, uniformGrid(productionDimensions), totals)
  const n = process.operators.length
  const importance = new Float64Array(totals.length)
  importance[0] = (n > 0 ? 1 - eftShare : 1) / totals[0]
  for (let j = 0; j < n; j++) importance[pairTerm(j, j, n)] = eftShare / n / totals[pairTerm(j, j, n)]

  const out = new Float64Array(totals.length)
  const point: Production = { mtt: 0, y: 0, c: 0, jacobian: 0 }
  const integration = integrateVegas(
    (x) => {
      flat.place(x, point)
      flat.weigh(point, isotropicDecay, out, 0)
      let sum = 0
      for (let t = 0; t < out.length; t++) sum += importance[t] * out[t]
      return sum
    },
    { dimensions: productionDimensions, points, iterations, rng },
  )
  for (;;) {
    const step = integration.next()
    if (step.done) return createSampler(process, step.value.grid, totals)
    yield { iteration: step.value.iteration, iterations }
  }
}
