import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fitPresetNames, fitPresets, type FitPresetName } from '../analysis/top-pair/fit/fit-presets.ts'
import type { createFitHandlers } from '../analysis/top-pair/fit/create-fit-handlers.ts'
import type { FitJobs, TrainedNetwork } from '../analysis/top-pair/fit/fit-jobs.ts'
import type { FitKind, FitSetup } from '../analysis/top-pair/fit/fit-setup.ts'
import { networkTasks, taskName } from '../analysis/top-pair/ratios/network-tasks.ts'
import { setupProcess, setupSelections } from '../analysis/top-pair/fit/setup-process.ts'
import { AppError } from '../errors.ts'
import { parseObservables } from '../generator/observables.ts'
import { readRatioModelFiles } from '../ml/ratio/ratio-model-files.ts'
import { ratioPresetNames, type RatioPresetName } from '../ml/ratio/ratio-presets.ts'
import { backendNames } from '../ml/training-config.ts'
import { parseTopPairOperators, type TopPairOperatorName } from '../physics/top-pair/operators.ts'
import { choiceOption, numberOption, required, type OptionTable } from './arguments.ts'

type Options = Record<string, string | undefined>
type Log = (line: string) => void
export type FitHandlers = ReturnType<typeof createFitHandlers>

const selections = Object.keys(setupSelections) as FitSetup['selection'][]
const binnedKinds = ['poisson', 'gauss-expected', 'gauss-observed', 'barlow-beeston'] as const

/** Options that make a set-up, shared by the commands on fits; without a default the preset's value holds. */
export const fitSetupOptions = {
  preset: {
    default: 'thesis-inspired',
    help: `set-up to begin with (${fitPresetNames.join(', ')}), networks (${ratioPresetNames.join(', ')}), or one of each with a comma`,
  },
  operators: { help: 'comma-separated coefficients to fit, e.g. td8,tq8' },
  linear: { flag: true, help: 'leave the squared and mixed terms out of the fit' },
  truth: { help: 'of simulated data [TeV^-2], e.g. td8=0.45,tq8=-0.65; "sm" for none' },
  events: { help: 'observed events after cuts' },
  poisson: { flag: true, help: 'a Poisson number of events about --events' },
  sqrts: { help: 'collision energy [GeV]' },
  'mtt-min': { help: 'lowest m_tt [GeV]' },
  selection: { help: selections.join(', ') },
  smearing: { flag: true, help: 'detector resolution on leptons, b jets and missing momentum' },
  observable: { help: 'what is binned, e.g. pt_l2' },
  bins: { help: 'bins of equal shares of half SM, half squares of the operators' },
  binned: { help: binnedKinds.join(', ') },
  'luminosity-error': { help: 'relative, e.g. 0.025' },
  'luminosity-treatment': { help: 'profiled or sampled' },
  prior: { help: 'half width of the flat prior [TeV^-2]' },
  live: { help: 'live points' },
  seed: { help: 'whole number: equal seeds and options give equal answers' },
  networks: { help: 'folders of train-ratio, comma-separated; without them networks are trained here' },
  'training-points': { help: "phase-space points per network; default: the networks' preset" },
  epochs: { help: "at most; default: the networks' preset" },
  replicas: { help: 'networks per term' },
  'raw-ratios': {
    flag: true,
    help: 'learned ratios as they are, not those of the cells they divide events into',
  },
  backend: { default: 'kernels', help: `engine of the training: auto, ${backendNames.join(', ')}` },
} satisfies OptionTable

export function setupFromOptions(options: Options): FitSetup {
  const { base, networks } = presetsOf(required(options, 'preset'))
  const setup: FitSetup = { ...fitPresets[base].setup, ...(networks && { preset: networks }) }
  const given = (name: string): boolean => options[name] !== undefined
  if (given('operators')) setup.operators = parseTopPairOperators(required(options, 'operators').split(','))
  if (options.linear === 'true') setup.mode = 'linear'
  if (given('truth')) setup.truth = truthFrom(required(options, 'truth'))
  else
    // Another set of operators leaves the preset's truth behind.
    setup.truth = Object.fromEntries(
      Object.entries(setup.truth).filter(([name]) => setup.operators.includes(name as TopPairOperatorName)),
    )
  if (given('events')) setup.observedEvents = numberOption(options, 'events')
  if (options.poisson === 'true') setup.poisson = true
  if (given('sqrts')) setup.sqrtSGeV = numberOption(options, 'sqrts')
  if (given('mtt-min')) setup.mttMinGeV = numberOption(options, 'mtt-min')
  if (given('selection')) setup.selection = choiceOption(options, 'selection', selections)
  if (options.smearing === 'true') setup.smearing = true
  if (given('observable')) {
    const [observable] = parseObservables([required(options, 'observable')])
    setup.binning = { ...setup.binning, observable }
  }
  if (given('bins')) setup.binning = { ...setup.binning, bins: numberOption(options, 'bins') }
  if (given('binned')) setup.binned = choiceOption(options, 'binned', binnedKinds)
  if (given('luminosity-error'))
    setup.luminosity = { ...setup.luminosity, relativeError: numberOption(options, 'luminosity-error') }
  if (given('luminosity-treatment'))
    setup.luminosity = {
      ...setup.luminosity,
      treatment: choiceOption(options, 'luminosity-treatment', ['profiled', 'sampled']),
    }
  if (given('prior')) setup.priorHalfWidth = numberOption(options, 'prior')
  if (given('live')) setup.livePoints = numberOption(options, 'live')
  if (given('seed')) setup.seed = numberOption(options, 'seed')
  if (given('training-points')) setup.trainingPoints = numberOption(options, 'training-points')
  if (given('epochs')) setup.epochs = numberOption(options, 'epochs')
  if (options['raw-ratios'] === 'true') setup.calibratedRatios = false
  if (given('replicas')) setup.replicas = numberOption(options, 'replicas')
  return setup
}

