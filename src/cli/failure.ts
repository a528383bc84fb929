import { AppError, capText } from '../errors.ts'
import { describeFileError, fileErrorCode } from './options/file-errors.ts'

/** Set to anything, it makes an unexpected error print where it came from. */
export const stackVariable = 'THEORYSCAPE_STACK'

/** Not bad input: the same command may end well when it is continued or given more time. */
const unfinished: readonly string[] = ['numerics/not-converged', 'job/cancelled']

export interface Failure {
  kind: 'badInput' | 'notConverged' | 'fault'
  /** One line with its code, cut to what can be read at a glance. */
  line: string
}

/** Whatever was thrown, in one line: what is wrong with the input, or that the program is at fault. */
export function describeFailure(thrown: unknown): Failure {
  if (fileErrorCode(thrown) !== null)
    return complaint('badInput', 'input/invalid', fileSentence(thrown as Error))
  if (isOutOfMemory(thrown))
    return complaint(
      'badInput',
      'input/invalid',
      'This takes more memory than the machine gives. Ask for less at once: fewer events, universes, replicas or toys.',
    )
  const error = AppError.from(thrown)
  if (error.code === 'job/crashed')
    return complaint(
      'fault',
      error.code,
      `${error.message.slice(0, 200)} - a fault of the program, not of the input. Please report it with this command line; ${stackVariable}=1 before it shows where it happened.`,
    )
  const kind = unfinished.includes(error.code) ? 'notConverged' : 'badInput'
  return complaint(kind, error.code, error.message)
}

function complaint(kind: Failure['kind'], code: string, message: string): Failure {
  return { kind, line: capText(`${code}: ${message}`).trim() }
}

function fileSentence(error: Error): string {
  const place = 'path' in error && typeof error.path === 'string' ? error.path.slice(0, 200) : 'The output'
  return `${place}: ${describeFileError(error)}`
}

function isOutOfMemory(thrown: unknown): boolean {
  return thrown instanceof RangeError && /array (buffer|length)|allocation failed/i.test(thrown.message)
}
