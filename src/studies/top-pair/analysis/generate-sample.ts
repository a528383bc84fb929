import { AppError } from '../../../errors.ts'
import type { DetectorSettings, Selection } from '../../../generator/detector.ts'
import {
  concatenateTables,
  selectRows,
  sumWeights,
  weightsAt,
  type EventTable,
} from '../../../generator/event-table.ts'
import { blockCount, generateEvents } from '../../../generator/generate.ts'
import type { ObservableName } from '../../../generator/observables.ts'
import { adaptSampler } from '../../../generator/sampler.ts'
import { unweight } from '../../../generator/unweight.ts'
import { createRng } from '../../../numerics/rng.ts'
import type { TopPairProcess } from '../../../physics/top-pair/hadronic.ts'
import { termNames } from '../../../physics/top-pair/polynomial.ts'

export interface SampleRequest {
  process: TopPairProcess
  /** Phase-space points to draw; what passes the cuts and the unweighting is fewer. */
  points: number
  seed: number
  observables: readonly ObservableName[]
  detector: DetectorSettings | null
  selection: Selection | null
  /** Coefficients at which events become unweighted; null keeps them weighted. */
  unweightAt: readonly number[] | null
}

export interface SampleSummary {
  events: number
  points: number
  seed: number
  sqrtSGeV: number
  mttMinGeV: number
  mttMaxGeV: number
  pdf: string
  muGeV: number
  alphaS: number
  /** Where alpha_s is from. */
  alphaSSource: string
  operators: readonly string[]
  columns: readonly ObservableName[]
  /** By term, before cuts, by quadrature [pb]; decays to anything. */
  sigmaPb: Record<string, number>
  /** After cuts, sum of the weights of all points [pb]. */
  fiducialPb: Record<string, { value: number; error: number }>
  /**
   * Fraction of the SM cross-section that is kept, and the Monte Carlo error of it. Without cuts it is the efficiency
   * of the detector exactly (1 without one), whatever the sum of the weights fluctuates to.
   */
  acceptance: number
  acceptanceError: number
  unweighting: { at: readonly number[]; efficiency: number; clippedShare: number } | null
}

export interface Sample {
  table: EventTable
  summary: SampleSummary
}

export interface SampleProgress {
  fraction: number
  accepted: number
}

/**
 * Events of one process in one go: adaptation, generation, cuts, unweighting. The part `blocks` lets several workers
 * share the points of one seed (unweighting then has to wait until the tables are joined).
 */
export function* generateSample(
  request: SampleRequest,
  blocks?: readonly [from: number, to: number],
): Generator<SampleProgress, Sample> {
  const { process, points, seed, observables, detector, selection, unweightAt } = request
  const whole = !blocks || (blocks[0] === 0 && blocks[1] === blockCount(points))
  if (unweightAt && !whole)
    throw new AppError('input/invalid', 'Part of a sample cannot be unweighted alone. Join the parts first.')
  const adaptation = adaptSampler(process, createRng(seed).split('adapt'))
  let adapted = adaptation.next()
  while (!adapted.done) {
    yield { fraction: 0, accepted: 0 }
    adapted = adaptation.next()
  }
  const sampler = adapted.value
  const generation = generateEvents(sampler, { points, seed, observables, detector, selection, blocks })
  let step = generation.next()
  while (!step.done) {
    yield { fraction: step.value.points / step.value.pointsTotal, accepted: step.value.accepted }
    step = generation.next()
  }
  return finished(request, step.value, sampler.totals)
}

/**
 * The sample of which several workers made one part each, in the order of their blocks: the same to the last bit as made in
 * one go.
 */
export function joinSamples(request: SampleRequest, parts: readonly Sample[]): Sample {
  const totals = Float64Array.from(Object.values(parts[0].summary.sigmaPb))
  return finished(request, concatenateTables(parts.map(({ table }) => table)), totals)
}

/** Unweighting and summary of weighted events. */
function finished(request: SampleRequest, weighted: EventTable, totals: Float64Array): Sample {
  const { process, points, seed, observables, unweightAt, selection, detector } = request
  const { sum, sum2 } = sumWeights(weighted)
  const unweighted = unweightAt && unweightTable(weighted, unweightAt, seed)
  const table = unweighted ? unweighted.table : weighted
  const names = termNames(process.operators)
  const errorOf = (t: number) => Math.sqrt(Math.max(0, sum2[t] - sum[t] ** 2 / points))
  return {
    table,
    summary: {
      events: table.rows,
      points,
      seed,
      sqrtSGeV: process.sqrtS,
      mttMinGeV: process.mttMin,
      mttMaxGeV: process.mttMax,
      pdf: process.pdf.id,
      muGeV: process.mu,
      alphaS: process.parameters.alphaS,
      alphaSSource: process.alphaSSource,
      operators: process.operators,
      columns: observables,
      sigmaPb: Object.fromEntries(names.map((name, t) => [name, totals[t]])),
      fiducialPb: Object.fromEntries(names.map((name, t) => [name, { value: sum[t], error: errorOf(t) }])),
      acceptance: selection ? sum[0] / totals[0] : (detector?.efficiency ?? 1),
      acceptanceError: selection ? errorOf(0) / totals[0] : 0,
      unweighting: unweighted && {
        at: unweightAt,
        efficiency: unweighted.efficiency,
        clippedShare: unweighted.clippedShare,
      },
    },
  }
}

/** Events of equal rate at coefficients c; the terms of each are rescaled so that their sum at c is still sigma(c). */
function unweightTable(table: EventTable, c: readonly number[], seed: number) {
  const weights = weightsAt(table, c)
  const { rows, efficiency, clippedShare } = unweight(weights, createRng(seed).split('unweight'))
  const kept = selectRows(table, rows)
  let sigma = 0
  for (const w of weights) sigma += w
  for (let i = 0; i < rows.length; i++) {
    const factor = sigma / rows.length / weights[rows[i]]
    for (let t = 0; t < kept.terms; t++) kept.weights[i * kept.terms + t] *= factor
  }
  return { table: kept, efficiency, clippedShare }
}
