import { defineCommand } from '../../../cli/command.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { drain } from '../../../numerics/drain.ts'
import { learnedSpace } from '../analysis/transformer/learned-space.ts'
import { someOf } from '../analysis/transformer/transformer-data.ts'
import { takeLabelled } from '../analysis/tokens/corpus-rows.ts'
import { purityOfSpaces, testEventsOfClasses } from '../analysis/transformer/purity-of-spaces.ts'
import { corpusOfTransformer, openTransformer, transformerOption } from './open-transformer.ts'
import { backendOfWorkers } from './transformer-backends.ts'
import { sampleOptions } from './transformer-samples.ts'

/** Training events that the learned space is found from. */
const eventsOfSpace = 4000

export const learnedPurityCommand = defineCommand({
  summary:
    'of the nearest of test events the share of the same class, among the inputs and in the learned space of a transformer',
  options: {
    model: transformerOption,
    samples: sampleOptions.samples,
    'per-class': { kind: 'number', ...countRange(20, 2000), default: '400', help: 'test events' },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of events, components and bootstrap' },
  },
  run: async ({ model: name, samples, 'per-class': perClass, seed }) => {
    const model = await openTransformer(name)
    const { card, parameters } = model
    const { corpus } = await corpusOfTransformer(model, samples)
    const { backend, close } = await backendOfWorkers(card.training.spec, 1)
    try {
      const rows = testEventsOfClasses(corpus, perClass, seed)
      const { values, labels } = takeLabelled(corpus, rows)
      const fitted = someOf(corpus, 'training', eventsOfSpace)
      const { space, dimensions } = await learnedSpace(backend, parameters, fitted, seed)
      const n = rows.length
      const input = { values, n, dimensions: corpus.tokens }
      const learned = { values: await space(values, n), n, dimensions }
      return { model: card.id, events: n, ...drain(purityOfSpaces(input, learned, labels, seed)) }
    } finally {
      await close()
    }
  },
})
