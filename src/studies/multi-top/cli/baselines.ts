import { defineCommand } from '../../../cli/command.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { loadKernels } from '../../../kernels/load-kernels.ts'
import { areaDifferences } from '../../../statistics/classification/weighted-auc.ts'
import { judgeClassifier } from '../analysis/baselines/classification-report.ts'
import { compareImputers } from '../analysis/baselines/compared-imputers.ts'
import { drain } from '../../../numerics/drain.ts'
import { fitImputers } from '../analysis/baselines/fit-imputers.ts'
import { maskedEvents, maskKinds } from '../analysis/baselines/reconstruction-report.ts'
import { baselineKinds, tuneBaseline } from '../analysis/baselines/tune-baselines.ts'
import { usualTrials } from '../analysis/baselines/tuned-trials.ts'
import { multiTopClasses } from '../analysis/tokens/class-samples.ts'
import type { TokenCorpus } from '../analysis/tokens/corpus.ts'
import { corpusOfSamples, sampleOptions } from './transformer-samples.ts'

const tasks = ['classification', 'reconstruction'] as const

export const multiTopBaselinesCommand = defineCommand({
  summary:
    'what is known without a transformer: trees and a network on five numbers an event, and hidden numbers from the mean, a ridge, algebra',
  options: {
    samples: sampleOptions.samples,
    tasks: { kind: 'choices', choices: tasks, default: tasks.join(','), help: 'which of both' },
    events: sampleOptions.events,
    trials: {
      kind: 'number',
      ...countRange(1, 200),
      default: String(usualTrials),
      help: 'settings that are tried of trees and of the network; the best on validation events is tested',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of the split, masks, trials and bootstrap' },
  },
  run: async ({ samples, tasks: wanted, events, trials, seed }, log) => {
    const ids = multiTopClasses.map(({ id }) => id)
    const { corpus } = await corpusOfSamples(samples, ids, seed, events)
    const { training, validation, test } = corpus.split
    return {
      classes: corpus.classes,
      events: { training: training.length, validation: validation.length, test: test.length },
      ...(wanted.includes('classification') && {
        classification: await classification(corpus, seed, trials, log),
      }),
      ...(wanted.includes('reconstruction') && { reconstruction: reconstruction(corpus, seed, log) }),
    }
  },
})

async function classification(
  corpus: TokenCorpus,
  seed: number,
  trials: number,
  log: (line: string) => void,
): Promise<object> {
  const kernels = await loadKernels()
  const judged = baselineKinds.map((kind) => {
    const best = drain(tuneBaseline(corpus, kind, kernels, seed, trials), ({ trial, bestLoss }) =>
      log(`${kind}: trial ${trial} of ${trials}, lowest validation loss ${bestLoss.toFixed(4)}`),
    )
    const { report, areas } = judgeClassifier(best.validation, best.test, seed)
    const { settings, validationLoss } = best
    return { kind, areas, told: { ...report, confusion: [...report.confusion], settings, validationLoss } }
  })
  const [first, second] = judged
  return {
    ...Object.fromEntries(judged.map(({ kind, told }) => [kind, told])),
    [`${second.kind} over ${first.kind}`]: areaDifferences(first.areas, second.areas),
  }
}

function reconstruction(corpus: TokenCorpus, seed: number, log: (line: string) => void): object {
  const told = {}
  for (const kind of maskKinds) {
    log(`ridge for masks of ${kind === 'object' ? 'whole objects' : 'single scalars'}`)
    const imputers = drain(fitImputers(corpus, kind, seed))
    const asked = maskedEvents(corpus, corpus.split.test, kind, seed)
    const { mean, ridge, algebra } = imputers
    const guesses = { mean: mean(asked), ridge: ridge(asked), algebra: algebra(asked) }
    Object.assign(told, compareImputers(asked, kind, guesses, seed))
  }
  return told
}
