import { AppError } from '../errors.ts'
import type { JobClient } from '../jobs/job-client.ts'
import type { JobMapShape } from '../jobs/protocol.ts'
import type { RunOptions } from '../jobs/run-job.ts'

/** A job that was asked for; the test says what becomes of it. */
export interface Asked<M extends JobMapShape<M>, K extends keyof M & string = keyof M & string> {
  job: K
  request: M[K]['request']
  startPaused: boolean
  transfer: Transferable[]
  /** What the asker told the running job, in order. */
  told: ('pause' | 'resume' | 'step' | 'cancel')[]
  /** Says progress; one report of a generator job. */
  report(progress: M[K]['progress']): void
  /** Settle, and wait until the asker has heard of it. */
  finish(result: M[K]['result']): Promise<void>
  fail(error: AppError): Promise<void>
  readonly cancelled: boolean
}

export interface FakeJobs<M extends JobMapShape<M>> extends JobClient<M> {
  asked: Asked<M>[]
  /** The newest job of a name that has not been cancelled. @throws where there is none */
  newest<K extends keyof M & string>(job: K): Asked<M, K>
  count(job: keyof M & string): number
}

/** Lets promise chains of any reasonable length run to their end. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** A job client whose jobs are done by the test, one report at a time. */
export function fakeJobs<M extends JobMapShape<M>>(): FakeJobs<M> {
  const asked: Asked<M>[] = []
  function run<K extends keyof M & string>(
    job: K,
    request: M[K]['request'],
    options: RunOptions<M[K]['progress']> = {},
  ) {
    const told: Asked<M>['told'] = []
    let reject: (error: AppError) => void = () => undefined
    let resolve: (result: M[K]['result']) => void = () => undefined
    const promise = new Promise<M[K]['result']>((yes, no) => {
      resolve = yes
      reject = no
    })
    promise.catch(() => undefined) // a cancelled job's promise may have no listener
    const cancel = () => {
      told.push('cancel')
      reject(new AppError('job/cancelled', 'The job was cancelled.'))
    }
    options.signal?.addEventListener('abort', cancel, { once: true })
    const end = () => options.signal?.removeEventListener('abort', cancel)
    const record: Asked<M, K> = {
      ...{ job, request, told },
      startPaused: options.startPaused ?? false,
      transfer: options.transfer ?? [],
      report: (progress) => options.onProgress?.(progress),
      finish: (result) => (end(), resolve(result), settle()),
      fail: (error) => (end(), reject(error), settle()),
      get cancelled() {
        return told.includes('cancel')
      },
    }
    asked.push(record as unknown as Asked<M>)
    if (options.signal?.aborted) cancel()
    return {
      promise,
      cancel,
      pause: () => void told.push('pause'),
      resume: () => void told.push('resume'),
      step: () => void told.push('step'),
    }
  }
  return {
    asked,
    run,
    load: 0,
    close: () => undefined,
    count: (job) => asked.filter((entry) => entry.job === job).length,
    newest<K extends keyof M & string>(job: K): Asked<M, K> {
      const found = asked.filter((entry) => entry.job === job && !entry.cancelled).at(-1)
      if (!found) throw new Error(`no job ${job} is under way; asked: ${asked.map((j) => j.job).join(', ')}`)
      return found as unknown as Asked<M, K>
    },
  }
}
