import { parentPort } from 'node:worker_threads'
import { AppError } from '../errors.ts'
import type { ThreadAnswer } from './thread-pool.ts'

/**
 * Answers the tasks that a pool gives to this thread.
 *
 * @param work  made once; what goes wrong there is told with the first task
 */
export function serveThread<Task, T>(work: Promise<(task: Task) => T | Promise<T>>): void {
  work.catch(() => undefined)
  const port = parentPort!
  port.on('message', (task: Task) => {
    const answer = work.then(async (run): Promise<ThreadAnswer<T>> => ({
      kind: 'done',
      value: await run(task),
    }))
    const told = answer.catch((thrown: unknown): ThreadAnswer<T> => ({
      kind: 'failed',
      error: AppError.from(thrown).toPlain(),
    }))
    void told.then((message) => port.postMessage(message))
  })
}
