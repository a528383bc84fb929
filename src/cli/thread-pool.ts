import { Worker } from 'node:worker_threads'
import { AppError, type PlainError } from '../errors.ts'

/** What a thread says to a task. */
export type ThreadAnswer<T> = { kind: 'done'; value: T } | { kind: 'failed'; error: PlainError }

/** Threads that do tasks of one kind, each thread one at a time. */
export interface ThreadPool<Task, T> {
  /** When its turn comes, in the order of the calls. */
  run(task: Task): Promise<T>
  /** Ends the threads; what they were doing is lost. */
  close(): Promise<void>
}

interface ThreadPoolSettings {
  /** A script that calls serveThread. */
  script: URL
  /** What each thread starts from. */
  data: unknown
  threads: number
  /** "integrating", for what is said where a thread ends. */
  doing: string
}

export function createThreadPool<Task, T>({
  script,
  data,
  threads,
  doing,
}: ThreadPoolSettings): ThreadPool<Task, T> {
  const all = Array.from({ length: threads }, () => new Worker(script, { workerData: data }))
  const idle = [...all]
  const waiting: ((thread: Worker) => void)[] = []

  const take = (): Promise<Worker> => {
    const thread = idle.pop()
    return thread ? Promise.resolve(thread) : new Promise((resolve) => waiting.push(resolve))
  }
  const giveBack = (thread: Worker): void => {
    const next = waiting.shift()
    if (next) next(thread)
    else idle.push(thread)
  }
  return {
    async run(task) {
      const thread = await take()
      const value = await ask<Task, T>(thread, task, doing)
      giveBack(thread)
      return value
    },
    close: async () => void (await Promise.all(all.map((thread) => thread.terminate()))),
  }
}

function ask<Task, T>(thread: Worker, task: Task, doing: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      thread.off('message', answered).off('error', failed).off('exit', ended)
    }
    const answered = (answer: ThreadAnswer<T>): void => {
      stop()
      if (answer.kind === 'done') resolve(answer.value)
      else reject(AppError.fromPlain(answer.error))
    }
    const failed = (error: unknown): void => {
      stop()
      reject(AppError.from(error))
    }
    const ended = (code: number): void =>
      failed(
        new AppError(
          'job/crashed',
          `A thread that was ${doing} ended with code ${code}. Use fewer --workers.`,
        ),
      )
    thread.on('message', answered).on('error', failed).on('exit', ended)
    thread.postMessage(task)
  })
}
