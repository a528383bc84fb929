import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transformerFolder } from '../../../cli/files.ts'
import { folderOf } from '../../../cli/folder-options.ts'
import { AppError } from '../../../errors.ts'
import { readTransformerFiles, type TransformerModel } from '../../../ml/transformer/transformer-files.ts'
import { corpusOfSamples, type CorpusOfSamples } from './transformer-samples.ts'

export const someTransformer = {
  kind: 'folder',
  what: 'model',
  holds: 'card.json',
  shippedIn: transformerFolder,
  cure: 'Train it with train-transformer.',
  help: 'shipped transformer, or a folder with card.json',
} as const

export const transformerOption = { ...someTransformer, required: true } as const

export async function openTransformer(model: string): Promise<TransformerModel> {
  const path = folderOf(transformerOption, model)
  const [text, weights] = await Promise.all([
    readFile(join(path, 'card.json'), 'utf8'),
    readFile(join(path, 'weights.bin')),
  ])
  return readTransformerFiles(text, weights)
}

/**
 * The events that a transformer was trained on, split as then.
 *
 * @throws AppError 'data/mismatch' where the folder has other samples
 */
export async function corpusOfTransformer(
  { card }: TransformerModel,
  folder: string,
): Promise<CorpusOfSamples> {
  const { splitSeed, most, samples: known, events } = card.data
  const all = events.training + events.validation + events.test
  const ids = known.map(({ id }) => id)
  const own = await corpusOfSamples(folder, ids, splitSeed, most ?? undefined)
  const other = own.samples.find(({ sha256 }, k) => sha256 !== known[k].sha256)
  if (other || own.corpus.events !== all)
    throw new AppError(
      'data/mismatch',
      `${card.id} was trained on ${all} events, ${folder} has ${own.corpus.events}${other ? ` and another ${other.id}` : ''}. Name the folder of the samples that it was trained on.`,
      { expected: all, actual: own.corpus.events },
    )
  return own
}
