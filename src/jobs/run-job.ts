import { AppError } from '../errors.ts'

export interface RunOptions<P> {
  /** Aborting it cancels the job. */
  signal?: AbortSignal
  /** In the order the job reported. If it throws, the job is cancelled and its promise rejects with the error. */
  onProgress?(progress: P): void
  /** Buffers of the request that move to the worker: the caller loses them. */
  transfer?: Transferable[]
  /** Wait for `step` or `resume` before the first step. */
  startPaused?: boolean
}

/** A job under way. All methods do nothing once it has ended. */
export interface JobRun<R> {
  /** Rejects with an AppError: the job's own, 'job/cancelled', or 'job/crashed'. */
  readonly promise: Promise<R>
  pause(): void
  resume(): void
  /** Exactly one step, after which the job is paused. */
  step(): void
  /** The promise rejects at once; the worker cleans up when its current step is done. */
  cancel(): void
}

/** The client's half of a running job: settles once and then holds on to nothing. */
export class RunningJob {
  readonly promise: Promise<unknown>
  private settle: { resolve(value: unknown): void; reject(error: AppError): void } | undefined
  private readonly options: RunOptions<unknown>
  private readonly cancel: () => void

  /** @param cancel  what an aborted signal calls */
  constructor(options: RunOptions<unknown>, cancel: () => void) {
    this.options = options
    this.cancel = cancel
    this.promise = new Promise((resolve, reject) => {
      this.settle = { resolve, reject }
    })
    options.signal?.addEventListener('abort', cancel, { once: true })
  }

  progress(value: unknown): void {
    try {
      this.options.onProgress?.(value)
    } catch (cause) {
      this.reject(AppError.from(cause))
      this.cancel()
    }
  }

  resolve(value: unknown): void {
    this.end()?.resolve(value)
  }

  reject(error: AppError): void {
    this.end()?.reject(error)
  }

  cancelled(): void {
    // Whoever cancels often drops the promise; that is no unhandled failure.
    this.promise.catch(() => undefined)
    this.reject(new AppError('job/cancelled', 'The job was cancelled.'))
  }

  private end() {
    const { settle } = this
    this.settle = undefined
    this.options.signal?.removeEventListener('abort', this.cancel)
    return settle
  }
}
