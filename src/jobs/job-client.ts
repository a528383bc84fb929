import { AppError } from '../errors.ts'
import type { JobCommand, JobMapShape, Port } from './protocol.ts'
import { readReport } from './protocol.ts'
import type { JobRun, RunOptions } from './run-job.ts'
import { RunningJob } from './run-job.ts'

export interface JobClient<M extends JobMapShape<M>> {
  run<K extends keyof M & string>(
    job: K,
    request: M[K]['request'],
    options?: RunOptions<M[K]['progress']>,
  ): JobRun<M[K]['result']>
  /** Jobs the worker is busy with, cancelled ones included until it has let go of them. */
  readonly load: number
  /** Cancels what runs and ends the worker; later runs are refused. */
  close(): void
}

const crashEvents = ['error', 'messageerror', 'close'] as const

function crashOf(event: Event): AppError {
  const { message, filename, lineno } = event as Partial<ErrorEvent>
  const detail =
    event.type === 'messageerror'
      ? 'a message could not be read'
      : message || `its port reported "${event.type}"`
  return new AppError(
    'job/crashed',
    `The background worker stopped: ${detail}. Start the job again; a new worker takes over.`,
    { event: event.type, ...(filename ? { filename, lineno } : {}) },
  )
}

/**
 * Runs jobs in one worker, which is spawned by the first run and, after a crash, by the next.
 * @param spawn  e.g. `() => new Worker(new URL('./ml.worker.ts', import.meta.url), { type: 'module' })`
 * @param scope  whose jobs they are, where the worker serves those of several: "scope/job" is asked for
 */
export function createJobClient<M extends JobMapShape<M>>(spawn: () => Port, scope?: string): JobClient<M> {
  let port: Port | undefined
  let closed = false
  let nextId = 1
  const running = new Map<number, RunningJob>()
  /** Cancelled here, not yet reported as ended by the worker. */
  const draining = new Set<number>()

  function onMessage(event: Event): void {
    const report = readReport((event as MessageEvent<unknown>).data)
    if (!report) return
    const { id } = report
    if (report.kind !== 'progress') draining.delete(id)
    const job = running.get(id)
    if (!job) return // late news of a cancelled job
    if (report.kind === 'progress') job.progress(report.value)
    else {
      running.delete(id)
      if (report.kind === 'result') job.resolve(report.value)
      else job.reject(AppError.fromPlain(report.error))
    }
  }

  function onCrash(event: Event): void {
    drop(crashOf(event))
  }

  /** Parts with the worker: every running job ends with the error. */
  function drop(error: AppError): void {
    port?.removeEventListener('message', onMessage)
    for (const type of crashEvents) port?.removeEventListener(type, onCrash)
    port?.terminate?.()
    port = undefined
    draining.clear()
    const ended = [...running.values()]
    running.clear()
    for (const job of ended) job.reject(error)
  }

  function connected(): Port {
    if (port) return port
    const spawned = spawn()
    spawned.addEventListener('message', onMessage)
    for (const type of crashEvents) spawned.addEventListener(type, onCrash)
    spawned.start?.()
    port = spawned
    return spawned
  }

  function tell(command: JobCommand): void {
    if (running.has(command.id)) port?.postMessage(command, [])
  }

  function cancel(id: number, job: RunningJob): void {
    if (!running.has(id)) return
    tell({ kind: 'cancel', id })
    running.delete(id)
    draining.add(id)
    job.cancelled()
  }

  function start(
    id: number,
    job: string,
    request: unknown,
    record: RunningJob,
    options: RunOptions<unknown>,
  ): void {
    const { signal, transfer = [], startPaused: paused = false } = options
    if (closed || signal?.aborted) return record.cancelled()
    try {
      const name = scope === undefined ? job : `${scope}/${job}`
      connected().postMessage(
        { kind: 'start', id, job: name, request, paused } satisfies JobCommand,
        transfer,
      )
    } catch (cause) {
      const message = `The job "${job}" could not be sent to its worker: ${AppError.from(cause).message}`
      return record.reject(new AppError('input/invalid', message, { job }))
    }
    running.set(id, record)
  }

  return {
    run<K extends keyof M & string>(
      job: K,
      request: M[K]['request'],
      options: RunOptions<M[K]['progress']> = {},
    ) {
      const id = nextId++
      const record = new RunningJob(options as RunOptions<unknown>, () => cancel(id, record))
      start(id, job, request, record, options as RunOptions<unknown>)
      return {
        promise: record.promise as Promise<M[K]['result']>,
        pause: () => tell({ kind: 'pause', id }),
        resume: () => tell({ kind: 'resume', id }),
        step: () => tell({ kind: 'step', id }),
        cancel: () => cancel(id, record),
      }
    },
    get load() {
      return running.size + draining.size
    },
    close() {
      closed = true
      for (const [id, job] of [...running]) cancel(id, job)
      drop(new AppError('job/cancelled', 'The job client was closed.'))
    },
  }
}
