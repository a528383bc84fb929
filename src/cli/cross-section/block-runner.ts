import { runBlock, type BlockSums, type BlockTask } from '../../generator/hard-process/block.ts'
import type { HardProcess } from '../../generator/hard-process/hard-process.ts'
import { createThreadPool } from '../thread-pool.ts'
import type { CollisionOptions } from './options.ts'

/** Sums of blocks in the order of the tasks, whoever makes them. */
export interface BlockRunner {
  /** @param done  after each block */
  run(tasks: readonly BlockTask[], done: () => Promise<void>): Promise<BlockSums[]>
  close(): Promise<void>
}

/** In this thread. */
export function runHere(hard: HardProcess, seed: number): BlockRunner {
  return {
    async run(tasks, done) {
      const all: BlockSums[] = []
      for (const task of tasks) {
        all.push(runBlock(hard.part(task.part), task, seed))
        await done()
      }
      return all
    },
    close: async () => {},
  }
}

/** In threads, each of which makes the process from the same options. */
export function runInThreads(options: CollisionOptions, threads: number): BlockRunner {
  const script = new URL('./block-worker.mjs', import.meta.url)
  const pool = createThreadPool<BlockTask, BlockSums>({
    script,
    data: options,
    threads,
    doing: 'integrating',
  })
  return {
    run: (tasks, done) =>
      Promise.all(
        tasks.map(async (task) => {
          const sums = await pool.run(task)
          await done()
          return sums
        }),
      ),
    close: () => pool.close(),
  }
}

export function runnerFromOptions(
  options: CollisionOptions & { workers: number },
  hard: HardProcess,
): BlockRunner {
  const { workers } = options
  return workers === 1 ? runHere(hard, options.seed) : runInThreads(options, workers)
}
