import { AppError } from '../../errors.ts'
import { learningRateAt } from '../learning-rate.ts'
import type { ClassifierConfig } from './classifier-config.ts'
import type { ClassifierEngine, ClassifierState } from './classifier-engine.ts'

/** A batch is a pure function of its source's seed and `step` (from 0). */
export interface ClassifierBatches {
  next(step: number): { x: Float32Array; labels: Int32Array }
}

export interface ClassifierReport {
  step: number // steps done
  steps: number
  /** Loss of the batch, measured every `lossEvery` steps; else that of the last measurement. */
  loss: number
}

/** A report with the state after its step. */
export interface ClassifierStep extends ClassifierReport {
  takeState(): ClassifierState
}

/** The value of a loss costs more than its gradient, and is only looked at. */
export const lossEvery = 10

/**
 * Trains one network on batches with fresh noise: no row is seen twice, so there is nothing to stop early for.
 *
 * @param resumeFrom  steps done, and the state after them
 * @returns the trained parameters
 * @throws  AppError 'ml/diverged' where loss or gradient are not finite
 */
export function* trainClassifier(
  config: Pick<ClassifierConfig, 'method' | 'steps' | 'learningRate' | 'betaIn' | 'outWeight' | 'epochSteps'>,
  engine: ClassifierEngine,
  batches: ClassifierBatches,
  resumeFrom?: { step: number; state: ClassifierState },
): Generator<ClassifierStep, Float32Array> {
  const { steps, betaIn, outWeight } = config
  const method = config.method === 'ensemble' ? 'softmax' : config.method
  let loss = Number.NaN
  if (resumeFrom) engine.restore(resumeFrom.state)
  for (let step = resumeFrom?.step ?? 0; step < steps; step++) {
    const { x, labels } = batches.next(step)
    const learningRate = learningRateAt(config, step)
    const annealing = Math.min(1, Math.floor(step / config.epochSteps) / 10)
    const wantLoss = step % lossEvery === 0 || step === steps - 1
    const value = engine.step(x, labels, { method, betaIn, outWeight, annealing }, learningRate, wantLoss)
    if (!Number.isFinite(value))
      throw new AppError(
        'ml/diverged',
        `The ${config.method} loss stopped being a number at step ${step} with learning rate ${learningRate.toExponential(2)}. Lower the learning rate.`,
        { step, learningRate },
      )
    if (wantLoss) loss = value
    yield { step: step + 1, steps, loss, takeState: () => engine.state() }
  }
  return engine.state().parameters
}
