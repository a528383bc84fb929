import { AppError } from '../../../../errors.ts'
import { weightsAt, type EventTable } from '../../../../generator/event-table.ts'
import { unweight } from '../../../../generator/unweight.ts'
import { createRng } from '../../../../numerics/rng.ts'
import type { TopPairProcess } from '../../../../physics/top-pair/hadronic.ts'
import { dileptonBranchingRatio } from '../../../../physics/top-pair/parameters.ts'
import { truthOf } from './check-setup.ts'
import { fitColumns } from './fit-columns.ts'
import type { FitSetup } from './fit-setup.ts'
import { generateSample } from '../generate-sample.ts'
import { setupDetector, setupProcess, setupSelections } from './setup-process.ts'
import { namedSeed } from '../ratios/training-sample.ts'

/** Weighted events after cuts from which predictions are summed and pseudo-data are drawn; no network sees them. */
export interface FitPool {
  table: EventTable
  /**
   * Cross-section after cuts by term with both W decaying to e or mu, sum of the weights; its Monte Carlo error [pb].
   * Without the branching ratio a luminosity would be 21 times too small.
   */
  sigmaPb: Float64Array
  errorPb: Float64Array
}

/** Phase-space points per observed event: the rate is then known to about a third of its statistical error. */
const pointsPerEvent = 50
const fewestPoints = 40_000
const mostPoints = 8_000_000
/** Unweighted events that a pool must offer per event to be observed. */
const reserve = 2

/** What the pool depends on: equal keys mean equal pools. */
export function poolKey(setup: FitSetup): string {
  const { operators, sqrtSGeV, mttMinGeV, selection, smearing, truth, observedEvents, seed } = setup
  return JSON.stringify([
    operators,
    sqrtSGeV,
    mttMinGeV,
    selection,
    smearing,
    Array.from(truthOf({ operators, truth })),
    observedEvents,
    seed,
    fitColumns(setup),
  ])
}

/**
 * The pool of a set-up, enlarged until it can lend the observed events twice over. Yields the fraction done.
 *
 * @param process  another one than the set-up's, for checks with other densities
 */
export function* generatePool(
  setup: FitSetup,
  process: TopPairProcess = setupProcess(setup),
  perEvent = pointsPerEvent,
): Generator<number, FitPool> {
  const truth = truthOf(setup)
  let points = Math.max(fewestPoints, perEvent * setup.observedEvents)
  for (;;) {
    if (points > mostPoints)
      throw new AppError(
        'input/invalid',
        `${setup.observedEvents} events after these cuts need more than ${mostPoints} simulated points. Observe fewer events or loosen the cuts.`,
        { points },
      )
    const run = generateSample({
      process,
      points,
      seed: namedSeed(setup.seed, 'pool'),
      observables: fitColumns(setup),
      detector: setupDetector(setup),
      selection: setupSelections[setup.selection],
      unweightAt: null,
    })
    let step = run.next()
    for (; !step.done; step = run.next()) yield step.value.fraction
    const { table, summary } = step.value
    if (table.rows > 0) {
      const offered = unweight(weightsAt(table, truth), createRng(setup.seed).split('reserve')).rows.length
      if (offered >= reserve * setup.observedEvents) {
        const fiducial = Object.values(summary.fiducialPb)
        return {
          table: { ...table, weights: table.weights.map((w) => w * dileptonBranchingRatio) },
          sigmaPb: Float64Array.from(fiducial, ({ value }) => value * dileptonBranchingRatio),
          errorPb: Float64Array.from(fiducial, ({ error }) => error * dileptonBranchingRatio),
        }
      }
    }
    points *= 2
  }
}

/** @param perEvent  phase-space points per observed event, where not the usual 50 */
export type PoolOf = (setup: FitSetup, perEvent?: number) => Generator<number, FitPool>

/** Keeps the last pool: the jobs of one worker ask for the same one again and again. */
export function createPoolStore(): PoolOf {
  let last: { key: string; pool: FitPool } | null = null
  return function* (setup, perEvent) {
    const key = `${poolKey(setup)}/${perEvent ?? 'usual'}`
    if (last?.key === key) return last.pool
    const pool = yield* generatePool(setup, setupProcess(setup), perEvent)
    last = { key, pool }
    return pool
  }
}
