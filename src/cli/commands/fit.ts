import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { createFitHandlers } from '../../analysis/top-pair/fit/create-fit-handlers.ts'
import type {
  FitData,
  FitOutcome,
  FitProgress,
  TrainedNetwork,
} from '../../analysis/top-pair/fit/fit-jobs.ts'
import { fitKinds, type FitKind, type FitSetup } from '../../analysis/top-pair/fit/fit-setup.ts'
import { posteriorAsCsv } from '../../analysis/top-pair/fit/posterior-files.ts'
import { AppError } from '../../errors.ts'
import { topPairOperator } from '../../physics/top-pair/operators.ts'
import { luminosityName } from '../../statistics/likelihood/luminosity.ts'
import { toyPValue } from '../../statistics/posterior/delta-chi2.ts'
import { getDistFiles } from '../../statistics/posterior/export.ts'
import type { ParameterSummary } from '../../statistics/posterior/summary.ts'
import { choiceOption, numberOption } from '../arguments.ts'
import type { Command } from '../command.ts'
import { dipoleOption, type DipoleScale } from '../dipole-option.ts'
import { writeFiles } from '../files.ts'
import { inConvention, truthIn, wallsOf, withDipole } from '../fit-convention.ts'
import { regionByToys } from '../fit-region.ts'
import { fitSetupOptions, networksFor, percent, pump, type FitHandlers } from '../fit-options.ts'

export const fitCommand: Command = {
  summary: 'posterior of top-pair coefficients from bins, learned ratios or exact ratios',
  options: {
    mode: { default: 'binned', help: fitKinds.join(', ') },
    ...fitSetupOptions,
    data: {
      help: 'observed events of your own: CSV, Parquet, npy or LHE (also gzip); default: simulated at --truth',
    },
    luminosity: { help: 'of --data [pb^-1]; default: that at which the truth predicts their number' },
    ctg: {
      ...dipoleOption.ctg,
      help: `${dipoleOption.ctg.help}, in --truth, answer and files; --prior stays that of the app's`,
    },
    'sm-toys': { help: 'toys of the SM for the p-value of its Delta chi2' },
    'region-toys': {
      help: 'toys per grid point: p-values of one or two coefficients by toys, about the 95 % set',
    },
    'region-points': { default: '7', help: 'grid points along each coefficient, for --region-toys' },
    checkpoint: { help: 'file that is kept up to date while the run lasts' },
    resume: { help: 'file of --checkpoint to go on from, with the same other options' },
    chains: { help: 'prefix of PREFIX.txt, .paramnames and .ranges for GetDist' },
    posterior: { help: 'file.csv for weight, logL and coefficients of every sample' },
  },
  run: async (options, log) => {
    const kind = choiceOption(options, 'mode', fitKinds)
    const { setup, dipole } = withDipole(options)
    if (options.luminosity !== undefined) setup.luminosityInvPb = numberOption(options, 'luminosity')
    const handlers = createFitHandlers({})
    const dropped = options.data === undefined ? null : readEvents(options.data)
    const resumeFrom = options.resume === undefined ? undefined : readCheckpoint(options.resume)
    const data = await pump(handlers['prepare-fit']({ setup, dropped }), percent('events'), log)
    for (const note of data.notes) log(note)
    const networks = await networksFor(kind, setup, options, handlers, log)
    const learned =
      kind === 'unbinned'
        ? await pump(
            handlers['predict-ratios']({ setup, networks, features: data.features }),
            percent('calibration of the ratios'),
            log,
          )
        : null
    const ratios = learned?.ratios ?? null
    const found = await pump(
      handlers.fit({ setup, data, kind, ratios, resumeFrom }),
      ({ report: { iteration, logZ, remainder } }) =>
        `${iteration} dead points, lnZ ${logZ.toFixed(2)}, ${(100 * remainder).toFixed(1)} % still live`,
      log,
      (progress) => keep(options.checkpoint, progress),
    )
    const toys = options['sm-toys']
    const p =
      toys === undefined ? null : await smToys(handlers, setup, data, kind, networks, options, found, log)
    const outcome = inConvention(found, setup, dipole)
    const region =
      options['region-toys'] === undefined
        ? null
        : await regionByToys(
            handlers,
            {
              ...{ setup, data, kind, networks, ratios },
              pointsPerAxis: numberOption(options, 'region-points'),
              toys: numberOption(options, 'region-toys'),
            },
            found,
            dipole,
            log,
          )
    const files = [
      ...writeChains(options.chains, outcome, setup, dipole),
      ...writePosterior(options.posterior, outcome),
    ]
    return {
      ...report(outcome, setup, data, networks, dipole),
      ratioCalibration: learned?.calibration ?? null,
      toys: p,
      region,
      files,
    }
  },
}

