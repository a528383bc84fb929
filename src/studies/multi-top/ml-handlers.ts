import { nestedWorkers } from '../../core/nested-workers.ts'
import type { JobHandlers } from '../../jobs/serve-jobs.ts'
import { createSharedBackend, type TransformerAnswer } from '../../ml/transformer/shared-backend.ts'
import { pageWasmFiles } from '../../ml/wasm-files-page.ts'
import { trainTransformerJob, warmUpTraining, type SharedKernels } from './analysis/training/train-job.ts'
import { replayTransformer } from './analysis/training/trained-moment.ts'
import { doSharedWork } from './analysis/training/work-pool.ts'
import { writeTransformer } from './analysis/training/write-transformer.ts'
import type { MultiTopMlJobs } from './jobs.ts'

const engines = { wasmFiles: pageWasmFiles() }

/** Found by the ml worker; a job without a handler does not compile. */
export const handlers: JobHandlers<MultiTopMlJobs> = {
  'train-transformer': (request, { signal }) =>
    trainTransformerJob(request, { signal }, engines, shareWithWorkers),
  'warm-up': (request, { signal }) => warmUpTraining(request, { signal }),
  'replay-transformer': (request, { signal }) => replayTransformer(request, { signal }),
  'write-transformer': (request, { signal }) => writeTransformer(request, { signal }),
  'shared-work': doSharedWork,
}

function shareWithWorkers(workers: number): SharedKernels {
  const pool = nestedWorkers<MultiTopMlJobs>('multi-top', workers)
  return {
    backend: (spec) =>
      createSharedBackend(
        'kernels-simd',
        (work): Promise<TransformerAnswer> => pool.run('shared-work', { spec, work }).promise,
      ),
    close: () => pool.close(),
  }
}
