// One network in a worker of its own, for kernels.bench.ts: trains for a while and tells how many steps it made.

import { parentPort, workerData } from 'node:worker_threads'
import { benchNetwork } from './bench-network.ts'

const { batch, seconds } = workerData as { batch: number; seconds: number }
const step = await benchNetwork(batch)
for (let i = 0; i < 20; i++) step()
parentPort?.once('message', () => {
  const end = performance.now() + 1000 * seconds
  let steps = 0
  for (; performance.now() < end; steps++) step()
  parentPort?.postMessage(steps)
})
parentPort?.postMessage('ready')
