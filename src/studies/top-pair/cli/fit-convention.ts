import type { FitOutcome } from '../analysis/fit/fit-jobs.ts'
import { setupProcess } from '../analysis/fit/setup-process.ts'
import type { FitSetup } from '../analysis/fit/fit-setup.ts'
import type { FitIntent } from '../intent.ts'
import { luminosityName } from '../../../statistics/likelihood/luminosity.ts'
import type { Walls } from '../../../statistics/posterior/density-1d.ts'
import { findModes } from '../../../statistics/modes/find-modes.ts'
import { priorSummary } from '../../../statistics/posterior/prior-notes.ts'
import { summarise } from '../../../statistics/posterior/summary.ts'
import type { dipoleOption } from './dipole-option.ts'
import { dipoleScale, type DipoleScale } from './dipole-option.ts'
import { setupFromOptions, type FitOptions } from './fit-options.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

/** The set-up with its truth in the app's c_tG, and how to go back to the convention that is asked for. */
export function withDipole(
  options: FitOptions & OptionValues<typeof dipoleOption>,
  planned?: FitIntent,
): {
  setup: FitSetup
  dipole: DipoleScale
} {
  const setup = setupFromOptions(options, planned)
  // The coupling is known once the densities are; without c_tG nobody needs it.
  const alphaS = setup.operators.includes('tG') ? setupProcess(setup).parameters.alphaS : 1
  const dipole = dipoleScale(options, alphaS)
  return { setup: { ...setup, truth: truthIn(setup.truth, dipole.factor) }, dipole }
}

export function truthIn(truth: FitSetup['truth'], factor: number): FitSetup['truth'] {
  return truth.tG === undefined ? truth : { ...truth, tG: factor * truth.tG }
}

/** Where the flat prior ends; the app's own box, seen with the c_tG of the convention. */
export function wallsOf(
  names: readonly string[],
  { priorHalfWidth }: FitSetup,
  dipole: DipoleScale,
): Walls[] {
  return names.map((name) => {
    if (name === luminosityName) return {}
    const half = name === 'tG' ? Math.abs(priorHalfWidth / dipole.factor) : priorHalfWidth
    return { min: -half, max: half }
  })
}

/** Samples, best fit and summaries with the c_tG of the convention; likelihoods and evidences are the same in all. */
export function inConvention(outcome: FitOutcome, setup: FitSetup, dipole: DipoleScale): FitOutcome {
  const at = outcome.names.indexOf('tG')
  if (at < 0 || dipole.factor === 1) return outcome
  const d = outcome.names.length
  const turned = (theta: Float64Array) =>
    theta.map((value, k) => (k % d === at ? value / dipole.factor : value))
  const theta = turned(outcome.theta)
  const samples = { ...outcome, theta }
  const found = findModes(samples)
  const walls = wallsOf(outcome.names, setup, dipole)
  return {
    ...outcome,
    theta,
    best: { ...outcome.best, theta: turned(outcome.best.theta) },
    summaries: summarise(samples, walls, found).map((summary, k) =>
      outcome.flat.includes(k) ? priorSummary(summary, walls[k]) : summary,
    ),
    modes: found.modes,
  }
}
