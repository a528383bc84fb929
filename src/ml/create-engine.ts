import { loadKernels } from '../kernels/load-kernels.ts'
import type { EncoderEngine } from './encoder-engine.ts'
import { createKernelEngine } from './kernel-engine.ts'
import type { BackendName, TrainingConfig } from './training-config.ts'

/** An engine on a backend that initBackend() has made current. */
export async function createEngine(
  backend: BackendName,
  config: TrainingConfig,
  features: number,
): Promise<EncoderEngine> {
  if (backend === 'kernels') return createKernelEngine(await loadKernels(), config, features)
  return (await import('./tfjs-engine.ts')).createTfjsEngine(config, features)
}
