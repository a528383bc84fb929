import { parentPort, workerData } from 'node:worker_threads'
import { generateSample } from '../analysis/generate-sample.ts'
import { AppError } from '../../../errors.ts'
import { requestFromOptions } from './ttbar-generate.ts'
import type { GenerateMessage, GenerateTask } from './generate-in-workers.ts'

const { options, blocks } = workerData as GenerateTask
const send = (message: GenerateMessage, transfer: ArrayBuffer[] = []): void =>
  parentPort!.postMessage(message, transfer)

try {
  const run = generateSample({ ...requestFromOptions(options), unweightAt: null }, blocks)
  let step = run.next()
  for (; !step.done; step = run.next()) send({ kind: 'progress', fraction: step.value.fraction })
  const { table } = step.value
  const arrays = [table.weights, ...Object.values(table.columns)]
  send(
    { kind: 'done', sample: step.value },
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  )
} catch (thrown) {
  send({ kind: 'failed', error: AppError.from(thrown).toPlain() })
}
