import { AppError } from '../../../../errors.ts'
import type { Kernels } from '../../../../kernels/create-kernels.ts'
import { loadKernels } from '../../../../kernels/load-kernels.ts'
import { createKernelPredictor } from '../../../../ml/ratio/kernel-prediction.ts'
import { createRng, type Rng } from '../../../../numerics/rng.ts'
import { coverage, type Coverage } from '../../../../statistics/calibration/coverage.ts'
import type {
  CalibrationModel,
  NumberedProgress,
  PosteriorDraws,
} from '../../../../statistics/calibration/model.ts'
import {
  simulationBasedCalibration,
  type SimulationBasedCalibration,
} from '../../../../statistics/calibration/simulation-based.ts'
import type { Likelihood } from '../../../../statistics/likelihood/likelihood.ts'
import { luminosityName } from '../../../../statistics/likelihood/luminosity.ts'
import { flatPrior, logPrior, posteriorProblem } from '../../../../statistics/likelihood/prior.ts'
import { nestedSampling } from '../../../../statistics/nested-sampling/nested-sampling.ts'
import { adaptiveGrid } from '../../../../statistics/posterior/adaptive-grid.ts'
import { resampleEqual } from '../../../../statistics/posterior/samples.ts'
import { createCalibrationStore, type CalibrationOf } from './calibrated-ratios.ts'
import { checkSetup, truthOf } from './check-setup.ts'
import { fitDataOf, simulateEvents } from './fit-data.ts'
import type { CalibrationOutcome, CalibrationRequest, FitJobs } from './fit-jobs.ts'
import { fitLikelihood, fitPrior, nuisanceOf, type LikelihoodInput } from './fit-likelihood.ts'
import { bestFit, deltaChi2At } from './fit-maximum.ts'
import type { FitPool, PoolOf } from './fit-pool.ts'
import { rowLikelihood } from './fit-posterior.ts'
import type { FitKind, FitSetup } from './fit-setup.ts'
import { toySource, type ToySource } from './fit-toys.ts'

type ToyRequest = FitJobs['toy-delta-chi2']['request']

/** Draws per posterior, before thinning to the 99 a truth is ranked among. */
const drawsPerPosterior = 400

/** Of the nested runs that stand in for the grid above two parameters. */
const calibrationLivePoints = 100

/**
 * Posteriors of toys: simulation by the pool, inference with exact or learned ratios or bins. With up to two parameters the
 * posterior is taken from a grid, otherwise from a short nested run.
 */
export function fitCalibrationModel(
  setup: FitSetup,
  kind: FitKind,
  source: ToySource,
  kernels: Kernels | null,
): CalibrationModel<LikelihoodInput> {
  const n = setup.operators.length
  const nuisance = nuisanceOf(setup)
  const sampled = nuisance?.treatment === 'sampled' ? nuisance.relativeError : 0
  const names = sampled ? [...setup.operators, luminosityName] : setup.operators
  const prior = flatPrior(names, -setup.priorHalfWidth, setup.priorHalfWidth)
  return {
    prior,
    simulate: (truth, rng) =>
      source.draw(truth.subarray(0, n), rng, sampled ? Math.max(0, 1 + sampled * truth[n]) : 1),
    infer: (input, rng) => {
      const likelihood = fitLikelihood(setup, kind, input, kernels)
      const logDensityAt = (theta: Float64Array) =>
        likelihood.logLikelihood(theta) + (sampled ? logPrior(prior, theta) : 0)
      const theta =
        likelihood.dimensions <= 2 && !sampled
          ? gridDraws(likelihood, setup.priorHalfWidth, rng)
          : nestedDraws(likelihood, setup, rng)
      const d = likelihood.dimensions
      const logDensity = Float64Array.from({ length: theta.length / d }, (_, i) =>
        logDensityAt(theta.subarray(i * d, (i + 1) * d)),
      )
      return { theta, logDensity, logDensityAt } satisfies PosteriorDraws
    },
  }
}

/** Draws of a coarse grid, thinned by the ratio of the exact to the interpolated density: exact for any grid. */
function gridDraws(likelihood: Likelihood, halfWidth: number, rng: Rng): Float64Array {
  const d = likelihood.dimensions
  const wall = new Float64Array(d).fill(halfWidth)
  const rows = rowLikelihood(likelihood)
  const grid = adaptiveGrid(
    rows,
    { min: wall.map((x) => -x), max: wall },
    { cells: 24, depth: 10, spread: 2 },
  )
  const { theta, logL } = grid.draw(2 * drawsPerPosterior, rng.split('grid'))
  const count = logL.length
  const exact = new Float64Array(count)
  rows(theta, count, exact)
  const gain = exact.map((value, i) => value - logL[i])
  const most = gain.reduce((a, b) => Math.max(a, b))
  const accept = rng.split('accept')
  const kept: number[] = []
  for (let i = 0; i < count && kept.length < drawsPerPosterior * d; i++)
    if (accept.uniform() < Math.exp(gain[i] - most)) for (let k = 0; k < d; k++) kept.push(theta[i * d + k])
  return Float64Array.from(kept)
}

