import { AppError } from '../../../../errors.ts'
import { column, featureMatrix, jointRatios, type EventTable } from '../../../../generator/event-table.ts'
import { featureSets, observableInfo } from '../../../../generator/observables.ts'
import { drawPseudoData } from '../../../../generator/unweight.ts'
import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { sha256Hex } from '../../../../numerics/sha256.ts'
import {
  coefficientMonomials,
  evaluatePolynomial,
  pairTerm,
  termNames,
} from '../../../../physics/top-pair/polynomial.ts'
import { binWeights, countInBins } from '../../../../statistics/likelihood/binning.ts'
import { linearPart, termsFor, type PolynomialOrder } from '../../../../statistics/likelihood/terms.ts'
import { weightedQuantile } from '../../../../statistics/posterior/intervals.ts'
import { checkSetup, truthOf, truthOutside } from './check-setup.ts'
import type { DroppedEvents, FitData } from './fit-jobs.ts'
import type { FitPool } from './fit-pool.ts'
import { poolKey } from './fit-pool.ts'
import type { FitSetup } from './fit-setup.ts'
import { readDroppedEvents, type ObservedEvents } from './dropped-events.ts'
import { termWeights } from '../ratios/ratio-sample.ts'

/** What the data of a fit depend on; prior, sampler and training settings are not among it. */
export async function fitDataKey(setup: FitSetup, dropped: DroppedEvents | null): Promise<string> {
  const { mode, preset, binning, poisson, luminosityInvPb } = setup
  const file = dropped && { name: dropped.name, sha256: await sha256Hex(dropped.bytes), pick: dropped.pick }
  const text = JSON.stringify([poolKey(setup), mode, preset, binning, poisson, luminosityInvPb, file])
  return sha256Hex(new TextEncoder().encode(text))
}

/**
 * Observed events and the prediction they are compared with. Simulated events are drawn at the truth without
 * replacement; dropped ones are read and checked.
 *
 * @param poolOf  makes, or remembers, the simulated events of a set-up
 */
export async function* prepareFit(
  request: { setup: FitSetup; dropped: DroppedEvents | null },
  poolOf: (setup: FitSetup) => Generator<number, FitPool>,
): AsyncGenerator<number, FitData, void> {
  const { setup, dropped } = request
  checkSetup(setup)
  const key = await fitDataKey(setup, dropped)
  // The file first: what is wrong with it is told at once.
  const read = dropped && (await readDroppedEvents(dropped, setup))
  const generation = poolOf(setup)
  let step = generation.next()
  for (; !step.done; step = generation.next()) yield 0.95 * step.value
  const pool = step.value
  const observed = read ?? simulateEvents(setup, pool)
  yield 0.97
  return fitDataOf(setup, pool, observed, key, dropped ? 'dropped' : 'simulated')
}

/** Pseudo-data at the truth, as many as asked for or a Poisson number about it. */
export function simulateEvents(setup: FitSetup, pool: FitPool): ObservedEvents {
  const truth = truthOf(setup)
  const { observedEvents, poisson } = setup
  const luminosityInvPb = luminosityFor(setup, pool, observedEvents)
  const { events, poolRatio, clippedShare } = drawPseudoData(
    pool.table,
    truth,
    poisson ? { luminosityInvPb } : { events: observedEvents },
    createRng(setup.seed).split('pseudo-data'),
  )
  const notes = [
    `${events.rows} events drawn without replacement from ${pool.table.rows} weighted ones, ${poolRatio.toFixed(0)} per event drawn; ${(100 * clippedShare).toFixed(2)} % of the rate lies above the largest accepted weight and is lost.`,
  ]
  if (setup.mode === 'linear' && truth.some((c) => c !== 0))
    notes.push('The data hold the squared terms, which the linear fit leaves out.')
  const outside = truthOutside(setup)
  if (outside) notes.push(outside)
  return { events, exactRatios: jointRatios(events), luminosityInvPb, notes }
}

/** The luminosity [pb^-1] at which the truth predicts so many events. */
export function luminosityFor(setup: FitSetup, pool: FitPool, events: number): number {
  return events / evaluatePolynomial(pool.sigmaPb, coefficientMonomials(truthOf(setup)))
}

/** The one a user states for his file. */
function statedLuminosity({ luminosityInvPb }: FitSetup): number | null {
  if (luminosityInvPb !== null && !(luminosityInvPb > 0 && Number.isFinite(luminosityInvPb)))
    throw new AppError(
      'input/invalid',
      `The luminosity is ${luminosityInvPb} pb^-1, must be positive. Use 140000 for 140 fb^-1.`,
    )
  return luminosityInvPb
}