function presetsOf(value: string): { base: FitPresetName; networks: RatioPresetName | null } {
  let base: FitPresetName = 'thesis-inspired'
  let networks: RatioPresetName | null = null
  for (const name of value.split(',')) {
    const setup = fitPresetNames.find((known) => known === name)
    const ratio = ratioPresetNames.find((known) => known === name)
    if (setup) base = setup
    else if (ratio) networks = ratio
    else
      throw new AppError(
        'input/invalid',
        `--preset "${name}" is neither a set-up (${fitPresetNames.join(', ')}) nor a kind of networks (${ratioPresetNames.join(', ')}).`,
      )
  }
  return { base, networks }
}

/** "td8=0.45,tq8=-0.65" */
function truthFrom(text: string): FitSetup['truth'] {
  if (text === 'sm') return {}
  const pairs = text.split(',').map((part) => part.split('='))
  const [names, values] = [pairs.map(([name]) => name), pairs.map(([, value]) => Number(value))]
  const bad = pairs.findIndex((pair, k) => pair.length !== 2 || pair[1] === '' || !Number.isFinite(values[k]))
  if (bad >= 0)
    throw new AppError(
      'input/invalid',
      `--truth has "${text.split(',')[bad]}", must be pairs like td8=0.45,tq8=-0.65 or "sm".`,
    )
  return Object.fromEntries(parseTopPairOperators(names).map((name, k) => [name, values[k]]))
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
  watch: (progress: T) => void = () => {},
): Promise<R> {
  let shown = performance.now()
  for (;;) {
    const step = await run.next()
    if (step.done) return step.value
    if (step.value === undefined) continue
    watch(step.value)
    if (performance.now() - shown < 2000) continue
    const line = tell(step.value)
    if (line === null) continue
    shown = performance.now()
    log(line)
  }
}

export const percent = (what: string) => (fraction: number) => `${what}: ${Math.round(100 * fraction)} %`

/** Networks for the learned ratios: read from folders, or trained one after the other. Empty for other kinds of fit. */
export async function networksFor(
  kind: FitKind,
  setup: FitSetup,
  options: Options,
  handlers: FitHandlers,
  log: Log,
): Promise<TrainedNetwork[]> {
  if (kind !== 'unbinned') return []
  const { networks } = options
  if (networks !== undefined)
    return Promise.all(networks.split(',').map((folder) => readNetwork(folder, setup)))
  const backend = choiceOption(options, 'backend', ['auto', ...backendNames])
  const trained: TrainedNetwork[] = []
  for (const task of networkTasks(setup)) {
    const run = handlers['train-ratio']({ setup, task, backend })
    const tell = (event: FitJobs['train-ratio']['progress']): string | null =>
      event.kind === 'epoch'
        ? `${taskName(task)}: epoch ${event.record.epoch} of ${event.epochs}, validation loss ${event.record.validationLoss.toFixed(5)}`
        : null
    trained.push(await pump(run, tell, log))
  }
  return trained
}

/** @throws AppError 'model/mismatch' for a network of another process */
async function readNetwork(folder: string, setup: FitSetup): Promise<TrainedNetwork> {
  const file = (name: string): Buffer => {
    const path = join(folder, name)
    if (!existsSync(path))
      throw new AppError(
        'data/not-found',
        `There is no ${name} in ${folder}. Make it with train-ratio --out.`,
      )
    return readFileSync(path)
  }
  const { card, network } = await readRatioModelFiles({
    card: file('card.json').toString('utf8'),
    weights: new Uint8Array(file('weights.bin')),
  })
  const { sqrtS, mttMin } = setupProcess(setup)
  const wanted: Record<string, number> = { sqrtSGeV: sqrtS, mttMinGeV: mttMin }
  for (const [name, value] of Object.entries(wanted))
    if (card.data[name] !== value)
      throw new AppError(
        'model/mismatch',
        `The network in ${folder} was trained at ${name} = ${card.data[name]}, the fit is at ${value}. Train it for this set-up, or change the set-up.`,
      )
  return {
    task: { terms: card.terms, replica: 0 },
    network,
    parameters: new Float32Array(0),
    bestEpoch: card.epochs.best,
    validationLoss: card.metrics.validationLoss ?? NaN,
    stoppedEarly: card.epochs.done > card.epochs.best,
    history: [],
    backend: card.engine,
    seconds: 0,
  }
}