function report(
  outcome: FitOutcome,
  setup: FitSetup,
  data: FitData,
  networks: TrainedNetwork[],
  dipole: DipoleScale,
) {
  return {
    mode: outcome.kind,
    polynomial: setup.mode,
    ctG: dipole.convention,
    truth: data.source === 'simulated' ? truthIn(setup.truth, 1 / dipole.factor) : null,
    events: data.events,
    luminosityInvPb: data.luminosityInvPb,
    seed: setup.seed,
    names: outcome.names,
    parameters: outcome.summaries.map(parameterReport),
    best: { theta: Array.from(outcome.best.theta), logL: outcome.best.logL },
    logZ: outcome.logZ,
    logZErr: outcome.logZError,
    gridLogZ: outcome.gridLogZ,
    ess: outcome.ess,
    insertionPull: outcome.insertionPull,
    calls: outcome.calls,
    deltaChi2: Object.fromEntries(
      outcome.deltaChi2.map(({ hypothesis, result }) => [hypothesis, result] as const),
    ),
    flooredEvents: outcome.flooredEvents,
    networks: networks.map(({ task, validationLoss, seconds }) => ({ ...task, validationLoss, seconds })),
    notes: data.notes,
    seconds: outcome.seconds,
    converged: outcome.converged,
  }
}

function parameterReport({ name, mean, standardDeviation, median, warning, ...sets }: ParameterSummary) {
  const ends = ({ low, high }: { low: number; high: number }): [number, number] => [low, high]
  return {
    name,
    mean,
    standardDeviation,
    median,
    hpd: Object.fromEntries(
      sets.highestDensity.map(({ probability, segments }) => [probability, segments.map(ends)] as const),
    ),
    eti: Object.fromEntries(sets.equalTailed.map((segment) => [segment.mass, ends(segment)] as const)),
    modes: sets.modes.map(({ at, mass }) => ({ at, mass })),
    warning,
  }
}

async function smToys(
  handlers: FitHandlers,
  setup: FitSetup,
  data: FitData,
  kind: FitKind,
  networks: TrainedNetwork[],
  options: Record<string, string | undefined>,
  outcome: FitOutcome,
  log: (line: string) => void,
) {
  const toys = numberOption(options, 'sm-toys')
  const run = handlers['toy-delta-chi2']({ setup, data, kind, networks, toys })
  const { values } = await pump(run, percent('toys'), log)
  const observed = outcome.deltaChi2.find(({ hypothesis }) => hypothesis === 'SM')!.result.value
  return toyPValue(observed, values)
}

function readEvents(path: string) {
  if (!existsSync(path)) throw new AppError('data/not-found', `There is no file of events at ${path}.`)
  return { name: basename(path), bytes: new Uint8Array(readFileSync(path)) }
}

function readCheckpoint(path: string): Uint8Array {
  if (!existsSync(path))
    throw new AppError('data/not-found', `There is no checkpoint at ${path}. Leave --resume out to begin.`)
  return new Uint8Array(readFileSync(path))
}

/** Written beside and moved, so that a killed run leaves a whole file. */
function keep(path: string | undefined, { checkpoint }: FitProgress): void {
  if (path !== undefined && checkpoint)
    writeFiles(dirname(path), [{ name: basename(path), bytes: checkpoint }])
}

function writeChains(
  prefix: string | undefined,
  outcome: FitOutcome,
  setup: FitSetup,
  dipole: DipoleScale,
): string[] {
  if (prefix === undefined) return []
  const labels = outcome.names.map((name) =>
    name === luminosityName ? '\\delta L/\\sigma_L' : topPairOperator(name).latex,
  )
  const { chain, paramNames, ranges } = getDistFiles(outcome, wallsOf(outcome.names, setup, dipole), labels)
  const name = basename(prefix)
  const files = [
    { name: `${name}.txt`, bytes: chain },
    { name: `${name}.paramnames`, bytes: paramNames },
    { name: `${name}.ranges`, bytes: ranges },
  ]
  writeFiles(dirname(prefix), files)
  return files.map((file) => `${dirname(prefix)}/${file.name}`)
}

function writePosterior(path: string | undefined, outcome: FitOutcome): string[] {
  if (path === undefined) return []
  writeFiles(dirname(path), [{ name: basename(path), bytes: posteriorAsCsv(outcome) }])
  return [path]
}
