import { createThreadPool } from '../../../cli/thread-pool.ts'
import { createTransformerBackend } from '../../../ml/transformer/create-transformer-backend.ts'
import {
  createSharedBackend,
  type TransformerAnswer,
  type TransformerWork,
} from '../../../ml/transformer/shared-backend.ts'
import type { TransformerBackend } from '../../../ml/transformer/transformer-backend.ts'
import { partsOfBatch } from '../../../ml/transformer/transformer-engine.ts'
import type { TransformerSpec } from '../../../ml/transformer/transformer-spec.ts'

export const workersOption = {
  kind: 'number',
  min: 1,
  max: partsOfBatch,
  integer: true,
  default: '1',
  help: 'threads that share each batch; the result does not depend on their number',
} as const

/** In this thread, or in several that are ended by close(). */
export async function backendOfWorkers(
  spec: TransformerSpec,
  workers: number,
): Promise<{ backend: TransformerBackend; close(): Promise<void> }> {
  if (workers === 1)
    return { backend: await createTransformerBackend('kernels', spec), close: async () => {} }
  const pool = createThreadPool<TransformerWork, TransformerAnswer>({
    script: new URL('./transformer-worker.mjs', import.meta.url),
    data: spec,
    threads: workers,
    doing: 'training a transformer',
  })
  return { backend: createSharedBackend('kernels-simd', pool.run), close: pool.close }
}
