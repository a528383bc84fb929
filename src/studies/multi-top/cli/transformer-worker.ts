// One of several threads that share the batches of a training, each with a kernel of its own.

import { workerData } from 'node:worker_threads'
import { serveThread } from '../../../cli/serve-thread.ts'
import { createTransformerBackend } from '../../../ml/transformer/create-transformer-backend.ts'
import {
  answerWork,
  type TransformerAnswer,
  type TransformerWork,
} from '../../../ml/transformer/shared-backend.ts'
import type { TransformerSpec } from '../../../ml/transformer/transformer-spec.ts'

serveThread<TransformerWork, TransformerAnswer>(
  createTransformerBackend('kernels', workerData as TransformerSpec).then(
    (backend) => (work) => answerWork(backend, work),
  ),
)
