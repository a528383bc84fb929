import { AppError } from '../errors.ts'
import { loadKernels } from '../kernels/load-kernels.ts'
import { backendAfterLoss } from './backend-after-loss.ts'
import type { BackendOptions, BackendReport } from './backends.ts'
import { checkpointFromBytes, checkpointToBytes, type TrainingRecord } from './checkpoint.ts'
import { createEngine } from './create-engine.ts'
import { architectureOf, foldBatchNorm, parametersFromFlat } from './encoder-parameters.ts'
import { firstEngine, measureBetweenSteps, type EngineChoice } from './first-engine.ts'
import type { Mlp } from './mlp.ts'
import { createRecoveringEngine } from './recovering-engine.ts'
import { encodeRows } from './row-encoder.ts'
import { trainEncoder, type BatchSource, type LabelledBatch, type TrainingReport } from './train-encoder.ts'
import type { BackendChoice, TrainingConfig } from './training-config.ts'

/** What the training of an encoder reports. */
export type EncoderEvent =
  | { kind: 'backend'; chosen: string; report: BackendReport[] }
  | {
      kind: 'step'
      step: number
      steps: number
      loss: number
      learningRate: number
      msPerStep: number
      /** The graphics card was lost, for this time, and the step made once more on this backend. */
      recovered?: { losses: number; backend: string; tooSmall: boolean }
      /** Engines were measured after this step; the chosen one makes the next. */
      measured?: EngineChoice
    }
  | {
      kind: 'evaluation'
      step: number
      loss: number
      heldOutLoss: number
      effectiveRank: number
      collapsed: boolean
      latent: Float32Array // [preview rows, d]
      /** Hashed bytes from which training goes on, and from which this moment can be shown again. */
      checkpoint: Uint8Array
    }

/** What of a training does not depend on where its rows come from. */
export interface EncoderJobRequest {
  config: TrainingConfig
  preview: Float32Array // [rows, features], drawn on the live map
  resumeFrom?: Uint8Array
}

/** What it learns from. */
export interface EncoderData {
  source: BatchSource
  /** Never trained on, for early stopping. */
  heldOut: LabelledBatch
  /** Steps between evaluations; default: forty of them in a training, 100 steps apart at most. */
  evaluateEvery?: number
}

export interface EncoderOutcome {
  mlp: Mlp
  /** EncoderParameters.flat of the kept encoder, for export */
  parameters: Float32Array
  step: number
  heldOutLoss: number
  stoppedEarly: boolean
  backend: string
  checkpoint: Uint8Array
}

export interface ReplayRequest {
  checkpoint: Uint8Array
  preview: Float32Array // [rows, features]
  /** When a training ends, as the page has it now. */
  until: Pick<TrainingConfig, 'steps' | 'patience'>
}

/** A recorded moment; with its outcome where the training had come to its end. */
export interface ReplayedEncoder {
  step: number
  latent: Float32Array // [preview rows, d]
  mlp: Mlp
  history: TrainingRecord[]
  outcome: EncoderOutcome | null
}

/** Jobs of a study that trains encoders. */
export interface EncoderJobs<Request extends EncoderJobRequest = EncoderJobRequest> {
  'train-encoder': { request: Request; progress: EncoderEvent; result: EncoderOutcome }
  /** A recorded moment of a training shown again on the preview rows. */
  'replay-checkpoint': { request: ReplayRequest; progress: never; result: ReplayedEncoder }
  /** Loads what a training begins with, so that its first step comes sooner. */
  'warm-up': { request: { backend: BackendChoice }; progress: never; result: null }
}

/** Evaluations of a default training: enough to watch and to scrub, few enough to keep. */
const evaluations = 40

/** Sees the training after each step, and may ask for its state there. */
export type AfterStep = (
  step: Pick<TrainingReport, 'step' | 'steps'> & { backend: string },
  takeCheckpoint: () => Promise<Uint8Array>,
) => Promise<void>

/**
 * Trains a contrastive encoder. One report per step, and an evaluation with map and checkpoint every so often.
 *
 * @throws AppError 'ml/diverged'; 'ml/backend-unavailable'; 'model/mismatch' or 'model/corrupt' for the checkpoint
 */
