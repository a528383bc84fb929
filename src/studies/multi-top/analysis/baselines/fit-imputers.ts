import type { TokenCorpus } from '../tokens/corpus.ts'
import { algebraicImputer } from './algebraic-imputer.ts'
import { meanImputer, type Imputer } from './imputers.ts'
import { maskedEvents, type MaskKind } from './reconstruction-report.ts'
import { fitRidge } from './ridge-imputer.ts'

/** What hidden numbers are guessed by without a transformer. */
export const imputerKinds = ['mean', 'ridge', 'algebra'] as const
export type ImputerKind = (typeof imputerKinds)[number]

/** Events that a ridge is fitted to: more take minutes and change the third digit. */
export const usualRidgeEvents = 30_000

/**
 * The baselines for one kind of mask. Yields the share of the ridge that is done.
 *
 * @param seed         of the masks
 * @param ridgeEvents  of the training part at most
 */
export function* fitImputers(
  corpus: TokenCorpus,
  kind: MaskKind,
  seed: number,
  ridgeEvents = usualRidgeEvents,
): Generator<number, Record<ImputerKind, Imputer>> {
  const { training, validation } = corpus.split
  const some = training.filter((_, k) => k % Math.ceil(training.length / ridgeEvents) === 0)
  const [own, other] = [some, validation].map((rows) => maskedEvents(corpus, rows, kind, seed))
  return {
    mean: meanImputer,
    ridge: yield* fitRidge(own, other),
    algebra: algebraicImputer(corpus.scaling),
  }
}
