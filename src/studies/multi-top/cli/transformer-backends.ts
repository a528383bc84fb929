import { createThreadPool } from '../../../cli/thread-pool.ts'
import { AppError } from '../../../errors.ts'
import { loadTransformerKernel } from '../../../kernels/load-kernels.ts'
import { createKernelBackend } from '../../../ml/transformer/kernel-backend.ts'
import {
  createSharedBackend,
  type TransformerAnswer,
  type TransformerWork,
} from '../../../ml/transformer/shared-backend.ts'
import type { TransformerBackend } from '../../../ml/transformer/transformer-backend.ts'
import { partsOfBatch } from '../../../ml/transformer/transformer-engine.ts'
import { TransformerLayout } from '../../../ml/transformer/transformer-parameters.ts'
import type { TransformerSpec } from '../../../ml/transformer/transformer-spec.ts'

export const workersOption = {
  kind: 'number',
  min: 1,
  max: partsOfBatch,
  integer: true,
  default: '1',
  help: 'threads that share each batch; the result does not depend on their number',
} as const

/** @throws AppError 'ml/backend-unavailable' on a machine without SIMD128 */
export async function kernelBackendFor(spec: TransformerSpec): Promise<TransformerBackend> {
  const module = await loadTransformerKernel()
  if (!module)
    throw new AppError(
      'ml/backend-unavailable',
      'This machine has 0 of the 1 vector units (WebAssembly SIMD128) that transformers are trained on here. Use another machine, or train in the page.',
    )
  return createKernelBackend(module, new TransformerLayout(spec))
}

/** In this thread, or in several that are ended by close(). */
export async function backendOfWorkers(
  spec: TransformerSpec,
  workers: number,
): Promise<{ backend: TransformerBackend; close(): Promise<void> }> {
  if (workers === 1) return { backend: await kernelBackendFor(spec), close: async () => {} }
  const pool = createThreadPool<TransformerWork, TransformerAnswer>({
    script: new URL('./transformer-worker.mjs', import.meta.url),
    data: spec,
    threads: workers,
    doing: 'training a transformer',
  })
  return { backend: createSharedBackend('kernels-simd', pool.run), close: pool.close }
}
