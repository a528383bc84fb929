import type { Sampling } from '../../generator/hard-process/unweighting.ts'
import { createThreadPool } from '../thread-pool.ts'
import type { EventAnswer, EventMaker, EventTask } from './event-maker.ts'
import type { EventThreadData } from './event-worker.ts'
import type { GenerateOptions } from './options.ts'

/** Blocks in the making for each thread: enough that none waits for the file. */
const aheadPerThread = 4

/** Blocks in the order of the tasks, in this thread or in several. */
export async function* eventsInOrder(
  tasks: Iterable<EventTask>,
  maker: EventMaker,
  options: GenerateOptions,
  sampling: Sampling,
): AsyncGenerator<EventAnswer> {
  const { workers: threads } = options
  if (threads === 1) {
    for (const task of tasks) yield maker.make(task)
    return
  }
  const script = new URL('./event-worker.mjs', import.meta.url)
  const data: EventThreadData = { options, sampling }
  const pool = createThreadPool<EventTask, EventAnswer>({ script, data, threads, doing: 'making events' })
  const ahead: Promise<EventAnswer>[] = []
  try {
    for (const task of tasks) {
      const answer = pool.run(task)
      answer.catch(() => undefined) // told when its turn comes
      ahead.push(answer)
      if (ahead.length >= aheadPerThread * threads) yield await ahead.shift()!
    }
    while (ahead.length > 0) yield await ahead.shift()!
  } finally {
    await pool.close()
  }
}
