import type { TransformerBackend } from '../../../../ml/transformer/transformer-backend.ts'
import type { TokenBatch } from '../../../../ml/transformer/token-source.ts'
import { fitWeightedTemperature } from '../../../../statistics/classification/weighted-predictions.ts'
import { scaledPredictions } from '../../../../statistics/classification/temperature.ts'
import type { TokenRows } from '../tokens/corpus-rows.ts'
import { drainAsync } from '../../../../numerics/drain.ts'
import { drawScalarMask } from '../tokens/scalar-masks.ts'
import { findingLearnedSpace } from '../transformer/learned-space.ts'
import { classOutputs, reconstructions } from '../transformer/transformer-outputs.ts'
import {
  entropies,
  fitClassGaussians,
  freeEnergies,
  mahalanobis,
  reconstructionErrors,
  softmaxDoubts,
  type SearchScore,
} from './anomaly-scores.ts'

export interface ScoredRows {
  readonly scores: Readonly<Record<SearchScore, Float64Array>> // [rows] each
  /** [rows, classes] after temperature scaling */
  readonly probabilities: Float64Array
}

export interface SearchScorer {
  readonly temperature: number
  score(events: TokenRows): Promise<ScoredRows>
  /** The same as a job that tells the fraction done. */
  scoring(events: TokenRows): AsyncGenerator<number, ScoredRows, void>
}

/** Masks of 30 % whose reconstruction errors are averaged: one alone leaves the score to chance. */
const masksOfEvent = 4

interface FittedEvents {
  training: TokenBatch
  validation: TokenBatch
}

/**
 * All scores of a search by a transformer that knows the Standard Model alone: its temperature from validation events, the
 * Gaussians of classes in the learned space (see learnedSpace) from training events.
 *
 * @param seed  of components and masks
 */
export const fitSearchScorer = (
  backend: TransformerBackend,
  parameters: Float32Array,
  classes: number,
  events: FittedEvents,
  seed: number,
): Promise<SearchScorer> => drainAsync(fittingSearchScorer(backend, parameters, classes, events, seed))

/** The same as a job that tells the fraction done. */
export async function* fittingSearchScorer(
  backend: TransformerBackend,
  parameters: Float32Array,
  classes: number,
  { training, validation }: FittedEvents,
  seed: number,
): AsyncGenerator<number, SearchScorer, void> {
  const { labels, weights } = validation
  const { probabilities } = await classOutputs(backend, parameters, validation, classes)
  const temperature = fitWeightedTemperature({
    ...{ classes, probabilities, labels: Int32Array.from(labels), weights },
  })
  yield 0.2
  const finding = findingLearnedSpace(backend, parameters, training, seed)
  let step = await finding.next()
  for (; !step.done; step = await finding.next()) yield 0.2 + 0.7 * step.value
  const { space } = step.value
  const gaussians = fitClassGaussians(
    await space(training.values, training.rows),
    training.labels,
    training.weights,
    classes,
  )

  async function* scoring({ rows, values, filled }: TokenRows): AsyncGenerator<number, ScoredRows, void> {
    const seen = await classOutputs(backend, parameters, { rows, values }, classes)
    const unlabelled = { classes, probabilities: seen.probabilities, labels: new Int32Array(rows) }
    const scaled = scaledPredictions(unlabelled, temperature).probabilities
    const tokens = values.length / rows
    const error = new Float64Array(rows)
    for (let k = 0; k < masksOfEvent; k++) {
      yield (k + 1) / (masksOfEvent + 2)
      const masked = new Uint8Array(values.length)
      for (let r = 0; r < rows; r++) drawScalarMask(seed, k, r, masked.subarray(r * tokens, (r + 1) * tokens))
      const guess = await reconstructions(backend, parameters, { rows, values, masked })
      reconstructionErrors(tokens, { values, filled, masked }, guess).forEach(
        (own, r) => (error[r] += own / masksOfEvent),
      )
    }
    yield (masksOfEvent + 1) / (masksOfEvent + 2)
    return {
      probabilities: scaled,
      scores: {
        entropy: entropies(scaled, classes),
        'max-softmax': softmaxDoubts(scaled, classes),
        energy: freeEnergies(seen.logits, classes),
        mahalanobis: mahalanobis(gaussians, await space(values, rows)),
        reconstruction: error,
      },
    }
  }

  return { temperature, scoring, score: (events) => drainAsync(scoring(events)) }
}
