import { AppError } from '../../errors.ts'
import type { Rng } from '../../numerics/rng.ts'
import { createEvaluator, type Evaluator } from './evaluator.ts'
import { insertionPull } from './insertion-test.ts'
import { admit, liveRows, removeLowest } from './live-set.ts'
import { metricOf } from './metric.ts'
import { checkProblem, type NestedProblem } from './problem.ts'
import { buildRegion, proposeFrom, regionLogVolume } from './region.ts'
import { reportOf, resultOf, type NestedReport, type NestedResult } from './report.ts'
import { slicePoint } from './slice-step.ts'
import { emptyState, type NestedOptions, type NestedState } from './state.ts'

/**
 * Static nested sampling (Skilling, Bayesian Analysis 1 (2006) 833): evidence and posterior samples.
 *
 * Yields a report every `reportEvery` replacements (or 20,000 calls, whichever comes first). At each yield `state`
 * is complete: keep a copy (structuredClone or stateToBytes) and hand it in again, with an Rng of the same seed and
 * path, to continue as if never stopped.
 *
 * @throws AppError 'statistics/bad-likelihood' for NaN, +infinity, or -infinity everywhere
 */
export function* nestedSampling(
  problem: NestedProblem,
  options: NestedOptions & { rng: Rng },
  state: NestedState = startNested(problem, options),
): Generator<NestedReport, NestedResult> {
  if (state.dimensions !== problem.dimensions)
    throw new AppError(
      'input/invalid',
      `The stored run has ${state.dimensions} dimensions, the problem ${problem.dimensions}. Resume with the same problem.`,
    )
  const evaluate = createEvaluator(problem, state)
  while (!state.finished) {
    const rng = options.rng.split(`block-${state.block++}`)
    const callsBefore = state.calls
    for (let done = 0; done < state.settings.reportEvery && !state.finished;) {
      if (state.live.alive === state.settings.livePoints) removeLowest(state)
      if (state.finished) break
      if (fillVacancy(problem, state, evaluate, rng, callsBefore + callsPerBlock)) done++
      else break
    }
    const report = reportOf(state)
    const full = state.live.alive === state.settings.livePoints
    if (full && report.remainder < state.settings.remainder) state.finished = true
    if (state.calls >= state.settings.maxCalls) state.finished = true
    yield report
  }
  return resultOf(state, options.rng)
}

const callsPerBlock = 20_000

/** Checks the problem and draws the first live points. */
export function startNested(problem: NestedProblem, options: NestedOptions & { rng: Rng }): NestedState {
  checkProblem(problem, options.rng.split('check'))
  const state = emptyState(problem.dimensions, options)
  state.calls = 2
  const { live, settings } = state
  const rng = options.rng.split('initial')
  for (let i = 0; i < live.u.length; i++) live.u[i] = rng.uniform() || 0.5 ** 54
  createEvaluator(problem, state).many(live.u, settings.livePoints, live.theta, live.logL)
  live.order.sort((a, b) => live.logL[a] - live.logL[b])
  live.alive = settings.livePoints
  if (live.logL[live.order[live.alive - 1]] === Number.NEGATIVE_INFINITY)
    throw new AppError(
      'statistics/bad-likelihood',
      `The log-likelihood is -Infinity at all ${live.alive} draws from the prior. Narrow the prior to where the prediction is positive, or check the data and the units.`,
    )
  return state
}

/** @returns false when the block's share of calls is used up before a point was found */
function fillVacancy(
  problem: NestedProblem,
  state: NestedState,
  evaluate: Evaluator,
  rng: Rng,
  callLimit: number,
): boolean {
  const { settings, live, dimensions: d } = state
  // Forbidden regions: slices would stay where the few allowed points are, so the prior itself is drawn from.
  const fromPrior = state.threshold === Number.NEGATIVE_INFINITY
  if (state.sampling === 'slice' && !fromPrior) {
    if (!state.metric || state.sinceRebuild >= Math.max(1, 0.2 * settings.livePoints)) {
      state.metric =
        settings.sampler === 'slice'
          ? metricOf(liveRows(state), live.alive, d)
          : buildRegion(liveRows(state), live.alive, d, rng).metric
      state.sinceRebuild = 0
    }
    const { u, theta, logL } = slicePoint(state, state.metric, evaluate, rng)
    admit(state, u, theta, logL)
    adaptSteps(state)
    return true
  }
  for (;;) {
    const { queue } = state
    while (queue && queue.next < queue.count) {
      const i = queue.next++
      state.tried++
      if (queue.logL[i] > state.threshold) {
        state.accepted++
        admit(
          state,
          queue.u.subarray(i * d, i * d + d),
          queue.theta.subarray(i * d, i * d + d),
          queue.logL[i],
        )
        return true
      }
    }
    if (!fromPrior && state.tried > triedPerSlice * state.slice.steps * (20 + state.accepted)) {
      state.sampling = 'slice'
      state.queue = null
      return fillVacancy(problem, state, evaluate, rng, callLimit)
    }
    if (state.calls >= callLimit || state.calls >= settings.maxCalls) return false
    refillQueue(problem, state, evaluate, rng)
  }
}

/**
 * Region proposals per accepted point, in units of the slices that would make one: beyond it (a shell much thinner
 * than the distance between live points) slices are cheaper.
 */
const triedPerSlice = 15

function refillQueue(problem: NestedProblem, state: NestedState, evaluate: Evaluator, rng: Rng): void {
  const { dimensions: d, live, settings } = state
  const due = state.sinceRebuild >= 0.2 * settings.livePoints
  if (due && settings.sampler === 'region' && live.alive > 2 * d + 2) {
    const region = buildRegion(liveRows(state), live.alive, d, rng)
    if (!state.region || regionLogVolume(region) < regionLogVolume(state.region)) state.region = region
    state.sinceRebuild = 0
    state.tried = 0
    state.accepted = 0
  }
  const count = problem.logLikelihoods ? 128 : 32
  state.queue ??= {
    u: new Float64Array(count * d),
    theta: new Float64Array(count * d),
    logL: new Float64Array(count),
    next: 0,
    count,
  }
  const { queue } = state
  const row = new Float64Array(d)
  for (let i = 0; i < count; i++) {
    if (state.region) proposeFrom(state.region, rng, row)
    else for (let k = 0; k < d; k++) row[k] = rng.uniform() || 0.5 ** 54
    queue.u.set(row, i * d)
  }
  evaluate.many(queue.u, count, queue.theta, queue.logL)
  queue.next = 0
}

/** More slices per point when the ranks of the last insertions are not uniform. */
function adaptSteps(state: NestedState): void {
  const { recent, settings, slice, dimensions } = state
  if (recent.count < 4 * settings.livePoints) return
  if (Math.abs(insertionPull(recent)) > 2.5)
    slice.steps = Math.min(Math.ceil(1.5 * slice.steps), 20 * dimensions)
  state.recent = { sum: 0, count: 0 }
}
