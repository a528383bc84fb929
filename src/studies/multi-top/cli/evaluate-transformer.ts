import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineCommand } from '../../../cli/command.ts'
import { transformerFolder } from '../../../cli/files.ts'
import { folderOf } from '../../../cli/folder-options.ts'
import { AppError } from '../../../errors.ts'
import { readTransformerFiles } from '../../../ml/transformer/transformer-files.ts'
import { evaluateTransformer } from '../analysis/transformer/evaluate-transformer.ts'
import { wholePart } from '../analysis/transformer/transformer-data.ts'
import { backendOfWorkers, workersOption } from './transformer-backends.ts'
import { corpusOfSamples, sampleOptions } from './transformer-samples.ts'

const modelOption = {
  kind: 'folder',
  what: 'model',
  holds: 'card.json',
  shippedIn: transformerFolder,
  cure: 'Train it with train-transformer.',
  required: true,
  help: 'shipped transformer, or a folder with card.json',
} as const

export const evaluateTransformerCommand = defineCommand({
  summary: 'the numbers on the card of a transformer, computed anew on the test events of its samples',
  options: { model: modelOption, samples: sampleOptions.samples, workers: workersOption },
  run: async ({ model, samples: folder, workers }) => {
    const path = folderOf(modelOption, model)
    const [text, weights] = await Promise.all([
      readFile(join(path, 'card.json'), 'utf8'),
      readFile(join(path, 'weights.bin')),
    ])
    const { card, parameters } = await readTransformerFiles(text, weights)
    const { splitSeed, most, samples: known, events } = card.data
    const all = events.training + events.validation + events.test
    const { corpus, samples } = await corpusOfSamples(
      folder,
      known.map(({ id }) => id),
      splitSeed,
      most ?? undefined,
    )
    const other = samples.find(({ sha256 }, k) => sha256 !== known[k].sha256)
    if (other || corpus.events !== all)
      throw new AppError(
        'data/mismatch',
        `${card.id} was trained on ${all} events, ${folder} has ${corpus.events}${other ? ` and another ${other.id}` : ''}. Name the folder of the samples that it was trained on.`,
        { expected: all, actual: corpus.events },
      )
    const { backend, close } = await backendOfWorkers(card.training.spec, workers)
    try {
      const test = wholePart(corpus, 'test', splitSeed)
      const metrics = await evaluateTransformer(backend, parameters, test, card.classes)
      return { model: card.id, events: test.rows, metrics }
    } finally {
      await close()
    }
  },
})
