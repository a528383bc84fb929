import type { BackendOptions } from '../../../ml/backends.ts'
import { createInferenceHandlers } from './fit-handlers.ts'
import { createRatioHandlers } from '../ratios/ratio-handlers.ts'

/** What a worker of the fit of top pairs does. */
export function createFitHandlers(backendOptions: BackendOptions) {
  return { ...createRatioHandlers(backendOptions), ...createInferenceHandlers() }
}
