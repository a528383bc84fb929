import { AppError } from '../../../../errors.ts'
import { isJson, type DroppedFile } from '../../../../ml/sort-model-files.ts'
import { readTransformerFiles } from '../../../../ml/transformer/transformer-files.ts'
import { plainTokens, tokenInfos } from '../tokens/token-layout.ts'
import type { TransformerFiles } from '../transformer-source.ts'

/** What a page keeps of a transformer that was read from its files. */
export interface ImportedTransformer {
  /** Says what its weights are: two files of one id never stand in for each other. */
  id: string
  hash: string
  title: string
  classes: readonly string[]
  files: TransformerFiles
}

/**
 * A transformer from its two files in any order and under any name, as Train exports them and `train-transformer` writes them.
 *
 * @throws AppError 'input/invalid' where one of them is missing, 'model/corrupt' as readTransformerFiles, 'model/mismatch'
 *         for a transformer of other numbers than the events of the page have
 */
export async function importTransformer(given: readonly DroppedFile[]): Promise<ImportedTransformer> {
  const cards = given.filter(({ bytes }) => isJson(bytes))
  const weights = given.filter(({ bytes }) => !isJson(bytes))
  if (cards.length !== 1 || weights.length !== 1)
    throw new AppError(
      'input/invalid',
      `A transformer has 2 files, card.json and weights.bin; got ${cards.length} cards and ${weights.length} files of weights (${given.map(({ name }) => name).join(', ')}). Drop the two of one transformer together.`,
    )
  const files = { card: new TextDecoder().decode(cards[0].bytes), weights: Uint8Array.from(weights[0].bytes) }
  const { card } = await readTransformerFiles(files.card, files.weights)
  const other = card.tokens.findIndex((token, k) => token !== tokenInfos[k]?.id)
  if (card.tokens.length !== plainTokens || other >= 0)
    throw new AppError(
      'model/mismatch',
      `${card.title} takes ${card.tokens.length} numbers an event${other >= 0 ? `, number ${other} of them ${card.tokens[other]}` : ''}; the events here have ${plainTokens}, as train-transformer reads them. Choose a transformer of these.`,
      { expected: plainTokens, actual: card.tokens.length },
    )
  const { title, classes, weightsSha256: hash } = card
  const short = hash.slice(0, 12)
  return { id: card.id === `trained-${short}` ? card.id : `file-${short}`, hash, title, classes, files }
}
