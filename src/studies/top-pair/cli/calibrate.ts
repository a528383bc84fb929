import { basename, dirname } from 'node:path'
import { checkSetup } from '../analysis/fit/check-setup.ts'
import { checkToys, preparing } from '../analysis/fit/fit-calibration.ts'
import type { CalibrationOutcome, CalibrationRequest } from '../analysis/fit/fit-jobs.ts'
import { fitKinds } from '../analysis/fit/fit-setup.ts'
import { defineCommand } from '../../../cli/command.ts'
import { countRange } from '../../../cli/options/ranges.ts'
import { writeFiles } from '../../../cli/files.ts'
import { createKeptFit, type KeptFit } from './kept-fit.ts'
import { resumable, resumeOptions } from '../../../cli/resumable-run.ts'
import { compareWidths } from './fit-widths.ts'
import { digestOfNetworks, namedNetworks, networkReport, networksFor } from './fit-networks.ts'
import { fitSetupOptions, takenSetup, pump, setupFromOptions } from './fit-options.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

const tests = ['coverage', 'sbc', 'widths'] as const

const calibrateOptions = {
  kind: { kind: 'choice', choices: fitKinds, default: 'exact', help: 'of the posteriors' },
  test: {
    kind: 'choice',
    choices: tests,
    default: 'coverage',
    help: 'coverage (toys at each of five truths), sbc (truths from the prior), widths (all kinds, at --truth)',
  },
  toys: {
    kind: 'number',
    ...countRange(1, 100_000),
    default: '200',
    help: 'per truth for coverage, in total for sbc',
  },
  'pool-points': {
    kind: 'number',
    ...countRange(1, 10_000),
    help: 'simulated points per observed event that toys are drawn from (50); 400 for networks at parton level',
  },
  ...fitSetupOptions,
  out: { kind: 'output', what: 'file', help: 'the answer as JSON, without the time it took' },
  ...resumeOptions,
} as const satisfies OptionTable

type CalibrateOptions = OptionValues<typeof calibrateOptions>

export const calibrateCommand = defineCommand({
  summary: 'coverage, ranks and TARP, or widths side by side, of top-pair posteriors over toys',
  options: calibrateOptions,
  run: async (options, log, texts) => {
    const kind = options.kind
    const test = options.test
    const setup = setupFromOptions(options)
    const toys = options.toys
    const taken = takenSetup(options)
    if (taken) log(taken)
    checkSetup(setup)
    if (test !== 'widths') checkToys(test, toys)
    const { out } = options
    const learned = test === 'widths' ? 'unbinned' : kind
    const named = await namedNetworks(learned, setup, options, log)
    const rests = { 'the networks of sha256': named && digestOfNetworks(options.networks!) }
    return resumable({ command: 'calibrate', options, texts, rests }, log, async (run) => {
      const kept = createKeptFit(run)
      const networks = await networksFor(learned, named, setup, options, kept.handlers, log, kept)
      const about = { test, toys, seed: setup.seed }
      const numbers =
        test === 'widths'
          ? {
              ...about,
              parameters: await compareWidths(setup, networks, toys, kept.handlers, log, kept.toys),
            }
          : {
              kind,
              ...about,
              ...numbersOf(await calibrated({ setup, kind, networks, test, toys }, options, kept, log)),
            }
      const used = { networks: networks.map(networkReport), notes: named?.notes ?? [] }
      if (out === undefined) return { ...numbers, ...used, seconds: run.seconds(), files: [] }
      // Equal calibrations give equal files: how long they took stands on the screen only.
      const lasting = {
        ...numbers,
        ...used,
        networks: used.networks.map((network) => ({ ...network, seconds: undefined })),
      }
      writeFiles(dirname(out), [{ name: basename(out), bytes: `${JSON.stringify(lasting, null, 2)}\n` }])
      return { ...numbers, ...used, seconds: run.seconds(), files: [out] }
    })
  },
})

function calibrated(
  request: CalibrationRequest,
  options: CalibrateOptions,
  { handlers, between }: KeptFit,
  log: (line: string) => void,
): Promise<CalibrationOutcome> {
  const points = options['pool-points']
  const run = handlers['calibrate-fit']({
    ...request,
    ...(points !== undefined && { pointsPerEvent: options['pool-points'] }),
  })
  return pump(
    run,
    () => null,
    log,
    (fraction) => between('simulation', fraction / preparing),
  )
}

/** What a reader wants of it; ranks as the histogram. */
function numbersOf({ coverage, sbc }: CalibrationOutcome) {
  if (coverage)
    return {
      probabilities: coverage.probabilities,
      tolerance: coverage.tolerance,
      points: coverage.points.map(({ truth, covered }) => ({ truth: Array.from(truth), covered })),
    }
  return {
    draws: sbc!.draws,
    ranks: sbc!.ranks.map(({ name, histogram, chi2, ks }) => ({
      name,
      histogram: Array.from(histogram),
      chi2,
      ks,
    })),
    tarp: {
      level: Array.from(sbc!.tarp.level),
      coverage: Array.from(sbc!.tarp.coverage),
      ks: sbc!.tarp.ks,
    },
  }
}
