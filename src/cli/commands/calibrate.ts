import { createFitHandlers } from '../../analysis/top-pair/fit/create-fit-handlers.ts'
import type { CalibrationOutcome } from '../../analysis/top-pair/fit/fit-jobs.ts'
import { fitKinds } from '../../analysis/top-pair/fit/fit-setup.ts'
import { choiceOption, numberOption } from '../arguments.ts'
import type { Command } from '../command.ts'
import { compareWidths } from '../fit-widths.ts'
import { fitSetupOptions, networksFor, percent, pump, setupFromOptions } from '../fit-options.ts'

export const calibrateCommand: Command = {
  summary: 'coverage, ranks and TARP, or widths side by side, of top-pair posteriors over toys',
  options: {
    kind: { default: 'exact', help: fitKinds.join(', ') },
    test: {
      default: 'coverage',
      help: 'coverage (toys at each of five truths), sbc (truths from the prior), widths (all kinds, at --truth)',
    },
    toys: { default: '200', help: 'per truth for coverage, in total for sbc' },
    'pool-points': {
      help: 'simulated points per observed event that toys are drawn from (50); 400 for networks at parton level',
    },
    ...fitSetupOptions,
  },
  run: async (options, log) => {
    const kind = choiceOption(options, 'kind', fitKinds)
    const test = choiceOption(options, 'test', ['coverage', 'sbc', 'widths'])
    const setup = setupFromOptions(options)
    const toys = numberOption(options, 'toys')
    const handlers = createFitHandlers({})
    const networks = await networksFor(test === 'widths' ? 'unbinned' : kind, setup, options, handlers, log)
    if (test === 'widths')
      return {
        test,
        toys,
        seed: setup.seed,
        parameters: await compareWidths(setup, networks, toys, handlers, log),
      }
    const run = handlers['calibrate-fit']({
      ...{ setup, kind, networks, test, toys },
      ...(options['pool-points'] !== undefined && { pointsPerEvent: numberOption(options, 'pool-points') }),
    })
    const outcome = await pump(run, percent('toys'), log)
    return { kind, test, toys, seed: setup.seed, ...numbersOf(outcome), seconds: outcome.seconds }
  },
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
