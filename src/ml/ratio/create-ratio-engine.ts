import { loadKernels } from '../../kernels/load-kernels.ts'
import type { BackendName } from '../training-config.ts'
import type { RatioTrainingConfig } from './ratio-config.ts'
import type { RatioEngine, RatioTable } from './ratio-engine.ts'
import { createRatioKernelEngine } from './ratio-kernel-engine.ts'
import { createRatioTfjsEngine } from './ratio-tfjs-engine.ts'

/** An engine on a backend that initBackend() has made current. */
export async function createRatioEngine(
  backend: BackendName,
  config: RatioTrainingConfig,
  table: RatioTable,
): Promise<RatioEngine> {
  if (backend === 'kernels') return createRatioKernelEngine(await loadKernels(), config, table)
  return createRatioTfjsEngine(config, table)
}
