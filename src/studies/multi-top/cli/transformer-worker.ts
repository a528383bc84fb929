// One of several threads that share the batches of a training, each with a kernel of its own.

import { workerData } from 'node:worker_threads'
import { serveThread } from '../../../cli/serve-thread.ts'
import {
  answerWork,
  type TransformerAnswer,
  type TransformerWork,
} from '../../../ml/transformer/shared-backend.ts'
import type { TransformerSpec } from '../../../ml/transformer/transformer-spec.ts'
import { kernelBackendFor } from './transformer-backends.ts'

serveThread<TransformerWork, TransformerAnswer>(
  kernelBackendFor(workerData as TransformerSpec).then((backend) => (work) => answerWork(backend, work)),
)