function nestedDraws(likelihood: Likelihood, setup: FitSetup, rng: Rng): Float64Array {
  const problem = posteriorProblem(likelihood, fitPrior(likelihood, setup.priorHalfWidth))
  const run = nestedSampling(problem, { livePoints: calibrationLivePoints, rng: rng.split('nested') })
  let step = run.next()
  while (!step.done) step = run.next()
  const { theta, weights, logL } = step.value
  return resampleEqual({ names: likelihood.names, theta, weights, logL }, rng.split('equal')).theta
}

/** Where coverage is looked at: the SM, the truth of the set-up, and points half-way out in several directions. */
export function coverageTruths(setup: FitSetup): Float64Array[] {
  const { operators, priorHalfWidth } = setup
  const n = operators.length
  const nuisances = nuisanceOf(setup)?.treatment === 'sampled' ? 1 : 0
  const point = (value: (k: number) => number) =>
    Float64Array.from({ length: n + nuisances }, (_, k) => (k < n ? value(k) : 0))
  const truth = truthOf(setup)
  const out = 0.4 * priorHalfWidth
  const alternating = (k: number) => (k % 2 === 0 ? 1 : -1)
  return [
    point(() => 0),
    truth.some((c) => c !== 0) ? point((k) => truth[k]) : point((k) => (k === 0 ? 0.5 * out : 0)),
    point(() => out),
    point((k) => out * alternating(k)),
    point((k) => -out * alternating(k)),
  ]
}

async function* preparedToys(
  { setup, kind, networks, pointsPerEvent }: CalibrationRequest,
  poolOf: PoolOf,
  calibrationOf: CalibrationOf,
  kernels: Kernels | null,
): AsyncGenerator<number, ToySource, void> {
  checkSetup(setup)
  if (kind === 'unbinned' && networks.length === 0)
    throw new AppError(
      'model/mismatch',
      'The unbinned fit is calibrated with trained networks and got none. Train them first, or choose the binned or the exact fit.',
    )
  const pool = yield* poolOf(setup, pointsPerEvent)
  const observed = simulateEvents(setup, pool)
  const data = fitDataOf(setup, pool, observed, '', 'simulated')
  return yield* sourceOf({ setup, data, kind, networks }, pool, calibrationOf, kernels)
}

/** Toys of a kind of fit; learned ratios are first calibrated where the set-up asks for it. */
export async function* sourceOf(
  { setup, data, kind, networks }: Pick<ToyRequest, 'setup' | 'data' | 'kind' | 'networks'>,
  pool: FitPool,
  calibrationOf: CalibrationOf,
  kernels: Kernels | null,
): AsyncGenerator<number, ToySource, void> {
  if (kind !== 'unbinned' || !kernels) return toySource(setup, data, kind, pool, networks)
  const calibration = yield* calibrationOf(setup, networks)
  const run = createKernelPredictor(kernels)
  return toySource(setup, data, kind, pool, networks, calibration?.cells ?? null, run)
}

export const kernelsFor = (kind: FitKind): Promise<Kernels | null> =>
  kind === 'binned' ? Promise.resolve(null) : loadKernels()

/** Share of the progress that preparation is counted as. */
export const preparing = 0.05

/** Sees what each toy left behind; from the numbers of an earlier run of the same request the next goes on. */
export interface ToyKeeper {
  resumeFrom?: readonly number[]
  afterToy?: (progress: NumberedProgress) => Promise<void>
}

/** Refused before anything is computed. @throws AppError 'input/invalid' */
export function checkToys(test: CalibrationRequest['test'], toys: number): void {
  const least = test === 'coverage' ? 10 : 20
  if (!(Number.isSafeInteger(toys) && toys >= least))
    throw new AppError('input/invalid', `${toys} toys are too few for a calibration: at least ${least}.`)
}

