import { loadKernels } from '../../../../kernels/load-kernels.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { sha256Hex } from '../../../../numerics/sha256.ts'
import { flooredEvents } from '../../../../statistics/likelihood/event-sum.ts'
import type { Likelihood } from '../../../../statistics/likelihood/likelihood.ts'
import { posteriorProblem } from '../../../../statistics/likelihood/prior.ts'
import { termValues } from '../../../../statistics/likelihood/terms.ts'
import { nestedSampling, startNested } from '../../../../statistics/nested-sampling/nested-sampling.ts'
import type { NestedReport, NestedResult } from '../../../../statistics/nested-sampling/report.ts'
import type { NestedState } from '../../../../statistics/nested-sampling/state.ts'
import { findModes } from '../../../../statistics/modes/find-modes.ts'
import { adaptiveGrid } from '../../../../statistics/posterior/adaptive-grid.ts'
import { flatParameters, priorNotes, priorSummary } from '../../../../statistics/posterior/prior-notes.ts'
import { effectiveSamples, type WeightedSamples } from '../../../../statistics/posterior/samples.ts'
import { summarise } from '../../../../statistics/posterior/summary.ts'
import { checkSetup, truthOf } from './check-setup.ts'
import { fitCheckpointFromBytes, fitCheckpointToBytes } from './fit-checkpoint.ts'
import type { FitOutcome, FitProgress, FitRequest } from './fit-jobs.ts'
import { fitLikelihood, fitPrior, priorWalls, ratiosFor } from './fit-likelihood.ts'
import { bestFit, deltaChi2At, spreadStarts } from './fit-maximum.ts'
import { pairDensities } from './pair-densities.ts'

export interface FitPace {
  /** Between two reports [ms] */
  report: number
  /** Between two checkpoints [ms] */
  checkpoint: number
}

const usualPace: FitPace = { report: 60, checkpoint: 2000 }

/**
 * Posterior of the coefficients by nested sampling, with all that is shown of it. The numbers depend on the request alone:
 * when reports and checkpoints fall is a matter of time, and a resumed run repeats an uninterrupted one to the last bit.
 *
 * @throws AppError 'statistics/bad-likelihood' where it is -Infinity everywhere, 'input/invalid' for a prior without
 *         width, 'model/mismatch' for missing or foreign ratios
 */
export async function* fitPosterior(
  request: FitRequest,
  pace: FitPace = usualPace,
): AsyncGenerator<FitProgress | undefined, FitOutcome, void> {
  const { setup, data, kind } = request
  checkSetup(setup)
  const ratios = ratiosFor(kind, data, request.ratios)
  const key = await fitKey(request)
  const kernels = kind === 'binned' ? null : await loadKernels()
  const likelihood = fitLikelihood(setup, kind, { ...data, ratios }, kernels)
  const problem = posteriorProblem(likelihood, fitPrior(likelihood, setup.priorHalfWidth))
  const options = { livePoints: setup.livePoints, rng: createRng(setup.seed).split(`fit-${kind}`) }
  const stored = request.resumeFrom && (await fitCheckpointFromBytes(request.resumeFrom, key))
  const state = stored?.state ?? startNested(problem, options)
  const before = stored?.seconds ?? 0
  const started = performance.now()
  const seconds = () => before + (performance.now() - started) / 1000

  const run = nestedSampling(problem, options, state)
  let shown = -Infinity
  let kept = performance.now()
  let step = run.next()
  for (; !step.done; step = run.next()) {
    const now = performance.now()
    if (now - shown < pace.report && now - kept < pace.checkpoint) {
      yield undefined
      continue
    }
    shown = now
    const due = now - kept >= pace.checkpoint
    const checkpoint = due ? await fitCheckpointToBytes({ key, seconds: seconds(), state }) : null
    if (due) kept = now
    yield progressOf(step.value, state, checkpoint)
  }
  yield undefined
  return outcomeOf(request, likelihood, ratios, step.value, seconds)
}

/** What a run depends on: equal keys give equal results. */
async function fitKey({ setup, data, kind, ratios }: FitRequest): Promise<string> {
  const { binned, luminosity, priorHalfWidth, livePoints, seed, mode, operators } = setup
  const learned =
    kind === 'unbinned' && ratios ? new Uint8Array(ratios.buffer, ratios.byteOffset, ratios.byteLength) : null
  const settings = [data.key, kind, mode, operators, binned, luminosity, priorHalfWidth, livePoints, seed]
  const text = JSON.stringify([...settings, learned && (await sha256Hex(learned))])
  return sha256Hex(new TextEncoder().encode(text))
}

