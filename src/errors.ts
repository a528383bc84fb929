/** The closed list of failures the app can name. Each is shown with what to do about it. */
export const errorCodes = [
  'data/not-found',
  'data/corrupt',
  'data/unsupported',
  'data/mismatch',
  'model/mismatch',
  'model/corrupt',
  'physics/out-of-range',
  'physics/unknown-operator',
  'numerics/not-converged',
  'numerics/not-positive-definite',
  'statistics/bad-likelihood',
  'ml/backend-unavailable',
  'ml/diverged',
  'ml/device-lost',
  'share/invalid',
  'share/too-new',
  'input/invalid',
  'job/cancelled',
  'job/crashed',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** What crosses a worker boundary or is shown in a panel. */
export interface PlainError {
  code: ErrorCode
  message: string
  context: Record<string, unknown>
}

/**
 * A failure with a code. The message is one sentence for the reader: what, where, both numbers, the cure.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly context: Record<string, unknown>

  constructor(code: ErrorCode, message: string, context: Record<string, unknown> = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.context = context
  }

  toPlain(): PlainError {
    return { code: this.code, message: this.message, context: this.context }
  }

  static fromPlain(plain: PlainError): AppError {
    return new AppError(plain.code, plain.message, plain.context)
  }

  /** Any thrown value as an AppError; an unknown one becomes `job/crashed` and keeps its message. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    return new AppError('job/crashed', message, thrown instanceof Error ? { stack: thrown.stack } : {})
  }
}
