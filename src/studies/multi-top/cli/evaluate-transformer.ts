import { defineCommand } from '../../../cli/command.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { loadKernels } from '../../../kernels/load-kernels.ts'
import { drain } from '../../../numerics/drain.ts'
import { fitImputers, usualRidgeEvents } from '../analysis/baselines/fit-imputers.ts'
import type { MaskKind } from '../analysis/baselines/reconstruction-report.ts'
import { classesBeside, reconstructionBeside } from '../analysis/baselines/transformer-beside.ts'
import { usualTrials } from '../analysis/baselines/tuned-trials.ts'
import { evaluateTransformer } from '../analysis/transformer/evaluate-transformer.ts'
import { wholePart } from '../analysis/transformer/transformer-data.ts'
import { corpusOfTransformer, openTransformer, transformerOption } from './open-transformer.ts'
import { backendOfWorkers, workersOption } from './transformer-backends.ts'
import { sampleOptions } from './transformer-samples.ts'

export const evaluateTransformerCommand = defineCommand({
  summary:
    'the numbers on the card of a transformer, computed anew on the test events of its samples, and what is known without it',
  options: {
    model: transformerOption,
    samples: sampleOptions.samples,
    beside: {
      kind: 'choices',
      choices: ['reconstruction', 'classes'],
      help: 'baselines that are fitted anew and asked the same: hidden numbers from the mean, a ridge, algebra; classes from trees and a network on five numbers (minutes each)',
    },
    trials: {
      kind: 'number',
      ...countRange(1, 200),
      default: String(usualTrials),
      help: 'settings of trees and of the network that are tried',
    },
    'ridge-events': {
      kind: 'number',
      ...countRange(100, 1_000_000),
      default: String(usualRidgeEvents),
      help: 'training events that the ridge is fitted to',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of masks, trials and bootstrap' },
    workers: workersOption,
  },
  run: async (options, log) => {
    const { samples: folder, beside = [], trials, seed } = options
    const model = await openTransformer(options.model)
    const { card, parameters } = model
    const { corpus } = await corpusOfTransformer(model, folder)
    const { backend, close } = await backendOfWorkers(card.training.spec, options.workers)
    try {
      const test = wholePart(corpus, 'test', card.data.splitSeed)
      const metrics = await evaluateTransformer(backend, parameters, test, card.classes)
      const own = { backend, parameters }
      const imputersFor = (kind: MaskKind) => {
        log(`baselines for masks of ${kind === 'object' ? 'whole objects' : 'single scalars'}`)
        return drain(fitImputers(corpus, kind, seed, options['ridge-events']))
      }
      return {
        ...{ model: card.id, events: test.rows, metrics },
        ...(beside.includes('reconstruction') && {
          reconstruction: await reconstructionBeside(corpus, own, imputersFor, seed),
        }),
        ...(beside.includes('classes') && {
          classes: await classesBeside(corpus, own, { seed, trials }, await loadKernels(), log),
        }),
      }
    } finally {
      await close()
    }
  },
})
