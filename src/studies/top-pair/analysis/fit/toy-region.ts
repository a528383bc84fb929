import { AppError } from '../../../../errors.ts'
import type { Kernels } from '../../../../kernels/create-kernels.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { neymanConstruction, type NeymanModel } from '../../../../statistics/calibration/neyman.ts'
import type { Likelihood } from '../../../../statistics/likelihood/likelihood.ts'
import type { Maximum } from '../../../../statistics/likelihood/maximise.ts'
import type { CalibrationOf } from './calibrated-ratios.ts'
import { checkSetup } from './check-setup.ts'
import { kernelsFor, preparing, sourceOf, toyStarts } from './fit-calibration.ts'
import type { ToyRegion, ToyRegionRequest } from './fit-jobs.ts'
import { fitLikelihood, ratiosFor, type LikelihoodInput } from './fit-likelihood.ts'
import { bestFit, deltaChi2At } from './fit-maximum.ts'
import type { FitPool } from './fit-pool.ts'
import type { FitKind, FitSetup } from './fit-setup.ts'
import type { ToySource } from './fit-toys.ts'

/** With fewer, a set of 95 % has no meaning. */
const fewestToys = 20
const mostPointsPerAxis = 41
const probabilities = [0.68, 0.95]

/**
 * p-values of coefficients on a grid, by toys simulated at each grid point and analysed like the data: sets of Neyman's construction,
 * which cover at every truth also where squares make several hills, and for networks of any quality. Yields the fraction done.
 */
export async function* toyRegion(
  request: ToyRegionRequest,
  poolOf: (setup: FitSetup) => Generator<number, FitPool>,
  calibrationOf: CalibrationOf,
): AsyncGenerator<number, ToyRegion, void> {
  const { setup, data, kind, toys } = request
  const started = performance.now()
  checkSetup(setup)
  const axes = axesOf(request)
  if (!(Number.isSafeInteger(toys) && toys >= fewestToys))
    throw new AppError(
      'input/invalid',
      `${toys} toys per point are too few: at least ${fewestToys}, which know 95 % to about 5 %.`,
    )
  const observed = { ...data, ratios: ratiosFor(kind, data, request.ratios) }
  const generation = poolOf(setup)
  let step = generation.next()
  for (; !step.done; step = generation.next()) yield 0.5 * preparing * step.value
  const kernels = await kernelsFor(kind)
  const preparation = sourceOf(request, step.value, calibrationOf, kernels)
  let ready = await preparation.next()
  for (; !ready.done; ready = await preparation.next()) yield preparing * (0.5 + 0.5 * ready.value)
  const points = gridPoints(axes)
  const model = neymanModel(setup, kind, ready.value, kernels)
  const rng = createRng(setup.seed).split(`region-${kind}`)
  const run = neymanConstruction<LikelihoodInput>(model, observed, points, toys, rng, probabilities)
  for (;;) {
    const next = run.next()
    if (next.done)
      return {
        names: [...setup.operators],
        axes,
        probabilities,
        observed: Float64Array.from(next.value, (point) => point.observed),
        thresholds: Float64Array.from(next.value.flatMap((point) => point.thresholds)),
        pValues: Float64Array.from(next.value, (point) => point.pValue),
        toys,
        seconds: (performance.now() - started) / 1000,
      }
    yield preparing + ((1 - preparing) * next.value.done) / next.value.total
  }
}

function axesOf({ setup, box, pointsPerAxis }: ToyRegionRequest): Float64Array[] {
  const { operators, priorHalfWidth } = setup
  const n = operators.length
  if (n > 2)
    throw new AppError(
      'input/invalid',
      `A region by toys is drawn for one or two coefficients, the fit has ${n}. Fit fewer, or look at sets of the posterior.`,
      { operators: n },
    )
  if (!(Number.isSafeInteger(pointsPerAxis) && pointsPerAxis >= 2 && pointsPerAxis <= mostPointsPerAxis))
    throw new AppError(
      'input/invalid',
      `${pointsPerAxis} grid points along each coefficient, must be 2 to ${mostPointsPerAxis}.`,
    )
  return operators.map((name, k) => {
    const low = box?.min[k] ?? -priorHalfWidth
    const high = box?.max[k] ?? priorHalfWidth
    if (!(low < high && low >= -priorHalfWidth && high <= priorHalfWidth))
      throw new AppError(
        'input/invalid',
        `The region of ${name} goes from ${low} to ${high}, must rise and lie between -${priorHalfWidth} and ${priorHalfWidth}.`,
      )
    return Float64Array.from(
      { length: pointsPerAxis },
      (_, i) => low + ((high - low) * i) / (pointsPerAxis - 1),
    )
  })
}

function gridPoints([first, second]: Float64Array[]): Float64Array[] {
  return Array.from(first, (x) =>
    second ? Array.from(second, (y) => Float64Array.of(x, y)) : [Float64Array.of(x)],
  ).flat()
}

function neymanModel(
  setup: FitSetup,
  kind: FitKind,
  source: ToySource,
  kernels: Kernels | null,
): NeymanModel<LikelihoodInput> {
  const { priorHalfWidth } = setup
  const starts = toyStarts(setup)
  // The observed data are asked about at every point.
  const fitted = new WeakMap<LikelihoodInput, { likelihood: Likelihood; best: Maximum }>()
  const fit = (data: LikelihoodInput) => {
    const known = fitted.get(data)
    if (known) return known
    const likelihood = fitLikelihood(setup, kind, data, kernels)
    const made = { likelihood, best: bestFit(likelihood, starts, priorHalfWidth) }
    fitted.set(data, made)
    return made
  }
  return {
    simulate: (at, rng) => source.draw(at, rng),
    deltaChi2: (data, at) => {
      const { likelihood, best } = fit(data)
      const own = bestFit(likelihood, [at], priorHalfWidth)
      const highest = own.logLikelihood > best.logLikelihood ? own : best
      return deltaChi2At(likelihood, highest, at, priorHalfWidth).value
    },
  }
}
