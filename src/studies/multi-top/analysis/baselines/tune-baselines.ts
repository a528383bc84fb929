import type { Kernels } from '../../../../kernels/create-kernels.ts'
import {
  meanLoss,
  trainBoostedTrees,
  treeProbabilities,
  type LabelledRows,
} from '../../../../ml/trees/boosted-trees.ts'
import type { WeightedPredictions } from '../../../../statistics/classification/weighted-predictions.ts'
import type { TokenCorpus } from '../tokens/corpus.ts'
import { trainMlp, type NetworkRows } from './mlp-baseline.ts'
import { networkInputs, summaryFeatures, summaryRows } from './summary-features.ts'
import { mlpTrials, treeTrials } from './tuned-trials.ts'

export const baselineKinds = ['trees', 'mlp'] as const
export type BaselineKind = (typeof baselineKinds)[number]

export interface TrialReport {
  kind: BaselineKind
  trial: number // done
  trials: number
  /** Lowest so far on the validation rows. */
  bestLoss: number
}

/** The best of its trials, by its loss on validation rows. */
export interface TunedBaseline {
  validation: WeightedPredictions
  test: WeightedPredictions
  settings: object
  validationLoss: number
}

/**
 * A baseline on (Njet, Nb, Nlep, HT, MET) of the same events, split and weights as the transformer: trials drawn at random, the
 * one of lowest validation loss kept. Yields after every trial.
 *
 * @param seed  of the trials
 */
export function* tuneBaseline(
  corpus: TokenCorpus,
  kind: BaselineKind,
  kernels: Kernels,
  seed: number,
  trials: number,
): Generator<TrialReport, TunedBaseline> {
  const classes = corpus.classes.length
  const { split } = corpus
  const [training, validation, test] = (['training', 'validation', 'test'] as const).map((part) =>
    summaryRows(corpus, split[part]),
  )
  const inputsOf = networkInputs(training)
  const asNetwork = (rows: LabelledRows): NetworkRows => ({ ...rows, inputs: inputsOf(rows) })
  const predictions = (rows: LabelledRows, probabilities: Float64Array): WeightedPredictions => ({
    ...{ classes, probabilities, labels: Int32Array.from(rows.labels), weights: rows.weights },
  })
  let best: TunedBaseline | undefined
  const candidates = kind === 'trees' ? treeTrials(seed, trials) : mlpTrials(seed, trials)
  for (const [k, settings] of candidates.entries()) {
    const [onValidation, onTest] =
      'widths' in settings
        ? (() => {
            const [own, other] = [asNetwork(validation), asNetwork(test)]
            const predict = last(trainMlp(kernels, asNetwork(training), own, classes, settings))
            return [predict(own.inputs), predict(other.inputs)]
          })()
        : (() => {
            const model = last(
              trainBoostedTrees(training, validation, summaryFeatures.length, classes, settings),
            )
            return [treeProbabilities(model, validation.values), treeProbabilities(model, test.values)]
          })()
    const validationLoss = meanLoss(onValidation, validation, classes)
    if (!best || validationLoss < best.validationLoss)
      best = {
        ...{ validation: predictions(validation, onValidation), test: predictions(test, onTest) },
        ...{ settings, validationLoss },
      }
    yield { kind, trial: k + 1, trials, bestLoss: best.validationLoss }
  }
  return best as TunedBaseline
}

/** What a loop returns. */
function last<T>(loop: Generator<unknown, T>): T {
  for (;;) {
    const next = loop.next()
    if (next.done) return next.value
  }
}
