import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { checkSetup } from '../analysis/fit/check-setup.ts'
import { eventColumnNames, eventEnergies } from '../analysis/event-file.ts'
import type { DroppedEvents, FitData, FitOutcome, TrainedNetwork } from '../analysis/fit/fit-jobs.ts'
import { fitKinds, type FitKind, type FitSetup } from '../analysis/fit/fit-setup.ts'
import { posteriorAsCsv } from '../analysis/fit/posterior-files.ts'
import { topPairOperator } from '../../../physics/top-pair/operators.ts'
import { luminosityName } from '../../../statistics/likelihood/luminosity.ts'
import { toyPValue } from '../../../statistics/posterior/delta-chi2.ts'
import { getDistFiles } from '../../../statistics/posterior/export.ts'
import type { ParameterSummary } from '../../../statistics/posterior/summary.ts'
import { fitSchema } from '../intent.ts'
import { AppError } from '../../../errors.ts'
import { defineCommand } from '../../../cli/command.ts'
import { dipoleOption, type DipoleScale } from './dipole-option.ts'
import { writeFiles } from '../../../cli/files.ts'
import { inConvention, truthIn, wallsOf, withDipole } from './fit-convention.ts'
import { countRange, rangeOf } from '../../../cli/options/ranges.ts'
import { regionByToys } from './fit-region.ts'
import { digestOfNetworks, namedNetworks, networkReport, networksFor } from './fit-networks.ts'
import { fitSetupOptions, takenSetup, pump } from './fit-options.ts'
import { createKeptFit, type KeptFit } from './kept-fit.ts'
import { resumable, resumeOptions } from '../../../cli/resumable-run.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import { branchOptions, pickOf } from '../../../cli/options/branch-options.ts'
import type { OptionTable } from '../../../cli/options/option.ts'

export const fitCommandOptions = {
  mode: { kind: 'choice', choices: fitKinds, default: 'binned', help: 'what the likelihood is made of' },
  ...fitSetupOptions,
  data: {
    kind: 'file',
    what: 'file of events',
    help: 'observed events of your own: CSV, Parquet, ROOT, npy or LHE (also gzip); default: simulated at --truth',
  },
  ...branchOptions(eventColumnNames, '--data'),
  luminosity: {
    kind: 'number',
    ...rangeOf(fitSchema.shape.luminosityInvPb, 'pb^-1'),
    help: 'of --data; default: that at which the truth predicts their number',
  },
  ctg: {
    ...dipoleOption.ctg,
    help: `${dipoleOption.ctg.help}, in --truth, answer and files; --prior stays that of the app's`,
  },
  'sm-toys': {
    kind: 'number',
    ...countRange(1, 1_000_000),
    help: 'toys of the SM for the p-value of its Delta chi2',
  },
  'region-toys': {
    kind: 'number',
    ...countRange(20, 100_000),
    help: 'toys per grid point: p-values of one or two coefficients by toys, about the 95 % set',
  },
  'region-points': {
    kind: 'number',
    ...countRange(2, 41),
    default: '7',
    help: 'grid points along each coefficient, for --region-toys',
  },
  out: { kind: 'output', what: 'file', help: 'the answer as JSON, without the time it took' },
  ...resumeOptions,
  chains: {
    kind: 'output',
    what: 'prefix',
    help: 'prefix of PREFIX.txt, .paramnames, .ranges and .properties.ini for GetDist',
  },
  posterior: {
    kind: 'output',
    what: 'file',
    help: 'file.csv for weight, logL and coefficients of every sample',
  },
} as const satisfies OptionTable

