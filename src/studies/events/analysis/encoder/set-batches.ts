import { AppError } from '../../../../errors.ts'
import type { BatchSource, LabelledBatch } from '../../../../ml/train-encoder.ts'
import { createRng, type Rng } from '../../../../numerics/rng.ts'
import { featuresPerEvent } from '../features/event-features.ts'
import type { ModelEvents } from '../models.ts'
import { drawSets, gatherEvents } from '../sets.ts'
import { stepsPerEpoch } from './encoder-settings.ts'

interface SetsOfModels {
  models: readonly ModelEvents[]
  /** Events of each model to draw from. */
  indices: readonly Uint32Array[]
  /** Features of each model as the network takes them. */
  scaled: readonly Float32Array[]
  /** Events of a set, and sets of each model in a batch. */
  perSet: number
  setsPerModel: number
}

/**
 * Batches of labelled sets. The label is the place of the model; sets of one model lie side by side. They are drawn anew
 * each epoch from the seed and the epoch alone.
 */
export function setSource({ seed, ...own }: SetsOfModels & { seed: number }): BatchSource {
  const { scaled, perSet, setsPerModel } = own
  const rng = createRng(seed).split('sets')
  let epoch = -1
  let drawn: Uint32Array[] = []
  return {
    features: perSet * featuresPerEvent,
    next(step) {
      const wanted = Math.floor(step / stepsPerEpoch)
      if (wanted !== epoch) {
        drawn = drawOfEach(own, stepsPerEpoch * setsPerModel, rng.split(wanted))
        epoch = wanted
      }
      return batchOf(scaled, drawn, step % stepsPerEpoch, setsPerModel * perSet, setsPerModel)
    },
  }
}

/**
 * Sets to evaluate on, the same for every training of a seed: batches one after the other, as many as the events of the
 * smallest model fill without using one twice, one at least.
 */
export function heldOutSets({ seed, ...own }: SetsOfModels & { seed: number }): LabelledBatch {
  const { scaled, indices, perSet, setsPerModel } = own
  const fewest = Math.min(...indices.map(({ length }) => length))
  const batches = Math.max(1, Math.floor(fewest / (perSet * setsPerModel)))
  const drawn = drawOfEach(own, batches * setsPerModel, createRng(seed).split('held out'))
  const pieces = Array.from({ length: batches }, (_, piece) =>
    batchOf(scaled, drawn, piece, setsPerModel * perSet, setsPerModel),
  )
  const [{ x, rows }] = pieces
  const all: LabelledBatch = {
    x: new Float32Array(batches * x.length),
    labels: new Int32Array(batches * rows),
    rows: batches * rows,
  }
  pieces.forEach((piece, i) => {
    all.x.set(piece.x, i * x.length)
    all.labels.set(piece.labels, i * rows)
  })
  return all
}

function drawOfEach({ models, indices, perSet }: SetsOfModels, sets: number, rng: Rng): Uint32Array[] {
  return models.map((model, m) => {
    if (indices[m].length < perSet)
      throw new AppError(
        'input/invalid',
        `Model ${model.id} has ${indices[m].length} events for sets of ${perSet}. Give it more events, or ask for smaller sets.`,
        { model: model.id, events: indices[m].length, perSet },
      )
    return drawSets({ model, indices: indices[m], sets, perSet, rng: rng.split(m) })
  })
}

function batchOf(
  scaled: readonly Float32Array[],
  drawn: readonly Uint32Array[],
  batch: number,
  events: number,
  sets: number,
): LabelledBatch {
  const width = events * featuresPerEvent
  const x = new Float32Array(scaled.length * width)
  scaled.forEach((features, m) =>
    x.set(gatherEvents(features, drawn[m].subarray(batch * events, (batch + 1) * events)), m * width),
  )
  const rows = scaled.length * sets
  return { x, labels: Int32Array.from({ length: rows }, (_, i) => Math.floor(i / sets)), rows }
}
