import type { ErrorCode, PlainError } from '../errors.ts'
import { errorCodes } from '../errors.ts'

/** What one kind of job takes, reports on its way and returns; all must survive structured cloning. */
export interface JobShape {
  request: unknown
  progress: unknown
  result: unknown
}

/** `M extends JobMapShape<M>` admits interfaces as well as types: name of the job -> its shape. */
export type JobMapShape<M> = { [K in keyof M]: JobShape }

/**
 * What both ends need of a Worker, a MessagePort or a worker's global scope. Only the first can be
 * terminated, only a MessagePort must be started.
 */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void
  addEventListener(type: string, listener: (event: Event) => void): void
  removeEventListener(type: string, listener: (event: Event) => void): void
  start?(): void
  terminate?(): void
}

export type JobCommand =
  | { kind: 'start'; id: number; job: string; request: unknown; paused: boolean }
  | { kind: 'cancel' | 'pause' | 'resume' | 'step'; id: number }

/** `result` and `error` are final: the server holds nothing of the job after them. */
export type JobReport =
  | { kind: 'progress'; id: number; value: unknown }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'error'; id: number; error: PlainError }

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null
}

/** The command in a message, or undefined for messages of someone else on the same port. */
export function readCommand(data: unknown): JobCommand | undefined {
  if (!isRecord(data) || typeof data.id !== 'number') return undefined
  const { kind, id } = data
  if (kind === 'start' && typeof data.job === 'string')
    return { kind, id, job: data.job, request: data.request, paused: data.paused === true }
  if (kind === 'cancel' || kind === 'pause' || kind === 'resume' || kind === 'step') return { kind, id }
  return undefined
}

function readError(data: unknown): PlainError {
  if (!isRecord(data)) return { code: 'job/crashed', message: String(data), context: {} }
  return {
    code: (errorCodes as readonly unknown[]).includes(data.code) ? (data.code as ErrorCode) : 'job/crashed',
    message: String(data.message),
    context: isRecord(data.context) ? data.context : {},
  }
}

/** The report in a message, or undefined for messages of someone else on the same port. */
export function readReport(data: unknown): JobReport | undefined {
  if (!isRecord(data) || typeof data.id !== 'number') return undefined
  const { kind, id } = data
  if (kind === 'progress' || kind === 'result') return { kind, id, value: data.value }
  if (kind === 'error') return { kind, id, error: readError(data.error) }
  return undefined
}
