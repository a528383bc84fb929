import { AppError } from '../../../../errors.ts'
import { featureMatrix, type EventTable } from '../../../../generator/event-table.ts'
import type { ObservableName } from '../../../../generator/observables.ts'
import type { RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'
import { hadronicGrid, type TopPairProcess } from '../../../../physics/top-pair/hadronic.ts'
import {
  calibrationCurve,
  ratioDistance,
  reweightingClosure,
  sumRule,
  type CalibrationPoint,
  type RatioDistance,
  type SumRule,
} from '../../../../statistics/ratio-diagnostics.ts'
import { bayesLoss } from '../bayes-loss.ts'
import { learnedRatios, type NamedFeatures } from './learned-ratios.ts'
import { smWeights, termWeights } from './ratio-sample.ts'
import { parseRatioTerm, termIndex } from './ratio-terms.ts'

/** Learned against exact ratio of one term over the parton-level plane, by quadrature: without Monte Carlo error. */
export interface PartonComparison extends RatioDistance {
  /** Class-normalised cross-entropy of the learned ratio as a classifier; null where it is not positive somewhere. */
  loss: number | null
  bayesLoss: number
  /** E_SM[r] of the learned ratio over σ_term/σ_SM. */
  sumRule: number
}

/** The learned and the exact ratio at the points of a quadrature, for a heat map and a scatter plot. */
export interface PartonRatios {
  mtt: Float64Array // GeV
  y: Float64Array
  smWeight: Float64Array // pb
  learned: Float64Array
  exact: Float64Array
}

/** Learned ratio: median over the networks that know the term, whose features must be m_tt and y_tt. */
export function partonRatios(
  process: TopPairProcess,
  networks: RatioNetwork | readonly RatioNetwork[],
  term: string,
): PartonRatios {
  const all = [networks].flat()
  const other = all.find(({ features }) => features.join() !== 'm_tt,y_tt')
  if (other)
    throw new AppError(
      'model/mismatch',
      `The exact ratio is known for m_tt, y_tt; the network takes ${other.features.join(', ')}. Compare it event by event.`,
    )
  const grid = hadronicGrid(process)
  const index = termIndex(grid.operators, parseRatioTerm(term))
  // The densities end a little before the edge of phase space: no rate, no ratio.
  const kept = Array.from({ length: grid.points }, (_, i) => i).filter(
    (i) => grid.density[i * grid.terms] > 0,
  )
  const x = new Float32Array(2 * kept.length)
  kept.forEach((i, k) => x.set([grid.mtt[i], grid.y[i]], 2 * k))
  const take = (value: (i: number) => number): Float64Array => Float64Array.from(kept, value)
  return {
    mtt: take((i) => grid.mtt[i]),
    y: take((i) => grid.y[i]),
    smWeight: take((i) => grid.weight[i] * grid.density[i * grid.terms]),
    learned: learnedRatios(all, { names: ['m_tt', 'y_tt'], values: x })(term).median,
    exact: take((i) => grid.density[i * grid.terms + index] / grid.density[i * grid.terms]),
  }
}

export function comparePartonRatios({ smWeight, learned, exact }: PartonRatios): PartonComparison {
  const total = smWeight.reduce((sum, w) => sum + w, 0)
  const expectation = (r: Float64Array): number => smWeight.reduce((sum, w, i) => sum + w * r[i], 0) / total
  const rate = expectation(exact)
  // Of the same size as the SM, and positive where the term is destructive throughout.
  const density = exact.map((r, i) => (smWeight[i] * r) / rate)
  const positive = density.map((q) => Math.max(0, q))
  return {
    ...ratioDistance(
      learned.map((r) => Math.sign(rate) * r),
      exact.map((r) => Math.sign(rate) * r),
      smWeight,
    ),
    loss: classifierLoss(
      smWeight,
      density,
      learned.map((r) => r / rate),
    ),
    bayesLoss: bayesLoss(smWeight, positive),
    sumRule: expectation(learned) / rate,
  }
}

/** Mean of both classes' -ln of the probability that odds of the densities give; null where odds are not positive. */
function classifierLoss(p: Float64Array, q: Float64Array, odds: Float64Array): number | null {
  const total = p.reduce((sum, w) => sum + w, 0)
  let loss = 0
  for (let i = 0; i < p.length; i++) {
    if (p[i] === 0 && q[i] === 0) continue
    if (!(odds[i] > 0)) return null
    loss += (0.5 * (p[i] * Math.log1p(odds[i]) + q[i] * Math.log1p(1 / odds[i]))) / total
  }
  return loss
}

/** Learned ratio of one term against events that carry exact weights, for any features. */
export interface EventComparison {
  events: number
  /** Class-normalised cross-entropy on these events; null where the ratio is not positive somewhere, or the term vanishes. */
  loss: number | null
  sumRule: SumRule
  calibration: { points: CalibrationPoint[]; chi2: number }
  /** Of every feature: chi2 and number of bins. */
  closure: { feature: string; chi2: number; bins: number }[]
}

/** @param events  none of those trained on */
export function compareWithEvents(
  events: EventTable,
  networks: RatioNetwork | readonly RatioNetwork[],
  term: string,
): EventComparison {
  const all = [networks].flat()
  const names = [...new Set(all.flatMap(({ features }) => features))] as ObservableName[]
  const values = featureMatrix(events, names)
  return compareRatios(events, { names, values }, learnedRatios(all, { names, values })(term).median, term)
}

/** The same for ratios at hand. */
export function compareRatios(
  events: EventTable,
  { names, values }: NamedFeatures,
  learned: Float64Array,
  term: string,
): EventComparison {
  const sm = smWeights(events)
  const exact = termWeights(events, termIndex(events.operators, parseRatioTerm(term)))
  const smTotal = sm.reduce((sum, w) => sum + w, 0)
  const rate = exact.reduce((sum, w) => sum + w, 0) / smTotal
  return {
    events: events.rows,
    loss:
      rate === 0
        ? null
        : classifierLoss(
            sm,
            exact.map((w) => w / rate),
            learned.map((r) => r / rate),
          ),
    sumRule: sumRule(learned, sm, exact),
    calibration: calibrationCurve(learned, sm, exact),
    closure: names.map((feature, k) => {
      const column = Float64Array.from({ length: events.rows }, (_, i) => values[i * names.length + k])
      const { bins, chi2 } = reweightingClosure(column, learned, sm, exact)
      return { feature, chi2, bins: bins.length }
    }),
  }
}
