import { AppError } from '../../errors.ts'
import type { Rng } from '../../numerics/rng.ts'
import { transformPrior } from '../likelihood/prior.ts'
import type { CalibrationModel, NumberedProgress, PosteriorDraws } from './model.ts'
import { uniformChi2, uniformKs } from './uniformity.ts'

export interface RankTest {
  name: string
  /** Rank of the truth among the thinned draws, 0 .. draws */
  ranks: Int32Array // [simulations]
  /** Ranks in equal cells, for the histogram */
  histogram: Int32Array
  chi2: { chi2: number; pValue: number }
  ks: { distance: number; pValue: number }
}

export interface CoverageCurve {
  /** Credibility levels */
  level: Float64Array
  /** Expected coverage at each; on the diagonal if calibrated */
  coverage: Float64Array
  ks: { distance: number; pValue: number }
}

export interface SimulationBasedCalibration {
  simulations: number
  /** Draws each truth is ranked among */
  draws: number
  ranks: RankTest[]
  tarp: CoverageCurve
}

/**
 * Truths from the prior, data from the truths, posteriors from the data. Per parameter the rank of the truth among
 * draws must be uniform (Talts et al., arXiv:1804.06788, algorithm 1). Jointly, the share of draws nearer to a random
 * reference point than the truth must be uniform: TARP (Lemos et al., arXiv:2302.03026, algorithm 1), with distances
 * in units of the prior and reference points from the prior.
 *
 * @param resumeFrom  numbers of the progress at which an earlier run of the same arguments ended
 * @param draws       kept per posterior, thinned from what infer returns; draws + 1 a multiple of 20 fills cells evenly
 */
export function* simulationBasedCalibration<Data>(
  model: CalibrationModel<Data>,
  simulations: number,
  rng: Rng,
  draws = 99,
  resumeFrom: readonly number[] = [],
): Generator<NumberedProgress, SimulationBasedCalibration> {
  const { prior } = model
  const d = prior.axes.length
  // Per simulation the rank of each parameter, and the share of draws nearer to the reference.
  const numbers = [...resumeFrom]
  const width = d + 1
  const truth = new Float64Array(d)
  const reference = new Float64Array(d)
  const uniforms = (stream: Rng) => Float64Array.from({ length: d }, () => stream.uniform())
  for (let i = numbers.length / width; i < simulations; i++) {
    const stream = rng.split(`simulation-${i}`)
    transformPrior(prior, uniforms(stream.split('truth')), truth)
    const posterior = model.infer(model.simulate(truth, stream.split('data')), stream.split('infer'))
    const kept = thinned(posterior, d, draws, stream.split('thin'))
    const ties = stream.split('ties')
    for (let k = 0; k < d; k++) numbers.push(rankOf(truth[k], kept, k, d, ties))
    transformPrior(prior, uniforms(stream.split('reference')), reference)
    numbers.push(nearerShare(truth, reference, kept, model, ties))
    yield { done: i + 1, total: simulations, numbers }
  }
  const column = (k: number) => numbers.filter((_, at) => at % width === k)
  const cells = (draws + 1) % 20 === 0 ? 20 : draws + 1
  return {
    simulations,
    draws,
    ranks: prior.names.map((name, k) => rankTest(name, Int32Array.from(column(k)), draws, cells)),
    tarp: coverageCurve(Float64Array.from(column(d))),
  }
}

/** Random draws without replacement, so that a chain's order does not matter. */
function thinned({ theta }: PosteriorDraws, d: number, wanted: number, rng: Rng): Float64Array {
  const count = theta.length / d
  if (count < wanted)
    throw new AppError(
      'input/invalid',
      `Calibration ranks the truth among ${wanted} draws, the posterior has ${count}. Draw more, or rank among fewer.`,
    )
  const index = Int32Array.from({ length: count }, (_, i) => i)
  const kept = new Float64Array(wanted * d)
  for (let i = 0; i < wanted; i++) {
    const j = i + rng.integer(count - i)
    const pick = index[j]
    index[j] = index[i]
    kept.set(theta.subarray(pick * d, pick * d + d), i * d)
  }
  return kept
}

function rankOf(truth: number, kept: Float64Array, k: number, d: number, rng: Rng): number {
  let below = 0
  let equal = 0
  for (let i = k; i < kept.length; i += d) {
    if (kept[i] < truth) below++
    else if (kept[i] === truth) equal++
  }
  return below + (equal > 0 ? rng.integer(equal + 1) : 0)
}

/** Share of draws nearer to the reference than the truth is, spread over its rank's cell. */
function nearerShare<Data>(
  truth: Float64Array,
  reference: Float64Array,
  kept: Float64Array,
  { prior }: CalibrationModel<Data>,
  rng: Rng,
): number {
  const d = truth.length
  const scale = prior.axes.map((axis) => (axis.kind === 'uniform' ? axis.max - axis.min : axis.sigma))
  const distance2 = (rows: Float64Array, offset: number): number => {
    let sum = 0
    for (let k = 0; k < d; k++) sum += ((rows[offset + k] - reference[k]) / scale[k]) ** 2
    return sum
  }
  const own = distance2(truth, 0)
  const count = kept.length / d
  let nearer = 0
  for (let i = 0; i < count; i++) if (distance2(kept, i * d) < own) nearer++
  return (nearer + rng.uniform()) / (count + 1)
}

function rankTest(name: string, ranks: Int32Array, draws: number, cells: number): RankTest {
  const histogram = new Int32Array(cells)
  for (const rank of ranks) histogram[Math.floor((rank * cells) / (draws + 1))]++
  return {
    name,
    ranks,
    histogram,
    chi2: uniformChi2(histogram),
    ks: uniformKs(Float64Array.from(ranks, (rank) => (rank + 0.5) / (draws + 1))),
  }
}

function coverageCurve(shares: Float64Array): CoverageCurve {
  const level = Float64Array.from({ length: 51 }, (_, i) => i / 50)
  return {
    level,
    coverage: level.map((alpha) => shares.filter((share) => share < alpha).length / shares.length),
    ks: uniformKs(shares),
  }
}
