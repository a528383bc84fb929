import { topPairOperator } from '../../../../physics/top-pair/operators.ts'
import { luminosityName } from '../../../../statistics/likelihood/luminosity.ts'
import type { Walls } from '../../../../statistics/posterior/density-1d.ts'
import { getDistFiles } from '../../../../statistics/posterior/export.ts'
import type { FitOutcome } from './fit-jobs.ts'

type Samples = Pick<FitOutcome, 'names' | 'theta' | 'weights' | 'logL'>

/** LaTeX of a parameter of a fit. */
export const parameterLatex = (name: string): string =>
  name === luminosityName ? '\\delta L/\\sigma_L' : topPairOperator(name).latex

/** The same over Lambda squared, with its unit. */
export const coefficientLatex = (name: string): string =>
  name === luminosityName
    ? String.raw`\mathrm{${name}}\ [\sigma]`
    : String.raw`C${topPairOperator(name).latex.slice(1)}/\Lambda^2\ [\mathrm{TeV}^{-2}]`

/** The files of a posterior for GetDist, with a common beginning of their names. */
export function getDistTexts(
  name: string,
  samples: Samples,
  walls: readonly Walls[],
): { name: string; text: string }[] {
  const { chain, paramNames, ranges, properties } = getDistFiles(
    samples,
    [...walls],
    samples.names.map(parameterLatex),
  )
  return [
    { name: `${name}.txt`, text: chain },
    { name: `${name}.paramnames`, text: paramNames },
    { name: `${name}.ranges`, text: ranges },
    { name: `${name}.properties.ini`, text: properties },
  ]
}

/** The same in the convention of the page, whose flat prior has one half width for all coefficients. */
export function chainTexts(name: string, samples: Samples, halfWidth: number) {
  const walls = samples.names.map((parameter): Walls =>
    parameter === luminosityName ? {} : { min: -halfWidth, max: halfWidth },
  )
  return getDistTexts(name, samples, walls)
}
