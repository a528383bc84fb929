import type { TrainingConfig } from './training-config.ts'

/** Steps of linear warm-up, and the share of the peak that is left at the end. */
const warmUpSteps = 20
const floor = 0.01

/** Cosine decay over the planned steps (Loshchilov, Hutter 1608.03983, without restarts). Step counts from 0. */
export function learningRateAt(config: Pick<TrainingConfig, 'learningRate' | 'steps'>, step: number): number {
  const warmUp = Math.min(1, (step + 1) / Math.min(warmUpSteps, config.steps))
  const phase = Math.min(1, step / config.steps)
  return config.learningRate * warmUp * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * phase)))
}