/** Coverage at five truths, or ranks and TARP over truths from the prior. Yields the fraction done. */
export async function* calibrateFit(
  request: CalibrationRequest,
  poolOf: PoolOf,
  calibrationOf: CalibrationOf = createCalibrationStore(),
  { resumeFrom, afterToy }: ToyKeeper = {},
): AsyncGenerator<number | undefined, CalibrationOutcome, void> {
  const { setup, kind, test, toys } = request
  const started = performance.now()
  checkToys(test, toys)
  const kernels = await kernelsFor(kind)
  const preparation = preparedToys(request, poolOf, calibrationOf, kernels)
  let ready = await preparation.next()
  for (; !ready.done; ready = await preparation.next()) yield preparing * ready.value
  const model = fitCalibrationModel(setup, kind, ready.value, kernels)
  const rng = createRng(setup.seed).split(`calibrate-${kind}`)
  const base = { kind, test, toys }
  if (test === 'coverage') {
    const truths = coverageTruths(setup)
    const run = coverage(model, truths, toys, rng.split('coverage'), undefined, resumeFrom)
    const outcome = yield* fractions(run, afterToy)
    return { ...base, coverage: outcome, sbc: null, seconds: secondsSince(started) }
  }
  const run = simulationBasedCalibration(model, toys, rng.split('sbc'), undefined, resumeFrom)
  const outcome = yield* fractions(run, afterToy)
  return { ...base, coverage: null, sbc: outcome, seconds: secondsSince(started) }
}

async function* fractions<T extends Coverage | SimulationBasedCalibration>(
  run: Generator<NumberedProgress, T>,
  afterToy?: ToyKeeper['afterToy'],
): AsyncGenerator<number, T> {
  let step = run.next()
  for (; !step.done; step = run.next()) {
    await afterToy?.(step.value)
    yield preparing + ((1 - preparing) * step.value.done) / step.value.total
  }
  return step.value
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000
}

/**
 * Delta chi2 of the SM in toys of the SM, or of other coefficients in toys of them, at the luminosity of the data: what Wilks'
 * theorem approximates. A point lies in the set of 68 % of Neyman's construction where its own Delta chi2 in the data is below that of
 * 68 % of its toys.
 */
export async function* toysOfSm(
  request: ToyRequest,
  poolOf: PoolOf,
  calibrationOf: CalibrationOf = createCalibrationStore(),
): AsyncGenerator<number, { values: Float64Array }, void> {
  const { setup, kind, networks, toys, at } = request
  checkSetup(setup)
  if (!(Number.isSafeInteger(toys) && toys >= 1))
    throw new AppError('input/invalid', `The number of toys is ${toys}, must be a whole number >= 1.`)
  if (kind === 'unbinned' && networks.length === 0)
    throw new AppError(
      'model/mismatch',
      'Toys of the unbinned fit need the trained networks and got none. Train them first, or choose the binned or the exact fit.',
    )
  const generation = poolOf(setup)
  let step = generation.next()
  for (; !step.done; step = generation.next()) yield preparing * step.value
  const kernels = await kernelsFor(kind)
  const preparation = sourceOf(request, step.value, calibrationOf, kernels)
  let ready = await preparation.next()
  for (; !ready.done; ready = await preparation.next()) yield preparing * ready.value
  const source = ready.value
  const rng = createRng(setup.seed).split(`toys-${kind}`)
  const hypothesis = hypothesisOf(setup, at)
  const starts = [...toyStarts(setup), ...(at ? [hypothesis] : [])]
  const values = new Float64Array(toys)
  for (let i = 0; i < toys; i++) {
    const likelihood = fitLikelihood(setup, kind, source.draw(hypothesis, rng.split(i)), kernels)
    const best = bestFit(likelihood, starts, setup.priorHalfWidth)
    values[i] = deltaChi2At(likelihood, best, hypothesis, setup.priorHalfWidth).value
    yield preparing + ((1 - preparing) * (i + 1)) / toys
  }
  return { values }
}

/** The coefficients of a hypothesis, the SM where none are named. @throws AppError 'input/invalid' */
function hypothesisOf(
  { operators, priorHalfWidth }: FitSetup,
  at: readonly number[] | undefined,
): Float64Array {
  if (!at) return new Float64Array(operators.length)
  if (at.length !== operators.length || at.some((c) => !(Math.abs(c) <= priorHalfWidth)))
    throw new AppError(
      'input/invalid',
      `Toys were asked for at ${at.join(', ')}; the fit has the coefficients ${operators.join(', ')} from -${priorHalfWidth} to ${priorHalfWidth}. Give one number for each inside.`,
      { at },
    )
  return Float64Array.from(at)
}

/** The SM and points to both sides of it, each on the hill of another mode if there are several. */
export function toyStarts({ operators, priorHalfWidth }: FitSetup): Float64Array[] {
  const n = operators.length
  const sides = operators.flatMap((_, j) =>
    [-0.3, 0.3].map((share) =>
      Float64Array.from({ length: n }, (__, k) => (k === j ? share * priorHalfWidth : 0)),
    ),
  )
  return [new Float64Array(n), ...sides]
}
