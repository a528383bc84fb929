import type { BackendOptions } from '../../../../ml/backends.ts'
import type { ToyKeeper } from './fit-calibration.ts'
import { createInferenceHandlers } from './fit-handlers.ts'
import type { FitPace } from './fit-posterior.ts'
import { createRatioHandlers } from '../ratios/ratio-handlers.ts'
import type { AfterRatioStep } from '../ratios/ratio-job.ts'

/** Of those who keep the state of what runs while it runs. */
export interface FitKeepers {
  afterRatioStep?: AfterRatioStep
  toys?: ToyKeeper
  /** Of the reports and checkpoints of a posterior, where not the usual one. */
  pace?: FitPace
}

/** What a worker of the fit of top pairs does. */
export function createFitHandlers(
  backendOptions: BackendOptions,
  { afterRatioStep, toys, pace }: FitKeepers = {},
) {
  return { ...createRatioHandlers(backendOptions, afterRatioStep), ...createInferenceHandlers(toys, pace) }
}
