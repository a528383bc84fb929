// One member of an ensemble in a worker of its own, as the page trains it: warms up, then one training per message.

import { parentPort, workerData } from 'node:worker_threads'
import {
  trainMember,
  type TrainMemberRequest,
} from '../studies/drell-yan/analysis/classification/train-member.ts'

const request = workerData as TrainMemberRequest

async function train(steps: number): Promise<void> {
  const run = trainMember({ ...request, config: { ...request.config, steps } })
  while (!(await run.next()).done);
}

await train(100)
parentPort?.on('message', (steps: number) => void train(steps).then(() => parentPort?.postMessage('done')))
parentPort?.postMessage('ready')
