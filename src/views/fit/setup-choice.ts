import { fitPresetNames, fitPresets, type FitPresetName } from '../../analysis/top-pair/fit/fit-presets.ts'
import { topPairOperatorNames } from '../../physics/top-pair/operators.ts'
import { fitSchema, type FitIntent } from '../../share/fit-schema.ts'

/** A preset as settings of the page. */
export function presetSetup(name: string): FitIntent | null {
  const known = fitPresetNames.find((entry) => entry === name)
  return known ? fitSchema.parse(fitPresets[known].setup) : null
}

/** The preset that the settings are, if they are one. */
export function presetOf(setup: FitIntent): FitPresetName | null {
  const text = canonical(setup)
  return fitPresetNames.find((name) => canonical(fitSchema.parse(fitPresets[name].setup)) === text) ?? null
}

function canonical(setup: FitIntent): string {
  const truth = topPairOperatorNames.map((name) => setup.truth[name] ?? 0)
  return JSON.stringify(Object.entries({ ...setup, truth }).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Other operators, in the order in which they are offered; a truth of one that goes, goes with it. */
export function withOperators(
  setup: FitIntent,
  operators: FitIntent['operators'],
): Pick<FitIntent, 'operators' | 'truth'> {
  const ordered = topPairOperatorNames.filter((name) => operators.includes(name))
  const truth = Object.fromEntries(
    ordered.flatMap((name) => (setup.truth[name] === undefined ? [] : [[name, setup.truth[name]]])),
  )
  return { operators: ordered, truth }
}
