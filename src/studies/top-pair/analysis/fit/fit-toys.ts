import { column, featureMatrix, jointRatios } from '../../../../generator/event-table.ts'
import { poisson } from '../../../../generator/poisson.ts'
import { featureSets } from '../../../../generator/observables.ts'
import type { RatioPredictor } from '../../../../ml/ratio/kernel-prediction.ts'
import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import type { Rng } from '../../../../numerics/rng.ts'
import {
  coefficientMonomials,
  evaluatePolynomial,
  termCount,
} from '../../../../physics/top-pair/polynomial.ts'
import { binWeights } from '../../../../statistics/likelihood/binning.ts'
import { termsFor } from '../../../../statistics/likelihood/terms.ts'
import { withConstant } from './fit-data.ts'
import type { FitData, TrainedNetwork } from './fit-jobs.ts'
import type { LikelihoodInput } from './fit-likelihood.ts'
import type { FitPool } from './fit-pool.ts'
import type { FitKind, FitSetup } from './fit-setup.ts'
import type { RatioCells } from '../../../../statistics/ratio-cells.ts'
import { calibratedTable } from './calibrated-ratios.ts'

/** Draws data sets at any coefficients, as a likelihood takes them. */
export interface ToySource {
  /** @param c  coefficients [TeV^-2]; @param scale  of the luminosity */
  draw(c: ArrayLike<number>, rng: Rng, scale?: number): LikelihoodInput
}

/** What predictions and toys have in common. */
type Prediction = Pick<FitData, 'templates' | 'templateCovariances' | 'expected'>

const noRatios = new Float64Array(0)

/**
 * Poisson counts in bins. In a linear fit, too, they follow the full polynomial, as data do.
 *
 * @param fullTemplates  [bins, terms] of the quadratic polynomial
 */
export function binnedToys(
  operators: number,
  prediction: Prediction,
  fullTemplates: Float64Array,
): ToySource {
  const terms = termCount(operators)
  const bins = fullTemplates.length / terms
  return {
    draw(c, rng, scale = 1) {
      const monomials = coefficientMonomials(c)
      const counts = Float64Array.from({ length: bins }, (_, bin) =>
        poisson(scale * Math.max(0, evaluatePolynomial(fullTemplates, monomials, bin * terms)), rng),
      )
      return { ...prediction, counts, ratios: noRatios }
    },
  }
}

/**
 * A Poisson number of events of the pool, drawn with replacement by weight. The pool itself is then the population: its sums
 * of weights are the exact rates, its ratios the exact ratios, and no Monte Carlo error enters a test of calibration.
 *
 * @param ratios  exact or learned, of every event of the pool [rows, terms]
 */
export function eventToys(
  pool: FitPool,
  luminosityInvPb: number,
  prediction: Prediction,
  ratios: Float64Array,
): ToySource {
  const { rows, terms: all, weights } = pool.table
  const terms = prediction.expected.length
  const cumulative = new Float64Array(rows)
  return {
    draw(c, rng, scale = 1) {
      const monomials = coefficientMonomials(c)
      let sum = 0
      for (let i = 0; i < rows; i++) {
        sum += Math.max(0, evaluatePolynomial(weights, monomials, i * all))
        cumulative[i] = sum
      }
      const events = poisson(scale * luminosityInvPb * sum, rng)
      const drawn = new Float64Array(events * terms)
      for (let e = 0; e < events; e++) {
        const target = rng.uniform() * sum
        let low = 0
        let high = rows - 1
        while (low < high) {
          const middle = (low + high) >> 1
          if (cumulative[middle] > target) high = middle
          else low = middle + 1
        }
        for (let t = 0; t < terms; t++) drawn[e * terms + t] = ratios[low * terms + t]
      }
      return { ...prediction, counts: noRatios, ratios: drawn }
    },
  }
}

/**
 * The source that suits a kind of fit, for the luminosity and the bins of these data.
 *
 * @param cells  of the learned ratios, null to take those as they are
 * @param run    predicts them
 */
export function toySource(
  setup: FitSetup,
  data: Pick<FitData, 'luminosityInvPb' | 'binned'> & Prediction,
  kind: FitKind,
  pool: FitPool,
  networks: readonly TrainedNetwork[],
  cells: RatioCells | null = null,
  run?: RatioPredictor,
): ToySource {
  const { mode: order, operators, binning } = setup
  if (kind === 'binned') {
    const values = column(pool.table, binning.observable)
    const edges = Float64Array.from(data.binned.edges)
    const all = termsFor(operators.length, 'quadratic')
    const { templates } = binWeights(edges, values, pool.table.weights, all)
    const scaled = templates.map((value) => value * data.luminosityInvPb)
    return binnedToys(operators.length, data, scaled)
  }
  if (kind === 'exact') {
    const ratios = withConstant(jointRatios(pool.table), pool.table.rows, operators.length, order)
    return eventToys(pool, data.luminosityInvPb, data, ratios)
  }
  const names = featureSets[ratioPresets[setup.preset].features]
  const features = { names, values: featureMatrix(pool.table, names) }
  return eventToys(pool, data.luminosityInvPb, data, calibratedTable(setup, networks, features, cells, run))
}
