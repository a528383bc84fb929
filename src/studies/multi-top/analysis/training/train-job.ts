import type { HttpOptions } from '../../../../dataset/http.ts'
import { loadTransformerKernel } from '../../../../kernels/load-kernels.ts'
import type { BackendOptions } from '../../../../ml/backends.ts'
import { createTransformerBackend } from '../../../../ml/transformer/create-transformer-backend.ts'
import type { TransformerConfig } from '../../../../ml/transformer/transformer-config.ts'
import { transformerJob } from '../../../../ml/transformer/transformer-job.ts'
import type { TransformerBackend } from '../../../../ml/transformer/transformer-backend.ts'
import type { TransformerSpec } from '../../../../ml/transformer/transformer-spec.ts'
import type { TransformerModel } from '../../../../ml/transformer/transformer-files.ts'
import type { TokenBatch } from '../../../../ml/transformer/token-source.ts'
import type { BackendChoice } from '../../../../ml/training-config.ts'
import { drainAsync } from '../../../../numerics/drain.ts'
import type { RawEvents } from '../map/learned-features.ts'
import { createTokenBatches } from '../tokens/token-batches.ts'
import { scalingOf, type TokenScaling } from '../tokens/token-scaling.ts'
import { loadTransformer, type TransformerSource } from '../transformer-source.ts'
import { lossLevels, type LossLevels } from './loss-levels.ts'
import { lossOf, momentOf, type TrainedMoment, type TrainedTransformer } from './trained-moment.ts'
import { startFrom } from './start-from.ts'
import { readTrainingData, type TrainingData, type TrainingDataRequest } from './training-data.ts'

/** What decides a training; the same is asked for again to write its model. */
export interface TrainingRequest {
  data: TrainingDataRequest
  config: TransformerConfig
  /** Whose scaling of numbers is taken, and whose weights where it does not start from scratch. */
  model: TransformerSource
  scratch: boolean
}

export interface TrainTransformerRequest extends TrainingRequest {
  backend: BackendChoice
  /** That share each step; more than one on our kernel alone. */
  workers: number
  /** Events that are embedded while it learns. */
  preview: RawEvents
  resumeFrom?: Uint8Array
}

/** What a page is told, in the form that its sessions of trainings take. */
export type TrainingNews =
  | { kind: 'backend'; chosen: string; levels: LossLevels }
  | {
      kind: 'step'
      step: number
      steps: number
      loss: number
      msPerStep: number
      recovered?: { losses: number; backend: string; tooSmall: boolean }
    }
  | ({ kind: 'evaluation'; checkpoint: Uint8Array } & TrainedMoment)

/** Several workers with a kernel each, for one training. */
export interface SharedKernels {
  backend(spec: TransformerSpec): TransformerBackend
  close(): void
}

/** All events of a part, with masks that depend on the split alone. */
export function evaluationBatch(
  { corpus }: Pick<TrainingData, 'corpus'>,
  rows: Uint32Array,
  seed: number,
): TokenBatch {
  const options = { seed, classes: corpus.classes.length, shuffled: false }
  return createTokenBatches(corpus, rows, options).batch(0, 0, rows.length)
}

interface Prepared {
  model: TransformerModel
  scaling: TokenScaling
  data: TrainingData
  validation: TokenBatch
  levels: LossLevels
}

async function prepare(
  { model: source, data: asked }: TrainingRequest,
  http: HttpOptions,
): Promise<Prepared> {
  const model = await loadTransformer(source, http)
  const scaling = scalingOf(model.card)
  const data = await drainAsync(readTrainingData(asked, scaling, http))
  const validation = evaluationBatch(data, data.validation, asked.splitSeed)
  return { model, scaling, data, validation, levels: lossLevels(data, validation) }
}

/** What was read before a training asks for it; given away once, since the events of all samples are large. */
let prepared: { key: string; value: Promise<Prepared> } | undefined

const keyOf = ({ data, model }: TrainingRequest): string =>
  JSON.stringify([data, 'card' in model ? model.card : model.cardUrl])

async function takePrepared(request: TrainingRequest, http: HttpOptions): Promise<Prepared> {
  const known = prepared
  prepared = undefined
  if (known?.key !== keyOf(request)) return prepare(request, http)
  // What was given up on the way is read again.
  return known.value.catch(() => prepare(request, http))
}

/** Reads what a training of the request begins with, and loads the kernel. */
export async function warmUpTraining(request: TrainingRequest, http: HttpOptions): Promise<null> {
  const key = keyOf(request)
  if (prepared?.key !== key) prepared = { key, value: prepare(request, http) }
  await Promise.all([prepared.value, loadTransformerKernel()])
  return null
}

/**
 * Trains a transformer on events that are shipped, from nothing or from another one.
 *
 * @param share  gives workers that share a step
 * @throws AppError as transformerJob, readTrainingData, startFrom
 */
export async function* trainTransformerJob(
  request: TrainTransformerRequest,
  http: HttpOptions,
  backendOptions: BackendOptions,
  share: (workers: number) => SharedKernels,
): AsyncGenerator<TrainingNews, TrainedTransformer, void> {
  const { config, backend, workers, preview, resumeFrom, scratch } = request
  const { model, scaling, data, validation, levels } = await takePrepared(request, http)
  const start = scratch ? undefined : startFrom(model, config)
  const shared = workers > 1 && backend === 'kernels' ? share(workers) : null
  try {
    const job = transformerJob(
      { config, backend, resumeFrom, start },
      {
        source: createTokenBatches(data.corpus, data.training, {
          ...{ seed: config.seed, classes: config.spec.classes },
        }),
        validation,
        dataKey: dataKeyOf(request, model.card.weightsSha256, data),
      },
      backendOptions,
      shared ? async (_name, spec) => shared.backend(spec) : createTransformerBackend,
    )
    const perEpoch = Math.floor(data.training.length / config.batch)
    let next = await job.next()
    for (; !next.done; next = await job.next()) {
      const event = next.value
      if (event.kind === 'backend') yield { kind: 'backend', chosen: event.chosen, levels }
      else if (event.kind === 'step') {
        const { reconstruction, classification, learningRate, ...rest } = event
        void learningRate
        yield { ...rest, loss: lossOf(config.task, reconstruction, classification) }
      } else {
        const { checkpoint } = event
        yield { kind: 'evaluation', checkpoint, ...(await momentOf(checkpoint, scaling, preview)) }
      }
    }
    const { bestEpoch, validationLoss, stoppedEarly, checkpoint } = next.value
    return { step: bestEpoch * perEpoch, heldOutLoss: validationLoss, stoppedEarly, checkpoint }
  } finally {
    shared?.close()
  }
}

function dataKeyOf(
  { data, scratch }: TrainingRequest,
  weightsSha256: string,
  { samples }: TrainingData,
): string {
  const { classes, labels, splitSeed, seed } = data
  const events = samples.map(({ sha256 }) => sha256.slice(0, 16))
  return [...events, classes, labels, splitSeed, seed, scratch ? 'scratch' : weightsSha256.slice(0, 16)].join(
    ' ',
  )
}