/** Bins, templates and ratios for observed events. */
export function fitDataOf(
  setup: FitSetup,
  pool: FitPool,
  observed: ObservedEvents,
  key: string,
  source: FitData['source'],
): FitData {
  const { events } = observed
  const { operators, mode: order, binning } = setup
  const n = operators.length
  const terms = termsFor(n, order)
  const known = observed.luminosityInvPb ?? statedLuminosity(setup)
  const luminosityInvPb = known ?? luminosityFor(setup, pool, events.rows)
  const features = featureSets[ratioPresets[setup.preset].features]
  const values = column(events, binning.observable)
  const edges = predictionEdges(pool, values, binning)
  const sums = binWeights(edges, column(pool.table, binning.observable), truncated(pool.table, order), terms)
  const names = termNames(operators).slice(0, terms)
  const notes = [...observed.notes]
  if (known === null)
    notes.push(
      `The file names no luminosity: it was set to ${(luminosityInvPb / 1000).toPrecision(4)} fb^-1, at which the truth of the set-up predicts the ${events.rows} events. The total rate then says nothing against that truth.`,
    )
  const error = pool.errorPb[0] / pool.sigmaPb[0]
  notes.push(
    `Prediction from ${pool.table.points} simulated points, ${pool.table.rows} after cuts: Monte Carlo error of the SM rate ${(100 * error).toFixed(2)} %, of the statistics of the data ${(error * Math.sqrt(events.rows)).toFixed(2)} standard deviations.`,
  )
  if (setup.smearing)
    notes.push('Exact ratios use the momenta before smearing, which no experiment sees: a bound.')
  const scale = (entries: Float64Array, factor: number) => entries.map((value) => value * factor)
  return {
    key,
    source,
    events: events.rows,
    features: { names: [...features], values: featureMatrix(events, features) },
    binned: {
      observable: binning.observable,
      unit: observableInfo[binning.observable].unit,
      values,
      edges: Array.from(edges),
    },
    counts: countInBins(edges, values),
    templates: scale(sums.templates, luminosityInvPb),
    templateCovariances: scale(sums.covariances, luminosityInvPb * luminosityInvPb),
    expected: scale(pool.sigmaPb.slice(0, terms), luminosityInvPb),
    exactRatios: observed.exactRatios && withConstant(observed.exactRatios, events.rows, n, order),
    terms: names,
    luminosityInvPb,
    fiducialPb: names.map((term, t) => ({ term, value: pool.sigmaPb[t], error: pool.errorPb[t] })),
    pool: { points: pool.table.points, events: pool.table.rows },
    notes,
  }
}

/** Weights of the terms that the fit has, [rows, terms]. */
export function truncated({ weights, operators }: EventTable, order: PolynomialOrder): Float64Array {
  return order === 'linear' ? linearPart(weights, operators.length) : weights
}

/** Ratios without their first column, as [rows, terms] with it. */
export function withConstant(
  ratios: Float64Array,
  rows: number,
  n: number,
  order: PolynomialOrder,
): Float64Array {
  const all = termsFor(n, 'quadratic')
  const out = new Float64Array(rows * all).fill(1)
  for (let i = 0; i < rows; i++) out.set(ratios.subarray(i * (all - 1), (i + 1) * (all - 1)), i * all + 1)
  return order === 'linear' ? linearPart(out, n) : out
}

/** Fewest simulated events in a bin. */
const fewestInBin = 50

/** Bins of equal shares; the outer ones reach to the last simulated or observed event. */
function predictionEdges(
  pool: FitPool,
  observed: Float32Array,
  { observable, bins, quantilesOf = 'mixture' }: FitSetup['binning'],
): Float64Array {
  const { table } = pool
  if (observed.length < bins || table.rows < bins * fewestInBin)
    throw new AppError(
      'input/invalid',
      `${bins} bins are too many for ${observed.length} observed and ${table.rows} simulated events: a bin needs one of the first and ${fewestInBin} of the second. Use ${Math.max(1, Math.min(observed.length, Math.floor(table.rows / fewestInBin)))} bins or fewer.`,
      { bins, observed: observed.length, simulated: table.rows },
    )
  const values = Float64Array.from(column(table, observable))
  const shares = quantilesOf === 'sm' ? termWeights(table, 0) : mixtureWeights(pool)
  const quantile = weightedQuantile(values, shares)
  const inner = Array.from({ length: bins - 1 }, (_, k) => quantile((k + 1) / bins))
  let low = Infinity
  let high = -Infinity
  for (const list of [values, observed])
    for (const value of list) {
      if (value < low) low = value
      if (value > high) high = value
    }
  const edges = Float64Array.of(low, ...inner, high)
  for (let k = 0; k < bins; k++)
    if (!(edges[k] < edges[k + 1]))
      throw new AppError(
        'input/invalid',
        `Bins ${k} and ${k + 1} of ${observable} would share the edge ${edges[k]}: too many events have that value. Use fewer bins.`,
      )
  return edges
}

/** Per event half of the SM and half of the squares of the operators, each normalised: what the sampler follows, too. */
function mixtureWeights({ table, sigmaPb }: FitPool): Float64Array {
  const { operators, rows, terms, weights } = table
  const n = operators.length
  const share = new Float64Array(terms)
  share[0] = 0.5 / sigmaPb[0]
  for (let j = 0; j < n; j++) share[pairTerm(j, j, n)] = 0.5 / n / sigmaPb[pairTerm(j, j, n)]
  return Float64Array.from({ length: rows }, (_, i) => evaluatePolynomial(weights, share, i * terms))
}
