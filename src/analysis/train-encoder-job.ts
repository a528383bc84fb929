import { AppError } from '../errors.ts'
import { initBackend, restartBackend, type BackendOptions } from '../ml/backends.ts'
import { checkpointFromBytes, checkpointToBytes, type TrainingRecord } from '../ml/checkpoint.ts'
import { foldBatchNorm, parametersFromFlat } from '../ml/encoder-parameters.ts'
import { runMlp, type Mlp } from '../ml/mlp.ts'
import { createEngine } from '../ml/create-engine.ts'
import { createRecoveringEngine } from '../ml/recovering-engine.ts'
import { trainEncoder } from '../ml/train-encoder.ts'
import type { BackendName } from '../ml/training-config.ts'
import { createBatchSource } from './drell-yan/batch-source.ts'
import { heldOutBatch } from './held-out.ts'
import type { TrainingEvent, TrainingOutcome, TrainRequest } from './job-map.ts'

/** Evaluations of a default training: enough to watch and to scrub, few enough to keep. */
const evaluations = 40

/**
 * Trains a contrastive encoder on fresh (or fixed) universes of a dataset's model. One report per step, and an
 * evaluation with map and checkpoint every so often.
 */
export async function* trainEncoderJob(
  request: TrainRequest,
  backendOptions: BackendOptions,
): AsyncGenerator<TrainingEvent, TrainingOutcome, void> {
  const { model, order, config, preview } = request
  const features = model.templates.sm.length
  const report = await initBackend(config.backend, backendOptions)
  let chosen = report.find((entry) => entry.chosen)?.name ?? 'cpu'
  yield { kind: 'backend', chosen, report }

  let recovered: { losses: number; backend: string } | undefined
  const engine = createRecoveringEngine(await createEngine(chosen, config, features), async (losses) => {
    chosen = await afterLoss(chosen, losses, backendOptions)
    recovered = { losses, backend: chosen }
    return createEngine(chosen, config, features)
  })
  try {
    const training = trainEncoder({
      config,
      engine,
      source: createBatchSource(model, { ...config, order }),
      heldOut: heldOutBatch(model, order),
      evaluateEvery: Math.max(1, Math.round(Math.min(config.steps / evaluations, 100))),
      resumeFrom: request.resumeFrom && (await checkpointFromBytes(request.resumeFrom)),
    })
    // A training that had ended already makes no step, hence no checkpoint of its own.
    let checkpoint: Uint8Array = request.resumeFrom ?? new Uint8Array(0)
    for (;;) {
      const next = await training.next()
      if (next.done) {
        const { parameters, bestStep, heldOutLoss, stopped } = next.value
        return {
          mlp: foldBatchNorm(parameters),
          parameters: parameters.flat,
          step: bestStep,
          heldOutLoss,
          stoppedEarly: stopped === 'early',
          backend: chosen,
          checkpoint,
        }
      }
      const { step, steps, loss, learningRate, msPerStep, evaluation } = next.value
      yield { kind: 'step', step, steps, loss, learningRate, msPerStep, ...(recovered && { recovered }) }
      recovered = undefined
      if (!evaluation) continue
      checkpoint = await checkpointToBytes(await next.value.takeCheckpoint())
      yield {
        kind: 'evaluation',
        step,
        loss,
        heldOutLoss: evaluation.heldOutLoss,
        effectiveRank: evaluation.spread.effectiveRank,
        collapsed: evaluation.spread.collapsed,
        latent: previewLatent(evaluation.mlp, preview, features),
        checkpoint,
      }
    }
  } finally {
    engine.dispose()
  }
}

/** A card that was lost three times will be lost again: from then on our own kernels compute. */
const mostLosses = 2

/** The backend to go on with, made current: the same on a new device, or the processor. */
async function afterLoss(
  lost: BackendName,
  losses: number,
  backendOptions: BackendOptions,
): Promise<BackendName> {
  try {
    if (losses <= mostLosses && lost !== 'kernels') {
      await restartBackend(lost, backendOptions)
      return lost
    }
  } catch {
    // It does not come back: the processor does.
  }
  await initBackend('kernels', backendOptions)
  return 'kernels'
}

/** A recorded moment of a training on the preview rows. */
export async function replayCheckpoint(
  bytes: Uint8Array,
  preview: Float32Array,
): Promise<{ step: number; latent: Float32Array; mlp: Mlp; history: TrainingRecord[] }> {
  const { config, features, engine, history } = await checkpointFromBytes(bytes)
  if (preview.length % features !== 0)
    throw new AppError(
      'model/mismatch',
      `The saved training reads ${features} bins, but the preview has ${preview.length} numbers, which is no multiple. Open the dataset it was trained on.`,
    )
  const architecture = { features, widths: config.widths, latentDim: config.latentDim }
  const mlp = foldBatchNorm(parametersFromFlat(architecture, engine.parameters))
  return { step: engine.steps, latent: previewLatent(mlp, preview, features), mlp, history }
}

function previewLatent(mlp: Mlp, preview: Float32Array, features: number): Float32Array {
  return runMlp(mlp, preview, preview.length / features)
}
