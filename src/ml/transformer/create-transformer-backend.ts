import { loadTransformerKernel } from '../../kernels/load-kernels.ts'
import { AppError } from '../../errors.ts'
import type { BackendName } from '../training-config.ts'
import { createKernelBackend } from './kernel-backend.ts'
import type { TransformerBackend } from './transformer-backend.ts'
import { TransformerLayout } from './transformer-parameters.ts'
import type { TransformerSpec } from './transformer-spec.ts'

/**
 * A backend of a transformer; one of TensorFlow.js is that which initBackend() made current.
 *
 * @throws AppError 'ml/backend-unavailable' for our kernel on a machine without SIMD128
 */
export async function createTransformerBackend(
  backend: BackendName,
  spec: TransformerSpec,
): Promise<TransformerBackend> {
  const layout = new TransformerLayout(spec)
  if (backend !== 'kernels') return (await import('./tfjs-backend.ts')).createTfjsBackend(layout)
  const module = await loadTransformerKernel()
  if (!module)
    throw new AppError(
      'ml/backend-unavailable',
      'This machine has no WebAssembly SIMD128, which our transformer kernel needs: it takes four numbers at a time, never 1. Choose the backend wasm.',
    )
  return createKernelBackend(module, layout)
}