export async function* encoderJob(
  { config, preview, resumeFrom }: EncoderJobRequest,
  { source, heldOut, evaluateEvery }: EncoderData,
  backendOptions: BackendOptions,
  afterStep?: AfterStep,
): AsyncGenerator<EncoderEvent, EncoderOutcome, void> {
  const { features } = source
  const first = await firstEngine(config.backend, backendOptions)
  let { chosen } = first
  yield { kind: 'backend', ...first }

  let recovered: { losses: number; backend: string; tooSmall: boolean } | undefined
  const restart = async (losses: number, tooSmall: boolean) => {
    // A batch cannot be halved: the loss compares all its pairs. The processor computes the same step.
    chosen = await backendAfterLoss(chosen, tooSmall ? Infinity : losses, backendOptions)
    recovered = { losses, backend: chosen, tooSmall }
    return createEngine(chosen, config, features)
  }
  const engine = createRecoveringEngine(await createEngine(chosen, config, features), restart)
  const measure = config.backend === 'auto' ? measureBetweenSteps(config, backendOptions) : null
  try {
    const training = trainEncoder({
      ...{ config, engine, source, heldOut },
      evaluateEvery: evaluateEvery ?? Math.max(1, Math.round(Math.min(config.steps / evaluations, 100))),
      resumeFrom: resumeFrom && (await checkpointFromBytes(resumeFrom)),
    })
    // A training that had ended already makes no step, hence no checkpoint of its own.
    let checkpoint: Uint8Array = resumeFrom ?? new Uint8Array(0)
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
      const trained = next.value
      const { step, steps, loss, learningRate, msPerStep, evaluation } = trained
      if (afterStep)
        await afterStep({ step, steps, backend: chosen }, async () =>
          checkpointToBytes(await trained.takeCheckpoint()),
        )
      const measured = await measure?.()
      if (measured && measured.chosen !== chosen) {
        chosen = measured.chosen
        await engine.goOnWith(await createEngine(chosen, config, features))
      }
      yield {
        ...{ kind: 'step', step, steps, loss, learningRate, msPerStep },
        ...(recovered && { recovered }),
        ...(measured && { measured }),
      }
      recovered = undefined
      if (!evaluation) continue
      checkpoint = await checkpointToBytes(await trained.takeCheckpoint())
      yield {
        kind: 'evaluation',
        step,
        loss,
        heldOutLoss: evaluation.heldOutLoss,
        effectiveRank: evaluation.spread.effectiveRank,
        collapsed: evaluation.spread.collapsed,
        latent: await previewLatent(evaluation.mlp, preview, features),
        checkpoint,
      }
    }
  } finally {
    engine.dispose()
  }
}

/** A recorded moment of a training on the preview rows. */
export async function replayEncoder({ checkpoint, preview, until }: ReplayRequest): Promise<ReplayedEncoder> {
  const { config, features, engine, history, best, evaluationsSinceBest } =
    await checkpointFromBytes(checkpoint)
  if (preview.length % features !== 0)
    throw new AppError(
      'model/mismatch',
      `The saved training reads ${features} features, but the preview has ${preview.length} numbers, which is no multiple. Open the dataset it was trained on.`,
    )
  const architecture = architectureOf(config, features)
  const folded = (flat: Float32Array): Mlp => foldBatchNorm(parametersFromFlat(architecture, flat))
  const mlp = folded(engine.parameters)
  const early = evaluationsSinceBest >= until.patience
  const ended = best !== null && (early || engine.steps >= until.steps)
  return {
    ...{ step: engine.steps, latent: await previewLatent(mlp, preview, features), mlp, history },
    outcome: ended
      ? {
          ...{ mlp: folded(best.parameters), parameters: best.parameters },
          ...{ step: best.step, heldOutLoss: best.heldOutLoss },
          ...{ stoppedEarly: early, backend: config.backend, checkpoint },
        }
      : null,
  }
}

function previewLatent(mlp: Mlp, preview: Float32Array, features: number): Promise<Float32Array> {
  return encodeRows(mlp, preview, preview.length / features)
}

/** Handlers of those jobs. */
export function encoderHandlers<Request extends EncoderJobRequest>(
  train: (request: Request) => AsyncGenerator<EncoderEvent, EncoderOutcome, void>,
  backendOptions: BackendOptions = {},
) {
  return {
    'train-encoder': train,
    'replay-checkpoint': replayEncoder,
    'warm-up': ({ backend }: { backend: BackendChoice }) => warmUp(backend, backendOptions),
  }
}

/** A graphics card is left alone until a person presses Play: its programs take seconds where it is drawn in software. */
export async function warmUp(backend: BackendChoice, backendOptions: BackendOptions): Promise<null> {
  if (backend === 'auto') await loadKernels()
  if (backend === 'kernels') await (await import('./backends.ts')).initBackend(backend, backendOptions)
  return null
}
