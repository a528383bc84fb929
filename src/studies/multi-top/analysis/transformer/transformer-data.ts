import { createTokenBatches } from '../tokens/token-batches.ts'
import type { TransformerConfig } from '../../../../ml/transformer/transformer-config.ts'
import type { TokenCorpus } from '../tokens/corpus.ts'
import type { TokenBatch, TokenBatchSource } from '../../../../ml/transformer/token-source.ts'
import type { SplitPart } from '../tokens/split-events.ts'

/** Batches of the training part; order and masks by the seed of the training. */
export function trainingBatches(
  corpus: TokenCorpus,
  { seed, masks }: Pick<TransformerConfig, 'seed' | 'masks'>,
): TokenBatchSource {
  return createTokenBatches(corpus, corpus.split.training, { seed, masks, classes: corpus.classes.length })
}

/** All events of a part as one batch, with masks that depend on the split's seed alone: every model is asked the same. */
export function wholePart(corpus: TokenCorpus, part: SplitPart, splitSeed: number): TokenBatch {
  const rows = corpus.split[part]
  const options = { seed: splitSeed, classes: corpus.classes.length, shuffled: false }
  return createTokenBatches(corpus, rows, options).batch(0, 0, rows.length)
}

/** Every so-manieth event of a part as one batch, at most `most`. */
export function someOf(corpus: TokenCorpus, part: SplitPart, most: number): TokenBatch {
  const rows = corpus.split[part]
  const step = Math.ceil(rows.length / most)
  const own = rows.filter((_, k) => k % step === 0)
  const options = { seed: 1, classes: corpus.classes.length, shuffled: false }
  return createTokenBatches(corpus, own, options).batch(0, 0, own.length)
}
