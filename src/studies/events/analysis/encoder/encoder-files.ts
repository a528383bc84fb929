import { AppError } from '../../../../errors.ts'
import { tfjsVersion } from '../../../../ml/backends.ts'
import { checkpointFromBytes } from '../../../../ml/checkpoint.ts'
import { architectureOf, foldBatchNorm, parametersFromFlat } from '../../../../ml/encoder-parameters.ts'
import type { ModelCard } from '../../../../ml/model-card.ts'
import { readModelFiles, writeModelFiles, type ModelFiles } from '../../../../ml/model-files.ts'
import type { Whitening } from '../../../../ml/whitening.ts'
import { product } from '../../../../product.ts'
import { featuresPerEvent, scalingWords, type FeatureScaling } from '../features/event-features.ts'
import type { MapEncoder } from '../map-encoder.ts'

export interface EventsEncoder {
  encoder: MapEncoder
  card: ModelCard
}

interface ExportRequest {
  /** Left out: made from seed, step and the first digits of the hash of the weights. */
  id?: string
  title: string
  description: string
  checkpoint: Uint8Array
  /** 'best' takes the weights of the best held-out loss so far, 'now' those of the checkpoint's own step. */
  weights: 'best' | 'now'
  /** What it was trained on, and the SHA-256 of that. */
  dataset: ModelCard['dataset']
  scaling: FeatureScaling
  backend: string
  metrics?: ModelCard['metrics']
  /** ISO date, from the caller's clock; left out where equal trainings are to give equal files. */
  date?: string
}

/**
 * A trained encoder of sets as the three files of `models/<id>/`. Their first layers centre and scale, so that the network
 * takes log(1 + x/GeV) of momenta and counts and angles as they are.
 */
export async function exportEventsEncoder(request: ExportRequest): Promise<ModelFiles> {
  const { config, features, engine, best, history } = await checkpointFromBytes(request.checkpoint)
  const { id, title, description, dataset, scaling, backend, metrics = {}, date } = request
  const kept =
    request.weights === 'best' && best ? best : { step: engine.steps, parameters: engine.parameters }
  const heldOutLoss = history.find(({ step }) => step === kept.step)?.heldOutLoss
  return writeModelFiles(
    {
      id: id ?? ((sha256) => `trained-seed${config.seed}-step${kept.step}-${sha256.slice(0, 12)}`),
      ...{ title, description, training: config, dataset, engine: backend, tfjsVersion, appVersion: product },
      whitening: {
        description: `${scalingWords}, then mean 0 and variance 1 over the training events`,
      },
      steps: { best: kept.step, planned: config.steps },
      metrics: {
        ...(heldOutLoss !== undefined && {
          heldOutLoss: {
            value: heldOutLoss,
            description: 'training loss on sets of validation events, batches as in training',
          },
        }),
        ...metrics,
      },
      ...(date !== undefined && { date }),
    },
    parametersFromFlat(architectureOf(config, features), kept.parameters),
    asWhitening(scaling, features / featuresPerEvent),
  )
}

/**
 * An encoder of sets from its files.
 *
 * @throws AppError 'model/corrupt' as readModelFiles, and 'model/mismatch' for an encoder of something else
 */
export async function eventsEncoderFromFiles(files: ModelFiles): Promise<EventsEncoder> {
  const { card, parameters, whitening } = await readModelFiles(files)
  const { features } = card.architecture
  const perSet = features / featuresPerEvent
  const scaling = fromWhitening(whitening)
  if (!Number.isInteger(perSet) || !isScalingOf(whitening, scaling, perSet))
    throw new AppError(
      'model/mismatch',
      `Model ${card.id} reads ${features} numbers and no sets of events with ${featuresPerEvent} scaled features each. Choose an encoder of events.`,
      { model: card.id, features, perEvent: featuresPerEvent },
    )
  const encoder = { id: card.id, title: card.title, perSet, scaling, mlp: foldBatchNorm(parameters) }
  return { encoder, card }
}

function asWhitening({ mean, sd }: FeatureScaling, perSet: number): Whitening {
  const n = perSet * featuresPerEvent
  const whitening = new Float32Array(n * n)
  for (let i = 0; i < n; i++) whitening[i * n + i] = 1 / sd[i % featuresPerEvent]
  return { mean: Float32Array.from({ length: n }, (_, i) => mean[i % featuresPerEvent]), whitening }
}

function fromWhitening({ mean, whitening }: Whitening): FeatureScaling {
  const n = mean.length
  return {
    mean: mean.slice(0, featuresPerEvent),
    sd: Float32Array.from({ length: featuresPerEvent }, (_, i) => 1 / whitening[i * n + i]),
  }
}

/** Whether every event of a set is scaled alike and by itself. */
function isScalingOf({ mean, whitening }: Whitening, scaling: FeatureScaling, perSet: number): boolean {
  const expected = asWhitening(scaling, perSet)
  return (
    mean.every((value, i) => value === expected.mean[i]) &&
    whitening.every((value, i) => Math.abs(value - expected.whitening[i]) <= 1e-6 * Math.abs(value))
  )
}
