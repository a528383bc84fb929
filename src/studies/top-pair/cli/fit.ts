import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { checkSetup } from '../analysis/fit/check-setup.ts'
import { eventColumnNames, eventEnergies } from '../analysis/event-file.ts'
import type {
  DroppedEvents,
  FitData,
  FitOutcome,
  FitProgress,
  TrainedNetwork,
} from '../analysis/fit/fit-jobs.ts'
import { fitKinds, type FitKind, type FitSetup } from '../analysis/fit/fit-setup.ts'
import { intervalsLatex } from '../analysis/fit/intervals-latex.ts'
import { posteriorAsCsv } from '../analysis/fit/posterior-files.ts'
import { toyPValue } from '../../../statistics/posterior/delta-chi2.ts'
import { fitSchema } from '../intent.ts'
import { AppError } from '../../../errors.ts'
import { defineCommand } from '../../../cli/command.ts'
import { dipoleOption, type DipoleScale } from './dipole-option.ts'
import { writeFiles } from '../../../cli/files.ts'
import { getDistTexts } from '../analysis/fit/chain-texts.ts'
import { inConvention, wallsOf, withDipole } from './fit-convention.ts'
import { countRange, rangeOf } from '../../../cli/options/ranges.ts'
import { regionByToys } from './fit-region.ts'
import { digestOfNetworks, namedNetworks, networksFor } from './fit-networks.ts'
import { answerText, report } from './fit-report.ts'
import { bundledSetup, neededNetworks, planOption, withPlan } from './fit-plan.ts'
import { networkTask } from '../analysis/plan/plan-tasks.ts'
import { packFitRun } from '../fit-run-bundle.ts'
import { fitSetupOptions, takenSetup, pump } from './fit-options.ts'
import { createKeptFit, type KeptFit } from './kept-fit.ts'
import { resumable, resumeOptions } from '../../../cli/resumable-run.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import { branchOptions, pickOf } from '../../../cli/options/branch-options.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import type { OptionTexts } from '../../../cli/options/option-values.ts'
import { fitVersion } from '../analysis/fit/fit-version.ts'

export const fitCommandOptions = {
  mode: {
    kind: 'choice',
    choices: fitKinds,
    help: 'what the likelihood is made of; default: binned, with --plan unbinned',
  },
  plan: planOption,
  ...fitSetupOptions,
  data: {
    kind: 'file',
    what: 'file of events',
    help: 'observed events of your own: CSV, Parquet, HDF5, ROOT, npy, npz or LHE (also gzip); default: simulated at --truth',
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
  bundle: {
    kind: 'output',
    what: 'file',
    help: 'out.zip with networks, chains, summary and link, which opens on the page',
  },
  ...resumeOptions,
  chains: {
    kind: 'output',
    what: 'prefix',
    help: 'prefix of PREFIX.txt, .paramnames, .ranges and .properties.ini for GetDist',
  },
  latex: {
    kind: 'output',
    what: 'file',
    help: 'file.tex with a table of best fit, 68 and 95 % sets of each coefficient',
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
  run: async (asked, log, texts) => {
    const { kind, options, plan } = await withPlan(asked)
    const { setup, dipole } = withDipole(options, plan?.setup)
    if (options.luminosity !== undefined) setup.luminosityInvPb = options.luminosity
    const pick = pickOf(options, eventEnergies)
    if (options.data === undefined && pick)
      throw new AppError(
        'input/invalid',
        '--branches, --tree and --energy-unit say what --data holds, which is not given. Give it.',
      )
    const dropped = options.data === undefined ? null : { ...readEvents(options.data), pick }
    const taken = plan ? null : takenSetup(options)
    if (taken) log(taken)
    checkSetup(setup)
    const bundled = options.bundle === undefined ? null : bundledSetup(kind, setup, options)
    const named = await namedNetworks(kind, setup, options, log, neededNetworks(kind, plan, bundled))
    const rests = {
      'the plan': plan && JSON.stringify(plan.setup),
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
      const reports: FitProgress['report'][] = []
      const found = await pump(
        handlers.fit({ setup, data, kind, ratios, resumeFrom: kept.posterior }),
        ({ report: { iteration, logZ, remainder } }) =>
          `${iteration} dead points, lnZ ${logZ.toFixed(2)}, ${(100 * remainder).toFixed(1)} % still live`,
        log,
        (progress) => {
          reports.push(progress.report)
          return kept.afterReport(progress)
        },
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
        ...writeLatex(options.latex, outcome, texts),
        ...[options.out, options.bundle].filter((path) => path !== undefined),
      ]
      const answer = {
        ...report(outcome, setup, data, networks, dipole),
        notes: [...(named?.notes ?? []), ...data.notes, ...outcome.notes],
        ratioCalibration: learned?.calibration ?? null,
        toys: p,
        region,
        files,
      }
      const text = answerText(answer)
      if (options.out !== undefined) writeText(options.out, text)
      if (options.bundle !== undefined && bundled) {
        const chains = getDistTexts(kind, outcome, wallsOf(outcome.names, setup, dipole))
        const packed = await packFitRun({
          ...{ setup: bundled, dropped, data, ratios: learned, outcome: found, reports },
          networks: (named?.planned ?? []).map(({ task, files: own }) => ({
            task: networkTask(task),
            files: own,
          })),
          chains,
          summary: text,
        })
        writeText(options.bundle, packed)
      }
      return { ...answer, seconds: run.seconds() }
    })
  },
})

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

function writeText(path: string, bytes: string | Uint8Array): void {
  writeFiles(dirname(path), [{ name: basename(path), bytes }])
}

function writeChains(
  prefix: string | undefined,
  outcome: FitOutcome,
  setup: FitSetup,
  dipole: DipoleScale,
): string[] {
  if (prefix === undefined) return []
  const files = getDistTexts(basename(prefix), outcome, wallsOf(outcome.names, setup, dipole))
  writeFiles(
    dirname(prefix),
    files.map(({ name, text }) => ({ name, bytes: text })),
  )
  return files.map((file) => `${dirname(prefix)}/${file.name}`)
}

function writePosterior(path: string | undefined, outcome: FitOutcome): string[] {
  if (path === undefined) return []
  writeText(path, posteriorAsCsv(outcome))
  return [path]
}

function writeLatex(path: string | undefined, outcome: FitOutcome, options: OptionTexts): string[] {
  if (path === undefined) return []
  const asked = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [[`--${name}`, value.replace(/\s+/g, ' ')] as const],
  )
  writeText(path, intervalsLatex([{ ...outcome, label: outcome.kind }], [['made by', fitVersion], ...asked]))
  return [path]
}
