import type { FitOutcome, ToyRegionRequest } from '../analysis/fit/fit-jobs.ts'
import type { DipoleScale } from './dipole-option.ts'
import { pump } from './fit-options.ts'
import type { KeptFit } from './kept-fit.ts'

/** Beyond the widest 95 % set of the posterior, a share of its length on both sides. */
const margin = 0.3

/**
 * p-values by toys over a grid about the posterior's 95 % set.
 *
 * @param outcome  in the app's c_tG; axes come back in that of `dipole`
 */
export async function regionByToys(
  { handlers, between }: KeptFit,
  request: Omit<ToyRegionRequest, 'box'>,
  outcome: FitOutcome,
  dipole: DipoleScale,
  log: (line: string) => void,
) {
  const wall = request.setup.priorHalfWidth
  const reach = request.setup.operators.map((_, k) => {
    const { segments } = outcome.summaries[k].highestDensity.find(({ probability }) => probability === 0.95)!
    const low = Math.min(...segments.map((segment) => segment.low))
    const high = Math.max(...segments.map((segment) => segment.high))
    const extra = margin * (high - low)
    return [Math.max(-wall, low - extra), Math.min(wall, high + extra)]
  })
  const box = { min: reach.map(([low]) => low), max: reach.map(([, high]) => high) }
  const watch = (fraction: number) => between('region by toys', fraction)
  const region = await pump(handlers['toy-region']({ ...request, box }), () => null, log, watch)
  const { names, axes, probabilities, observed, pValues, thresholds, toys, seconds } = region
  return {
    names,
    axes: axes.map((axis, k) => Array.from(axis, (c) => (names[k] === 'tG' ? c / dipole.factor : c))),
    probabilities,
    observed: Array.from(observed),
    pValues: Array.from(pValues),
    // JSON has no NaN: points without toys.
    thresholds: Array.from(thresholds, (value) => (Number.isNaN(value) ? null : value)),
    toys,
    seconds,
  }
}
