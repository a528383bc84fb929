import { AppError } from '../../../../errors.ts'
import type { Kernels } from '../../../../kernels/create-kernels.ts'
import { createBinnedLikelihood } from '../../../../statistics/likelihood/binned.ts'
import { createEventLogSum } from '../../../../statistics/likelihood/event-sum.ts'
import { createKernelEventSum } from '../../../../statistics/likelihood/kernel-event-sum.ts'
import type { Likelihood, LuminosityNuisance } from '../../../../statistics/likelihood/likelihood.ts'
import { luminosityName } from '../../../../statistics/likelihood/luminosity.ts'
import { flatPrior, type Prior } from '../../../../statistics/likelihood/prior.ts'
import { createUnbinnedLikelihood } from '../../../../statistics/likelihood/unbinned.ts'
import type { Walls } from '../../../../statistics/posterior/density-1d.ts'
import type { FitData } from './fit-jobs.ts'
import type { FitKind, FitSetup } from './fit-setup.ts'

/** The part of the data that a likelihood is made of: observed or of a toy. */
export interface LikelihoodInput {
  counts: Float64Array
  templates: Float64Array
  templateCovariances: Float64Array
  expected: Float64Array
  /** Learned or exact, [events, terms] with a first column of 1; unused by 'binned'. */
  ratios: Float64Array
}

export function nuisanceOf({ luminosity }: Pick<FitSetup, 'luminosity'>): LuminosityNuisance | null {
  return luminosity.relativeError > 0 ? luminosity : null
}

/** @param kernels  sums over events in WebAssembly, ten times as fast as plain JavaScript (null) */
export function fitLikelihood(
  setup: FitSetup,
  kind: FitKind,
  input: LikelihoodInput,
  kernels: Kernels | null,
): Likelihood {
  const { operators: names, mode: order } = setup
  const luminosity = nuisanceOf(setup)
  const { expected, ratios, counts, templates, templateCovariances: covariances } = input
  if (kind === 'binned')
    return createBinnedLikelihood({
      names,
      order,
      kind: setup.binned,
      counts,
      templates,
      covariances,
      luminosity,
    })
  const terms = expected.length
  const events = ratios.length / terms
  const eventSum = kernels
    ? createKernelEventSum(kernels, ratios, events, terms)
    : createEventLogSum(ratios, events, terms)
  return createUnbinnedLikelihood({ names, order, eventSum, expected, luminosity })
}

/** The ratios a kind of fit needs. @throws AppError where the data or the request have none that fit */
export function ratiosFor(
  kind: FitKind,
  data: Pick<FitData, 'events' | 'terms' | 'exactRatios' | 'source'>,
  learned: Float64Array | null,
): Float64Array {
  if (kind === 'binned') return new Float64Array(0)
  const ratios = kind === 'exact' ? data.exactRatios : learned
  if (!ratios)
    throw kind === 'exact'
      ? new AppError(
          'data/mismatch',
          'The dropped events carry no truth, so their exact ratios are not known. Choose the binned or the learned fit, or drop events with weight or truth columns.',
        )
      : new AppError(
          'model/mismatch',
          'The unbinned fit needs learned ratios of the observed events and got none. Train the networks first, or choose the binned or the exact fit.',
        )
  const wanted = data.events * data.terms.length
  if (ratios.length !== wanted)
    throw new AppError(
      'model/mismatch',
      `The ratios have ${ratios.length} numbers, ${data.events} events with the terms ${data.terms.join(', ')} need ${wanted}. They belong to other data: predict them again.`,
      { actual: ratios.length, expected: wanted },
    )
  return ratios
}

export function fitPrior(likelihood: Likelihood, halfWidth: number): Prior {
  return flatPrior(likelihood.names, -halfWidth, halfWidth)
}

/** Where densities end: at the box of a coefficient, nowhere for a sampled luminosity. */
export function priorWalls({ names }: Likelihood, halfWidth: number): Walls[] {
  return names.map((name) => (name === luminosityName ? {} : { min: -halfWidth, max: halfWidth }))
}
