import { AppError } from '../../errors.ts'
import { learningRateAt } from '../learning-rate.ts'
import { checkUnchanged } from '../saved-training.ts'
import type { TokenBatch, TokenBatchSource } from './token-source.ts'
import type { TransformerCheckpoint, TransformerRecord } from './transformer-checkpoint.ts'
import type { TransformerConfig } from './transformer-config.ts'
import type { TransformerEngine } from './transformer-engine.ts'
import { addLosses, meanLosses, noLosses, totalLoss, type TransformerLosses } from './transformer-loss.ts'

export interface TransformerTraining {
  config: TransformerConfig
  engine: TransformerEngine
  source: TokenBatchSource
  /** Events that are never trained on, with masks that stay. */
  validation: TokenBatch
  /** Names the events and their split: a training goes on with the same only. */
  dataKey: string
  resumeFrom?: TransformerCheckpoint
}

/** One per step. What an evaluation brings is present after each epoch. */
export interface TransformerReport {
  step: number // steps done
  steps: number
  epoch: number // epochs done
  /** Means over this batch, before its update. */
  reconstruction: number
  classification: number
  learningRate: number
  msPerStep: number // smoothed, engine only
  evaluation?: TransformerRecord & { improved: boolean }
  /** The state after this step. Call before asking for the next report. */
  takeCheckpoint(): TransformerCheckpoint
}

export interface TransformerResult {
  parameters: Float32Array // those of bestEpoch
  bestEpoch: number
  validationLoss: number
  stopped: 'finished' | 'early'
  history: TransformerRecord[]
}

/** Validation losses closer than this (relative) count as no improvement. */
const leastImprovement = 1e-4

/**
 * Trains until the planned epochs are done or `config.patience` of them brought no better validation loss, and returns
 * the best parameters seen. The last step of an epoch brings its evaluation.
 *
 * @throws AppError 'ml/diverged' where loss or gradient are not finite, 'model/mismatch' for a checkpoint of another
 *         training, 'input/invalid' where an epoch has no batch
 */
export async function* trainTransformer(
  training: TransformerTraining,
): AsyncGenerator<TransformerReport, TransformerResult, void> {
  const { config, engine, source, validation, dataKey, resumeFrom } = training
  checkSource(training)
  const perEpoch = source.batchesOf(config.batch)
  const steps = perEpoch * config.epochs
  let best: TransformerCheckpoint['best'] = null
  let epochsSinceBest = 0
  let history: TransformerRecord[] = []
  let losses: TransformerLosses = noLosses()
  let step = 0
  if (resumeFrom) {
    checkResumable(resumeFrom, training)
    engine.restore(resumeFrom.engine)
    ;({ best, epochsSinceBest } = resumeFrom)
    step = resumeFrom.engine.steps
    losses = { ...resumeFrom.losses }
    history = [...resumeFrom.history]
  }
  let msPerStep = 0
  while (step < steps && epochsSinceBest < config.patience) {
    const epoch = Math.floor(step / perEpoch)
    const batch = source.batch(epoch, step % perEpoch, config.batch)
    const learningRate =
      config.schedule === 'cosine'
        ? learningRateAt({ learningRate: config.learningRate, steps }, step)
        : config.learningRate
    const start = performance.now()
    const now = await engine.step(batch, learningRate)
    const elapsed = performance.now() - start
    msPerStep = msPerStep === 0 ? elapsed : 0.95 * msPerStep + 0.05 * elapsed
    if (!Number.isFinite(totalLoss(config.task, now))) throw diverged(batch, step, learningRate)
    step++
    addLosses(losses, now)
    const report: TransformerReport = {
      ...{ step, steps, epoch: Math.floor(step / perEpoch), ...meanLosses(now), learningRate, msPerStep },
      takeCheckpoint: () => ({
        ...{ config, dataKey, best, epochsSinceBest },
        engine: engine.state(),
        losses: { ...losses },
        history: [...history],
      }),
    }
    if (step % perEpoch === 0) {
      const held = await engine.losses(validation)
      const validationLoss = totalLoss(config.task, held)
      if (!Number.isFinite(validationLoss)) throw diverged(validation, step, learningRate)
      const improved: boolean = best === null || validationLoss < best.validationLoss * (1 - leastImprovement)
      if (improved) best = { epoch: epoch + 1, validationLoss, parameters: engine.state().parameters }
      epochsSinceBest = improved ? 0 : epochsSinceBest + 1
      const means = meanLosses(held)
      const record: TransformerRecord = {
        ...{ epoch: epoch + 1, ...meanLosses(losses) },
        validationReconstruction: means.reconstruction,
        validationClassification: means.classification,
        learningRate,
      }
      history.push(record)
      losses = noLosses()
      report.evaluation = { ...record, improved }
    }
    yield report
  }
  return {
    parameters: best!.parameters.slice(),
    bestEpoch: best!.epoch,
    validationLoss: best!.validationLoss,
    stopped: epochsSinceBest < config.patience ? 'finished' : 'early',
    history,
  }
}

function checkSource({ config, source, validation }: TransformerTraining): void {
  const { tokens, classes } = config.spec
  if (source.tokens !== tokens || source.classes !== classes)
    throw new AppError(
      'model/mismatch',
      `The network is of ${tokens} tokens and ${classes} classes, the events are of ${source.tokens} and ${source.classes}. Choose data and model of one kind.`,
      { tokens, classes, dataTokens: source.tokens, dataClasses: source.classes },
    )
  if (source.batchesOf(config.batch) < 1)
    throw new AppError(
      'input/invalid',
      `${source.events} events do not fill one batch of ${config.batch}. Use a smaller batch or more events.`,
      { events: source.events, batch: config.batch },
    )
  if (validation.rows < 1)
    throw new AppError(
      'input/invalid',
      'There are 0 events to validate on; at least 1 is needed. Use more events.',
    )
}

function diverged(batch: TokenBatch, step: number, learningRate: number): AppError {
  const bad = batch.values.findIndex((value) => !Number.isFinite(value))
  const cause =
    bad >= 0
      ? `The batch itself has a number that is not finite (${batch.values[bad]}, index ${bad}): check the events.`
      : 'Lower the learning rate.'
  return new AppError(
    'ml/diverged',
    `The loss stopped being a number at step ${step} with learning rate ${learningRate.toExponential(2)}. ${cause}`,
    { step, learningRate },
  )
}

/** What may not change on the way; patience may. The planned epochs decide the cosine. */
function checkResumable(checkpoint: TransformerCheckpoint, { config, dataKey }: TransformerTraining): void {
  const told = ({ spec, ...rest }: TransformerConfig): Record<string, unknown> => ({ ...spec, ...rest })
  const [saved, now] = [told(checkpoint.config), told(config)]
  for (const key of Object.keys(now)) if (key !== 'patience') checkUnchanged(key, saved[key], now[key])
  checkUnchanged('events', checkpoint.dataKey, dataKey)
}
