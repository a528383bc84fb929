import { defineCommand } from '../../../cli/command.ts'
import { evaluateTransformer } from '../analysis/transformer/evaluate-transformer.ts'
import { wholePart } from '../analysis/transformer/transformer-data.ts'
import { corpusOfTransformer, openTransformer, transformerOption } from './open-transformer.ts'
import { backendOfWorkers, workersOption } from './transformer-backends.ts'
import { sampleOptions } from './transformer-samples.ts'

export const evaluateTransformerCommand = defineCommand({
  summary: 'the numbers on the card of a transformer, computed anew on the test events of its samples',
  options: { model: transformerOption, samples: sampleOptions.samples, workers: workersOption },
  run: async ({ model: name, samples: folder, workers }) => {
    const model = await openTransformer(name)
    const { card, parameters } = model
    const { corpus } = await corpusOfTransformer(model, folder)
    const { backend, close } = await backendOfWorkers(card.training.spec, workers)
    try {
      const test = wholePart(corpus, 'test', card.data.splitSeed)
      const metrics = await evaluateTransformer(backend, parameters, test, card.classes)
      return { model: card.id, events: test.rows, metrics }
    } finally {
      await close()
    }
  },
})
