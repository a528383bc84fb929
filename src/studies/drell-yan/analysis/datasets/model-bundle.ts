import type { DatasetManifest } from '../../../../dataset/manifest.ts'
import { checkpointFromBytes } from '../../../../ml/checkpoint.ts'
import { architectureOf, parametersFromFlat } from '../../../../ml/encoder-parameters.ts'
import type { ModelCard } from '../../../../ml/model-card.ts'
import { writeModelFiles, type ModelFiles } from '../../../../ml/model-files.ts'
import { sortModelFiles, type DroppedFile } from '../../../../ml/sort-model-files.ts'
import { encoderFromFiles } from './load-encoder.ts'
import type { EncoderLimits } from '../encoder-limits.ts'
import type { LoadedEncoder } from '../dataset-types.ts'
import type { Whitening } from '../whitening.ts'

/** An encoder with the files that make it again, here or in another page. */
export interface EncoderBundle {
  encoder: LoadedEncoder
  files: ModelFiles
}

export interface ExportRequest {
  /** Left out: made from seed, step and the first digits of the hash of the weights, which then names their content. */
  id?: string
  /** Left out: said from the configuration. */
  title?: string
  description?: string
  checkpoint: Uint8Array
  /** 'best' takes the weights of the best held-out loss so far, 'now' those of the checkpoint's own step. */
  weights: 'best' | 'now'
  manifest: DatasetManifest
  manifestHash: string
  whitening: Whitening
  /** Scores of this very encoder, where they were measured. */
  limits: EncoderLimits | null
  backend: string
  /** ISO date, from the caller's clock; left out where equal trainings are to give equal files. */
  date?: string
}

/** A trained encoder as the three files of `models/<id>/`, and as what is read back from them. */
export async function exportEncoder(request: ExportRequest, tfjsVersion: string): Promise<EncoderBundle> {
  const { manifest, manifestHash, whitening, limits, backend, date } = request
  const { config, features, engine, best, history } = await checkpointFromBytes(request.checkpoint)
  const kept =
    request.weights === 'best' && best ? best : { step: engine.steps, parameters: engine.parameters }
  const heldOutLoss = history.find(({ step }) => step === kept.step)?.heldOutLoss
  const parameters = parametersFromFlat(architectureOf(config, features), kept.parameters)
  const contentId = (sha256: string) => `trained-seed${config.seed}-step${kept.step}-${sha256.slice(0, 12)}`
  const files = await writeModelFiles(
    {
      id: request.id ?? contentId,
      title: request.title ?? `${config.loss} encoder, ${config.latentDim}-D, trained in the page`,
      description:
        request.description ??
        `Trained on ${manifest.title} (${config.universes} universes, seed ${config.seed}) for ${kept.step} of ${config.steps} planned steps.`,
      training: config,
      whitening: {
        description: `inverse Cholesky factor of the covariance of ${manifest.id} about its SM spectrum`,
        luminosityInvFb: manifest.noise.luminosityInvFb,
      },
      dataset: { id: manifest.id, manifestSha256: manifestHash },
      steps: { best: kept.step, planned: config.steps },
      metrics: { ...lossMetric(heldOutLoss), ...limitMetrics(limits) },
      engine: backend,
      tfjsVersion,
      appVersion: manifest.generator,
      ...(date !== undefined && { date }),
    },
    parameters,
    { mean: Float32Array.from(whitening.reference), whitening: Float32Array.from(whitening.inverse) },
  )
  return { encoder: await encoderFromFiles(files, manifest), files }
}

type Metrics = ModelCard['metrics']

function lossMetric(value: number | undefined): Metrics {
  return value === undefined
    ? {}
    : { heldOutLoss: { value, description: 'training loss on held-out universes, batches as in training' } }
}

function limitMetrics(limits: EncoderLimits | null): Metrics {
  const learned = limits?.scores.find(({ name }) => name === 'learned')
  if (!limits || !learned) return {}
  const { universes, replicas, seed, bayes } = limits
  const sample = `${universes} held-out universes x ${replicas} replicas, seed ${seed}`
  return {
    accuracy: {
      ...learned.accuracy,
      description: `nearest class mean, ${sample}`,
    },
    bayesAccuracy: { ...bayes, description: `Bayes posterior: the limit of any encoder, ${sample}` },
    ...Object.fromEntries(
      limits.scores
        .filter((score) => score !== learned)
        .map(({ name, accuracy }) => [
          `${name} accuracy`,
          { ...accuracy, description: `closed-form linear map, ${sample}` },
        ]),
    ),
    recallAt1: { value: learned.recallAt1, description: `against Fisher neighbours, ${sample}` },
    recallAt5: { value: learned.recallAt5, description: `against Fisher neighbours, ${sample}` },
    distanceCorrelation: {
      value: learned.distanceCorrelation,
      description: `Spearman, latent against Fisher distances, ${sample}`,
    },
    trustworthiness: { value: learned.trustworthiness, description: `5 neighbours, ${sample}` },
    continuity: { value: learned.continuity, description: `5 neighbours, ${sample}` },
  }
}

/** The three files of an exported encoder. */
export async function importEncoder(
  dropped: DroppedFile[],
  manifest: DatasetManifest,
): Promise<EncoderBundle> {
  const files = sortModelFiles(dropped)
  return { encoder: await encoderFromFiles(files, manifest), files }
}