function progressOf(
  report: NestedReport,
  { live, dimensions: d }: NestedState,
  checkpoint: Uint8Array | null,
): FitProgress {
  const theta = new Float64Array(live.alive * d)
  const logL = new Float64Array(live.alive)
  for (let i = 0; i < live.alive; i++) {
    const slot = live.order[i]
    theta.set(live.theta.subarray(slot * d, (slot + 1) * d), i * d)
    logL[i] = live.logL[slot]
  }
  return { report, live: { theta, logL }, checkpoint }
}

/** Starts of the search for the best fit among the samples. */
const sampleStarts = 6

function outcomeOf(
  { setup, data, kind }: FitRequest,
  likelihood: Likelihood,
  ratios: Float64Array,
  result: NestedResult,
  seconds: () => number,
): FitOutcome {
  const { priorHalfWidth: halfWidth, operators, mode: order } = setup
  const names = [...likelihood.names]
  const { theta, weights, logL } = result
  const samples: WeightedSamples = { names, theta, weights, logL }
  const walls = priorWalls(likelihood, halfWidth)
  const found = findModes(samples)
  const sm = new Float64Array(operators.length)
  const truth = data.source === 'simulated' ? truthOf(setup) : null
  const starts = [...spreadStarts(samples, halfWidth, sampleStarts), sm, ...(truth ? [truth] : [])]
  const best = bestFit(likelihood, starts, halfWidth)
  const terms = new Float64Array(data.terms.length)
  termValues(best.theta, operators.length, order, terms)
  const flat = flatParameters(likelihood, walls, [
    best.theta,
    ...starts.map((start) => padded(start, names.length)),
  ])
  const summaries = summarise(samples, walls, found).map((summary, k) =>
    flat.includes(k) ? priorSummary(summary, walls[k]) : summary,
  )
  const hypotheses = [{ hypothesis: 'SM' as const, at: sm }]
  return {
    kind,
    dataKey: data.key,
    names,
    theta,
    weights,
    logL,
    logZ: result.logZ,
    logZError: result.logZError,
    ess: effectiveSamples(weights),
    insertionPull: result.insertionPull,
    information: result.information,
    calls: result.calls,
    iterations: result.iterations,
    converged: result.converged,
    best: { theta: best.theta, logL: likelihood.logLikelihood(best.theta) },
    summaries,
    modes: found.modes,
    pairs: pairDensities(samples, walls),
    deltaChi2: [...hypotheses, ...(truth ? [{ hypothesis: 'truth' as const, at: truth }] : [])].map(
      ({ hypothesis, at }) => ({
        hypothesis,
        result: deltaChi2At(likelihood, best, at, halfWidth),
      }),
    ),
    gridLogZ:
      likelihood.dimensions === 2 && names.length === operators.length
        ? gridLogZ(likelihood, halfWidth)
        : null,
    flooredEvents: kind === 'binned' ? 0 : flooredEvents(ratios, data.events, terms),
    flat,
    notes: priorNotes(summaries, walls, flat),
    seconds: seconds(),
  }
}

/** With zero for a sampled luminosity. */
function padded(theta: Float64Array, dimensions: number): Float64Array {
  const all = new Float64Array(dimensions)
  all.set(theta)
  return all
}

/** The cross-check of a run in two coefficients: no sample of the run is used. */
function gridLogZ(likelihood: Likelihood, halfWidth: number): number {
  const box = { min: [-halfWidth, -halfWidth], max: [halfWidth, halfWidth] }
  // Half a standard deviation is fine enough for a trapezoidal sum: errors are far below those of a nested run.
  return adaptiveGrid(rowLikelihood(likelihood), box, { depth: 12, spread: 1.5 }).logZ
}

/** Rows of thetas at once, one by one where the likelihood has no better way. */
export function rowLikelihood(likelihood: Likelihood) {
  const d = likelihood.dimensions
  return (thetas: Float64Array, count: number, out: Float64Array): void => {
    if (likelihood.logLikelihoods) return likelihood.logLikelihoods(thetas, count, out)
    for (let i = 0; i < count; i++) out[i] = likelihood.logLikelihood(thetas.subarray(i * d, (i + 1) * d))
  }
}
