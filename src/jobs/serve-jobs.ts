import type { PlainError } from '../errors.ts'
import { AppError } from '../errors.ts'
import { yieldToEventLoop } from './event-loop.ts'
import type { JobMapShape, JobReport, JobShape, Port } from './protocol.ts'
import { readCommand } from './protocol.ts'
import { StepGate } from './step-gate.ts'
import type { Sent } from './transfer.ts'
import { Transferred } from './transfer.ts'

export interface JobContext {
  /** Aborted when the job is cancelled: hand it to fetch and to whatever else waits. */
  signal: AbortSignal
}

/**
 * Does one kind of job. A generator yields progress; it can be paused, stepped, and cancelled between two
 * yields, where `finally` blocks run. Every report wakes the page, so report at the pace of a display; a bare
 * `yield` is a step without a report, for loops that must stay cancellable in between. A promise can only be cancelled, by its own attention to the signal.
 */
export type JobHandler<J extends JobShape> = (
  request: J['request'],
  context: JobContext,
) =>
  | Generator<Sent<J['progress']> | undefined, Sent<J['result']>, void>
  | AsyncGenerator<Sent<J['progress']> | undefined, Sent<J['result']>, void>
  | Promise<Sent<J['result']>>

export type JobHandlers<M extends JobMapShape<M>> = { [K in keyof M]: JobHandler<M[K]> }

type Steps = Generator<unknown, unknown, void> | AsyncGenerator<unknown, unknown, void>

interface RunningJob {
  gate: StepGate
  abort: AbortController
}

/**
 * All running jobs together compute this long before messages are looked at: with a step of ordinary length
 * a cancel arrives well within 50 ms.
 */
const sliceMs = 24

/**
 * Answers job commands on a port until stopped. In a worker call it while the script first runs, before any
 * top-level await: messages that arrive while nobody listens are lost.
 * @returns a function that stops: it cancels what runs and removes the listener
 */
export function serveJobs<M extends JobMapShape<M>>(port: Port, handlers: JobHandlers<M>): () => void {
  return serveFound(port, (name) => handlerOf(handlers, name))
}

/**
 * The same with handlers that are looked up, and may be loaded, when a job of theirs is first asked for.
 *
 * @param find  rejects with an AppError for a name that it does not know
 */
export function serveFound(
  port: Port,
  find: (name: string) => JobHandler<JobShape> | Promise<JobHandler<JobShape>>,
): () => void {
  const running = new Map<number, RunningJob>()

  function post(report: JobReport, buffers: Transferable[]): void {
    port.postMessage(report, buffers)
  }

  function send(kind: 'progress' | 'result', id: number, sent: unknown): void {
    if (sent instanceof Transferred) post({ kind, id, value: sent.value }, sent.buffers)
    else post({ kind, id, value: sent }, [])
  }

  async function pump(steps: Steps, id: number, { gate, abort }: RunningJob): Promise<void> {
    let sliceStart = performance.now()
    for (;;) {
      if (gate.closed) {
        await gate.open()
        sliceStart = performance.now()
      }
      if (abort.signal.aborted) {
        await steps.return(undefined)
        throw cancelled()
      }
      gate.pass()
      const pulled = steps.next()
      const step = pulled instanceof Promise ? await pulled : pulled
      if (step.done) {
        if (abort.signal.aborted) throw cancelled()
        return send('result', id, step.value)
      }
      if (step.value !== undefined && !abort.signal.aborted) await sendProgress(steps, id, step.value)
      if (performance.now() - sliceStart > sliceMs / running.size) {
        await yieldToEventLoop()
        sliceStart = performance.now()
      }
    }
  }

  /** A report that cannot be cloned ends the job, after its `finally` blocks. */
  async function sendProgress(steps: Steps, id: number, value: unknown): Promise<void> {
    try {
      send('progress', id, value)
    } catch (cause) {
      await steps.return(undefined)
      throw cause
    }
  }

  async function runJob(name: string, request: unknown, id: number, job: RunningJob): Promise<void> {
    // A cancel right behind the start, as a moving slider sends it, then costs no computing at all.
    await yieldToEventLoop()
    if (job.abort.signal.aborted) throw cancelled()
    const handler = await find(name)
    if (job.abort.signal.aborted) throw cancelled()
    const work = handler(request, { signal: job.abort.signal })
    if (!(work instanceof Promise)) return pump(work, id, job)
    const value = await work
    if (job.abort.signal.aborted) throw cancelled()
    send('result', id, value)
  }

  function onMessage(event: Event): void {
    const command = readCommand((event as MessageEvent<unknown>).data)
    if (!command) return
    const { id } = command
    const job = running.get(id)
    if (command.kind === 'start') {
      const started: RunningJob = { gate: new StepGate(command.paused), abort: new AbortController() }
      running.set(id, started)
      runJob(command.job, command.request, id, started)
        .catch((cause: unknown) => {
          const error = AppError.from(started.abort.signal.aborted ? cancelled() : cause).toPlain()
          post({ kind: 'error', id, error: cloneable(error) }, [])
        })
        .finally(() => running.delete(id))
    } else if (command.kind === 'cancel') cancel(job)
    else if (command.kind === 'pause') job?.gate.pause()
    else if (command.kind === 'resume') job?.gate.resume()
    else job?.gate.step()
  }

  function cancel(job: RunningJob | undefined): void {
    job?.abort.abort(cancelled())
    job?.gate.resume()
  }

  port.addEventListener('message', onMessage)
  port.start?.()
  return () => {
    port.removeEventListener('message', onMessage)
    for (const job of running.values()) cancel(job)
  }
}

/** @throws AppError 'input/invalid' for a job that nobody handles */
export function handlerOf<M extends JobMapShape<M>>(
  handlers: JobHandlers<M>,
  name: string,
): JobHandler<JobShape> {
  if (!Object.hasOwn(handlers, name)) {
    const known = Object.keys(handlers).join(', ')
    throw new AppError('input/invalid', `No job is called "${name}" here; this worker knows ${known}.`, {
      name,
    })
  }
  // Name and request come in pairs from a typed client; here, past the wire, only the pairing is known.
  return handlers[name as keyof M] as unknown as JobHandler<JobShape>
}

function cancelled(): AppError {
  return new AppError('job/cancelled', 'The job was cancelled.')
}

/** An error's context may hold anything; what cannot be cloned is left out of it. */
function cloneable(error: PlainError): PlainError {
  const context = Object.entries(error.context).filter(([, value]) => {
    try {
      structuredClone(value)
      return true
    } catch {
      return false // said by its absence; the message itself is complete
    }
  })
  return { ...error, context: Object.fromEntries(context) }
}
