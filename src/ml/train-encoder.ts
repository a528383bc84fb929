import { AppError } from '../errors.ts'
import type { Checkpoint, TrainingRecord } from './checkpoint.ts'
import type { EncoderEngine } from './encoder-engine.ts'
import {
  architectureOf,
  foldBatchNorm,
  parametersFromFlat,
  type EncoderParameters,
} from './encoder-parameters.ts'
import { latentSpread, type LatentSpread } from './latent-spread.ts'
import { learningRateAt } from './learning-rate.ts'
import { contrastiveLoss } from './losses/contrastive-loss.ts'
import type { Mlp } from './mlp.ts'
import { encodeRows } from './row-encoder.ts'
import { checkUnchanged } from './saved-training.ts'
import type { TrainingConfig } from './training-config.ts'

export interface LabelledBatch {
  x: Float32Array // [rows, features], whitened
  labels: Int32Array // [rows], the universe of each row
  rows: number
}

/** Must be a pure function of its own seed and `step` (from 0): then a resumed training continues identically. */
export interface BatchSource {
  features: number
  next(step: number): LabelledBatch
}

export interface TrainingRequest {
  config: TrainingConfig
  engine: EncoderEngine
  source: BatchSource
  /**
   * Universes that are never trained on, the same for the whole training; rows of one universe side by side, as
   * many per universe as in a batch.
   */
  heldOut: LabelledBatch
  /** Steps between evaluations on the held-out universes. */
  evaluateEvery: number
  resumeFrom?: Checkpoint
}

/** One per step. What an evaluation brings is present every `evaluateEvery` steps and after the last one. */
export interface TrainingReport {
  step: number // steps done
  steps: number
  loss: number
  learningRate: number
  msPerStep: number // smoothed, engine only
  evaluation?: {
    heldOutLoss: number
    /** Whether this is the best so far. */
    improved: boolean
    spread: LatentSpread
    /** The encoder as it is now, for the live map. */
    mlp: Mlp
  }
  /** The state after this step, to pause or to scrub back to. Call before asking for the next report. */
  takeCheckpoint(): Promise<Checkpoint>
}

export interface TrainingResult {
  parameters: EncoderParameters // those of bestStep
  bestStep: number
  heldOutLoss: number
  stopped: 'finished' | 'early'
  history: TrainingRecord[]
}

/** Training met a number that is not finite; `last` is the best encoder before it, if there was one. */
export class DivergedError extends AppError {
  readonly last: TrainingResult | undefined

  constructor(message: string, context: Record<string, unknown>, last: TrainingResult | undefined) {
    super('ml/diverged', message, context)
    this.last = last
  }
}

/** Held-out losses closer than this (relative) count as no improvement. */
const leastImprovement = 1e-4

/**
 * Trains until the planned steps are done or `config.patience` evaluations brought no better held-out loss, and
 * returns the best encoder seen. Await something that lets messages in between reports if it must be cancellable:
 * on some engines a step never leaves the microtask queue.
 *
 * @throws DivergedError 'ml/diverged' where loss or gradient are not finite
 */
