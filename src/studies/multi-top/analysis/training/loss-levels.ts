import {
  boostingDefaults,
  meanLoss,
  trainBoostedTrees,
  treeProbabilities,
} from '../../../../ml/trees/boosted-trees.ts'
import type { TokenBatch } from '../../../../ml/transformer/token-source.ts'
import { huber } from '../../../../ml/transformer/transformer-loss.ts'
import { algebraicImputer } from '../baselines/algebraic-imputer.ts'
import { meanImputer } from '../baselines/imputers.ts'
import { summaryFeatures, summaryRows } from '../baselines/summary-features.ts'
import type { TrainingData } from './training-data.ts'

/** Losses on the same validation events of what has learned nothing of them, or little. */
export interface LossLevels {
  /** Mean Huber loss of masked scalars: the mean of each; what algebra makes of the scalars that are seen. */
  mean: number
  algebra: number
  /** Cross-entropy [nats]: all classes alike; boosted trees on five numbers of an event, of the same training events. */
  chance: number
  trees: number
}

const treeSettings = { ...boostingDefaults, maxDepth: 4, rounds: 100, patience: 10 }
/** More change the third digit. */
const mostTreeRows = 10_000

/** @param batch  validation events as a training evaluates them */
export function lossLevels(
  { corpus, training, validation }: Omit<TrainingData, 'samples'>,
  batch: TokenBatch,
): LossLevels {
  const classes = corpus.classes.length
  const every = Math.ceil(training.length / mostTreeRows)
  const own = summaryRows(
    corpus,
    training.filter((_, k) => k % every === 0),
  )
  const held = summaryRows(corpus, validation)
  const loop = trainBoostedTrees(own, held, summaryFeatures.length, classes, treeSettings)
  let next = loop.next()
  while (!next.done) next = loop.next()
  return {
    mean: reconstructionLoss(batch, meanImputer(batch)),
    algebra: reconstructionLoss(batch, algebraicImputer(corpus.scaling)(batch)),
    chance: Math.log(classes),
    trees: meanLoss(treeProbabilities(next.value, held.values), held, classes),
  }
}

/** Mean of huber() over masked filled scalars, as a transformer's loss is. */
function reconstructionLoss({ values, masked, filled }: TokenBatch, guess: Float32Array): number {
  let [sum, count] = [0, 0]
  for (let at = 0; at < values.length; at++) {
    if (masked[at] === 0 || filled[at] === 0) continue
    sum += huber(guess[at] - values[at])
    count++
  }
  return count > 0 ? sum / count : 0
}
