import type { TrainingConfig } from '../../../../ml/training-config.ts'

/** Hidden layers of the network of ten events side by side: 434,214 numbers with two latent dimensions. */
export const layerWidths = [384, 512, 256, 128, 64, 32, 16, 8, 4]

/** Layers of each event and of the mean over a set, of the deep set. */
const deepSetWidths = { events: [64, 64], mean: [64] }

/** Sets of a batch, shared by its models. */
const batchSets = 512

/**
 * ε of Adam. The loss does not see where the whole map lies, so gradients of the last biases, and of biases of units that every
 * set switches on, are rounding alone, 1e-9 to 1e-8. With the usual ε of 1e-7 Adam walks along them, another way on every
 * engine, until such a unit is off for some set and the maps differ; other gradients are mostly above 1e-4.
 */
const epsilon = 1e-5

export const stepsPerEpoch = 200

export const encoderNetworks = ['layers', 'deep-set'] as const
export type EncoderNetwork = (typeof encoderNetworks)[number]

interface EncoderSettings {
  /** Models that it tells apart. */
  models: number
  /** Events of a set. */
  perSet: number
  network?: EncoderNetwork
  /** More than two latent dimensions are never narrowed before: hidden layers of fewer units are left out. */
  latentDim?: number
}

/**
 * Training of an encoder of sets: pair loss with margin 1 over all pairs of a batch, similar and dissimilar ones of equal
 * weight, on sets drawn anew each epoch; Adam from 1e-3 along a cosine to 1e-5.
 */
export function eventsTraining({
  models,
  perSet,
  network = 'layers',
  latentDim = 2,
}: EncoderSettings): TrainingConfig {
  const deep = network === 'deep-set'
  return {
    ...{ seed: 1, loss: 'pair', margin: 1, temperature: 0.5, latentDim },
    widths: deep ? deepSetWidths.mean : layerWidths.filter((width) => width >= latentDim),
    blocks: 'bias',
    ...(deep && { pool: { items: perSet, widths: deepSetWidths.events } }),
    ...{ dropout: 0, learningRate: 1e-3, optimiser: 'adam', weightDecay: 0, epsilon },
    ...{ universesPerBatch: models, replicasPerUniverse: Math.floor(batchSets / models) },
    ...{
      universes: 'fresh',
      fixedUniverses: models,
      steps: 12 * stepsPerEpoch,
      patience: 8,
      backend: 'auto',
    },
  }
}