export const fitCommand = defineCommand({
  summary: 'posterior of top-pair coefficients from bins, learned ratios or exact ratios',
  options: fitCommandOptions,
  run: async (options, log, texts) => {
    const kind = options.mode
    const { setup, dipole } = withDipole(options)
    if (options.luminosity !== undefined) setup.luminosityInvPb = options.luminosity
    const pick = pickOf(options, eventEnergies)
    if (options.data === undefined && pick)
      throw new AppError(
        'input/invalid',
        '--branches, --tree and --energy-unit say what --data holds, which is not given. Give it.',
      )
    const dropped = options.data === undefined ? null : { ...readEvents(options.data), pick }
    const taken = takenSetup(options)
    if (taken) log(taken)
    checkSetup(setup)
    const named = await namedNetworks(kind, setup, options, log)
    const rests = {
      'the networks of sha256': named && digestOfNetworks(options.networks!),
      'the events of sha256': dropped && (await sha256Hex(dropped.bytes)),
    }
    return resumable({ command: 'fit', options, texts, rests }, log, async (run) => {
      const kept = createKeptFit(run, options['checkpoint-every'] === 0)
      const { handlers, between } = kept
      const data = await pump(
        handlers['prepare-fit']({ setup, dropped }),
        () => null,
        log,
        (fraction) => between('events', fraction),
      )
      for (const note of data.notes) log(note)
      const networks = await networksFor(kind, named, setup, options, handlers, log, kept)
      const learned =
        kind === 'unbinned'
          ? await pump(
              handlers['predict-ratios']({ setup, networks, features: data.features }),
              () => null,
              log,
              (fraction) => between('calibration of the ratios', fraction),
            )
          : null
      const ratios = learned?.ratios ?? null
      const found = await pump(
        handlers.fit({ setup, data, kind, ratios, resumeFrom: kept.posterior }),
        ({ report: { iteration, logZ, remainder } }) =>
          `${iteration} dead points, lnZ ${logZ.toFixed(2)}, ${(100 * remainder).toFixed(1)} % still live`,
        log,
        (progress) => kept.afterReport(progress),
      )
      const p =
        options['sm-toys'] === undefined
          ? null
          : await smToys(kept, setup, data, kind, networks, options['sm-toys'], found, log)
      const outcome = inConvention(found, setup, dipole)
      for (const note of outcome.notes) log(note)
      const region =
        options['region-toys'] === undefined
          ? null
          : await regionByToys(
              kept,
              {
                ...{ setup, data, kind, networks, ratios },
                pointsPerAxis: options['region-points'],
                toys: options['region-toys'],
              },
              found,
              dipole,
              log,
            )
      const files = [
        ...writeChains(options.chains, outcome, setup, dipole),
        ...writePosterior(options.posterior, outcome),
        ...(options.out === undefined ? [] : [options.out]),
      ]
      const answer = {
        ...report(outcome, setup, data, networks, dipole),
        notes: [...(named?.notes ?? []), ...data.notes, ...outcome.notes],
        ratioCalibration: learned?.calibration ?? null,
        toys: p,
        region,
        files,
      }
      if (options.out !== undefined) writeAnswer(options.out, answer)
      return { ...answer, seconds: run.seconds() }
    })
  },
})

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
    modes: outcome.modes.map(({ mass, at, mean, standardDeviation }) => ({
      mass,
      at: Array.from(at),
      mean: Array.from(mean),
      standardDeviation: Array.from(standardDeviation),
    })),
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
    networks: networks.map(networkReport),
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
    modes: sets.modes,
    warning,
  }
}

async function smToys(
  { handlers, between }: KeptFit,
  setup: FitSetup,
  data: FitData,
  kind: FitKind,
  networks: TrainedNetwork[],
  toys: number,
  outcome: FitOutcome,
  log: (line: string) => void,
) {
  const run = handlers['toy-delta-chi2']({ setup, data, kind, networks, toys })
  const watch = (fraction: number) => between('toys of the SM', fraction)
  const { values } = await pump(run, () => null, log, watch)
  const observed = outcome.deltaChi2.find(({ hypothesis }) => hypothesis === 'SM')!.result.value
  return toyPValue(observed, values)
}

function readEvents(path: string): DroppedEvents {
  return { name: basename(path), bytes: new Uint8Array(readFileSync(path)) }
}

/** Equal fits give equal files: how long they took, and where they lie, stand on the screen only. */
function writeAnswer(
  path: string,
  answer: { networks: object[]; files: string[]; region: { seconds: number } | null },
): void {
  const lasting = {
    ...answer,
    seconds: undefined,
    files: undefined,
    networks: answer.networks.map((network) => ({ ...network, seconds: undefined })),
    region: answer.region && { ...answer.region, seconds: undefined },
  }
  writeFiles(dirname(path), [{ name: basename(path), bytes: `${JSON.stringify(lasting, null, 2)}\n` }])
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
  const { chain, paramNames, ranges, properties } = getDistFiles(
    outcome,
    wallsOf(outcome.names, setup, dipole),
    labels,
  )
  const name = basename(prefix)
  const files = [
    { name: `${name}.txt`, bytes: chain },
    { name: `${name}.paramnames`, bytes: paramNames },
    { name: `${name}.ranges`, bytes: ranges },
    { name: `${name}.properties.ini`, bytes: properties },
  ]
  writeFiles(dirname(prefix), files)
  return files.map((file) => `${dirname(prefix)}/${file.name}`)
}

function writePosterior(path: string | undefined, outcome: FitOutcome): string[] {
  if (path === undefined) return []
  writeFiles(dirname(path), [{ name: basename(path), bytes: posteriorAsCsv(outcome) }])
  return [path]
}
