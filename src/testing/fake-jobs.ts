import type { JobMap } from '../analysis/job-map.ts'
import { AppError } from '../errors.ts'
import type { JobClient } from '../jobs/job-client.ts'
import type { RunOptions } from '../jobs/run-job.ts'

type JobName = keyof JobMap & string

/** A job that was asked for; the test says what becomes of it. */
export interface AskedJob<K extends JobName = JobName> {
  job: K
  request: JobMap[K]['request']
  startPaused: boolean
  transfer: Transferable[]
  /** What the asker told the running job, in order. */
  told: ('pause' | 'resume' | 'step' | 'cancel')[]
  /** Says progress; one report of a generator job. */
  report(progress: JobMap[K]['progress']): void
  /** Settle, and wait until the asker has heard of it. */
  finish(result: JobMap[K]['result']): Promise<void>
  fail(error: AppError): Promise<void>
  readonly cancelled: boolean
}

export interface FakeJobs extends JobClient<JobMap> {
  asked: AskedJob[]
  /** The newest job of a name that has not been cancelled. @throws where there is none */
  newest<K extends JobName>(job: K): AskedJob<K>
  count(job: JobName): number
}

/** Lets promise chains of any reasonable length run to their end. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** A job client whose jobs are done by the test, one report at a time. */
export function fakeJobs(): FakeJobs {
  const asked: AskedJob[] = []
  function run<K extends JobName>(
    job: K,
    request: JobMap[K]['request'],
    options: RunOptions<JobMap[K]['progress']> = {},
  ) {
    const told: AskedJob['told'] = []
    let reject: (error: AppError) => void = () => undefined
    let resolve: (result: JobMap[K]['result']) => void = () => undefined
    const promise = new Promise<JobMap[K]['result']>((yes, no) => {
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
    const record: AskedJob<K> = {
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
    asked.push(record as unknown as AskedJob)
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
    newest<K extends JobName>(job: K): AskedJob<K> {
      const found = asked.filter((entry) => entry.job === job && !entry.cancelled).at(-1)
      if (!found) throw new Error(`no job ${job} is under way; asked: ${asked.map((j) => j.job).join(', ')}`)
      return found as unknown as AskedJob<K>
    },
  }
}
