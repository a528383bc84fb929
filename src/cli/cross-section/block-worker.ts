import { workerData } from 'node:worker_threads'
import { runBlock, type BlockSums, type BlockTask } from '../../generator/hard-process/block.ts'
import { serveThread } from '../serve-thread.ts'
import type { CollisionOptions } from './options.ts'
import { hardProcessFromOptions } from './set-up.ts'

const options = workerData as CollisionOptions

serveThread<BlockTask, BlockSums>(
  hardProcessFromOptions(options, () => undefined).then(
    ({ hard }) =>
      (task) =>
        runBlock(hard.part(task.part), task, options.seed),
  ),
)