export async function* trainEncoder(
  request: TrainingRequest,
): AsyncGenerator<TrainingReport, TrainingResult, void> {
  const { config, engine, source, heldOut, evaluateEvery, resumeFrom } = request
  let step = 0
  let best: Checkpoint['best'] = null
  let evaluationsSinceBest = 0
  let history: TrainingRecord[] = []
  if (resumeFrom) {
    checkResumable(resumeFrom, config, source.features)
    await engine.restore(resumeFrom.engine)
    step = resumeFrom.engine.steps
    best = resumeFrom.best
    evaluationsSinceBest = resumeFrom.evaluationsSinceBest
    history = [...resumeFrom.history]
  }
  const architecture = architectureOf(config, source.features)
  const result = (stopped: TrainingResult['stopped']): TrainingResult | undefined =>
    best
      ? {
          parameters: parametersFromFlat(architecture, best.parameters.slice()),
          bestStep: best.step,
          heldOutLoss: best.heldOutLoss,
          stopped,
          history,
        }
      : undefined

  let msPerStep = 0
  let lossSum = resumeFrom?.lossSum ?? 0
  // A training that was kept after its last evaluation has nothing left to do.
  while (step < config.steps && evaluationsSinceBest < config.patience) {
    const batch = source.next(step)
    const learningRate = learningRateAt(config, step)
    const start = performance.now()
    const loss = await engine.step(batch.x, batch.labels, batch.rows, learningRate)
    const elapsed = performance.now() - start
    msPerStep = msPerStep === 0 ? elapsed : 0.95 * msPerStep + 0.05 * elapsed
    if (!Number.isFinite(loss)) throw diverged(batch, step, learningRate, result('early'))
    step++
    lossSum += loss
    const report: TrainingReport = {
      step,
      steps: config.steps,
      loss,
      learningRate,
      msPerStep,
      takeCheckpoint: async () => ({
        config,
        features: source.features,
        engine: await engine.state(),
        best,
        evaluationsSinceBest,
        lossSum,
        history: [...history],
      }),
    }
    if (step % evaluateEvery === 0 || step === config.steps) {
      const parameters = await engine.parameters()
      const mlp = foldBatchNorm(parameters)
      const z = await encodeRows(mlp, heldOut.x, heldOut.rows)
      const heldOutLoss = lossInBatches(config, z, heldOut.labels)
      if (!Number.isFinite(heldOutLoss)) throw diverged(batch, step, learningRate, result('early'))
      const improved =
        best === null || heldOutLoss < best.heldOutLoss - leastImprovement * Math.abs(best.heldOutLoss)
      if (improved) best = { step, heldOutLoss, parameters: parameters.flat }
      evaluationsSinceBest = improved ? 0 : evaluationsSinceBest + 1
      const sinceLast = step - (history.at(-1)?.step ?? 0)
      history.push({ step, loss: lossSum / sinceLast, heldOutLoss, learningRate })
      lossSum = 0
      report.evaluation = {
        heldOutLoss,
        improved,
        spread: latentSpread(z, heldOut.labels, config.latentDim),
        mlp,
      }
    }
    yield report
  }
  const final = result(evaluationsSinceBest < config.patience ? 'finished' : 'early')
  if (!final)
    throw new AppError('input/invalid', `Training was asked for ${config.steps} steps; ask for at least 1.`)
  return final
}

/**
 * Mean loss over pieces of the size of a training batch: the loss depends on how many universes compete, so only
 * then can it be compared with the training loss. A last piece smaller than half a batch is left out.
 */
function lossInBatches(config: TrainingConfig, z: Float32Array, labels: Int32Array): number {
  const { latentDim } = config
  const size = config.universesPerBatch * config.replicasPerUniverse
  let sum = 0
  let pieces = 0
  for (let start = 0; start < labels.length; start += size) {
    const end = Math.min(start + size, labels.length)
    if (pieces > 0 && end - start < size / 2) break
    sum += contrastiveLoss(
      config,
      z.subarray(start * latentDim, end * latentDim),
      labels.subarray(start, end),
      latentDim,
    ).value
    pieces++
  }
  return sum / pieces
}

function diverged(
  batch: LabelledBatch,
  step: number,
  learningRate: number,
  last: TrainingResult | undefined,
): DivergedError {
  const bad = batch.x.findIndex((value) => !Number.isFinite(value))
  const cause =
    bad >= 0
      ? `The batch itself has a number that is not finite (${batch.x[bad]}, index ${bad}): check the spectra.`
      : 'Lower the learning rate or raise the temperature.'
  const kept = last ? `The encoder of step ${last.bestStep} is kept.` : 'No encoder was kept.'
  return new DivergedError(
    `The loss stopped being a number at step ${step} with learning rate ${learningRate.toExponential(2)}. ${cause} ${kept}`,
    { step, learningRate, bestStep: last?.bestStep ?? null },
    last,
  )
}

/** What may not change on the way; backend, steps, patience and learning rate may. */
const fixedSettings = [
  'seed',
  'loss',
  'temperature',
  'margin',
  'latentDim',
  'widths',
  'blocks',
  'pool',
  'dropout',
  'optimiser',
  'weightDecay',
  'epsilon',
  'universesPerBatch',
  'replicasPerUniverse',
  'universes',
  'fixedUniverses',
] as const

function checkResumable(checkpoint: Checkpoint, config: TrainingConfig, features: number): void {
  checkUnchanged('features', checkpoint.features, features)
  for (const key of fixedSettings) checkUnchanged(key, checkpoint.config[key], config[key])
}
