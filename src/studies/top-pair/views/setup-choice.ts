import { setupNames, namedSetups, type SetupName } from '../named-setups.ts'
import { topPairOperatorNames } from '../../../physics/top-pair/operators.ts'
import type { FitIntent } from '../intent.ts'

/** A named set-up as settings of the page. */
export function setupNamed(name: string): FitIntent | null {
  const known = setupNames.find((entry) => entry === name)
  return known ? namedSetups[known].setup : null
}

/** Under which name the settings are known, if they are; how many networks there are, and whence, does not change it. */
export function setupNameOf(setup: FitIntent): SetupName | null {
  const text = canonical(setup)
  return setupNames.find((name) => canonical(namedSetups[name].setup) === text) ?? null
}

function canonical(setup: FitIntent): string {
  const truth = topPairOperatorNames.map((name) => setup.truth[name] ?? 0)
  const alike = { ...setup, truth, networks: null, replicas: null }
  return JSON.stringify(Object.entries(alike).sort(([a], [b]) => (a < b ? -1 : 1)))
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
