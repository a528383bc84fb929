import { setupNames, namedSetups, type SetupName } from '../named-setups.ts'
import type { createFitHandlers } from '../analysis/fit/create-fit-handlers.ts'
import type { FitSetup } from '../analysis/fit/fit-setup.ts'
import { observableNames, parseObservables } from '../../../generator/observables.ts'
import { ratioPresetNames, type RatioPresetName } from '../../../ml/ratio/ratio-presets.ts'
import {
  parseTopPairOperators,
  topPairOperatorNames,
  type TopPairOperatorName,
} from '../../../physics/top-pair/operators.ts'
import { topPairDefaults } from '../default-intent.ts'
import { fitSchema, type FitIntent } from '../intent.ts'
import { fieldOptions, withFields } from './setup-options.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import { coefficientRange } from '../../../cli/options/ranges.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

type Log = (line: string) => void
export type FitHandlers = ReturnType<typeof createFitHandlers>

/** What a command takes where no --preset names a set-up: what the page begins with. */
const defaultSetup: SetupName = 'signal'

/** One line on the set-up that was taken, where none was named. */
export function takenSetup({ preset }: Pick<SetupOptions, 'preset'>): string | null {
  if (preset.some((name) => isSetup(name) && name !== defaultSetup)) return null
  return `Set-up ${defaultSetup}: ${namedSetups[defaultSetup].title}, truth ${truthWords(namedSetups[defaultSetup].setup)}. --preset names another (${setupNames.join(', ')}).`
}

function truthWords({ truth }: FitIntent): string {
  return Object.entries(truth)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')
}

/** Options that make a set-up; without a default the value of the named set-up holds. */
export const setupOptions = {
  preset: {
    kind: 'choices',
    choices: [...setupNames, ...ratioPresetNames],
    default: defaultSetup,
    help: `set-up to begin with (${setupNames.join(', ')}), networks (the others), or one of each`,
  },
  operators: { kind: 'choices', choices: topPairOperatorNames, help: 'coefficients to fit, e.g. td8,tq8' },
  linear: { kind: 'flag', help: 'leave the squared and mixed terms out of the fit' },
  truth: {
    kind: 'pairs',
    what: 'operator',
    names: Object.fromEntries(topPairOperatorNames.map((name) => [name, coefficientRange])),
    or: ['sm'],
    help: 'of simulated data, e.g. td8=0.45,tq8=-0.65; sm for none',
  },
  ...fieldOptions,
  observable: { kind: 'choice', choices: observableNames, help: 'what is binned, e.g. pt_l2' },
} as const satisfies OptionTable

type SetupOptions = OptionValues<typeof setupOptions>

/** Shared by the commands on fits. */
export const fitSetupOptions = {
  ...setupOptions,
  networks: {
    kind: 'folders',
    what: 'network',
    holds: 'card.json',
    within: true,
    cure: 'Make it with train-ratio --out or run-task.',
    help: 'of train-ratio or run-task, for learned ratios, or a folder that holds them; without them networks are trained here',
  },
  'trust-card': {
    kind: 'flag',
    help: 'takes networks whose cards do not say on which events they were trained (version 1, or from a file) as they are',
  },
  backend: {
    kind: 'choice',
    choices: fitSchema.shape.backend.unwrap().options,
    default: topPairDefaults.fit.backend,
    help: 'engine of the training',
  },
} as const satisfies OptionTable

export type FitOptions = OptionValues<typeof fitSetupOptions>

/**
 * The named set-up with what the options change of it.
 *
 * @param planned  set-up of a plan, in place of the named one
 */
export function setupFromOptions(options: SetupOptions, planned?: FitIntent): FitSetup {
  const { base, networks } = namesOf(options.preset)
  const { binning, ...setup } = withFields(planned ?? namedSetups[base].setup, options)
  if (networks) setup.preset = networks
  if (options.operators) setup.operators = parseTopPairOperators(options.operators)
  if (options.linear) setup.mode = 'linear'
  if (options.truth) setup.truth = options.truth === 'sm' ? {} : options.truth
  else
    // Another set of operators leaves the truth of the named set-up behind.
    setup.truth = Object.fromEntries(
      Object.entries(setup.truth).filter(([name]) => setup.operators.includes(name as TopPairOperatorName)),
    )
  const observable = options.observable ? parseObservables([options.observable])[0] : binning.observable
  return { ...setup, binning: { ...binning, observable } }
}

function namesOf(names: readonly (SetupName | RatioPresetName)[]): {
  base: SetupName
  networks: RatioPresetName | null
} {
  let base: SetupName = defaultSetup
  let networks: RatioPresetName | null = null
  for (const name of names)
    if (isSetup(name)) base = name
    else networks = name
  return { base, networks }
}

function isSetup(name: SetupName | RatioPresetName): name is SetupName {
  return Object.hasOwn(namedSetups, name)
}

/**
 * Runs one job of the fit worker here, telling its progress now and then.
 *
 * @param watch  sees every report
 */
export async function pump<T, R>(
  run: Generator<T | undefined, R> | AsyncGenerator<T | undefined, R>,
  tell: (progress: T) => string | null,
  log: Log,
  watch: (progress: T) => void | Promise<void> = () => {},
): Promise<R> {
  let shown = performance.now()
  for (;;) {
    const step = await run.next()
    if (step.done) return step.value
    if (step.value === undefined) continue
    await watch(step.value)
    if (performance.now() - shown < 2000) continue
    const line = tell(step.value)
    if (line === null) continue
    shown = performance.now()
    log(line)
  }
}

export const percent = (what: string) => (fraction: number) => `${what}: ${Math.round(100 * fraction)} %`
