import { AppError } from '../../errors.ts'
import { closedForm } from './closed-forms/closed-form.ts'
import { kernelAmplitudes, kernelProcess } from './kernel-process.ts'
import { knownByInitialState } from './known-processes.ts'
import type { AmplitudeParameters } from './parameters.ts'
import { legsOf, parseProcess, type Process } from './process.ts'
import { recursion } from './recursion.ts'
import type { HelicityAmplitudes, SquaredMatrixElement } from './squared-matrix-element.ts'

export const amplitudeMethods = ['kernel', 'closed-form', 'recursion'] as const
export type AmplitudeMethod = (typeof amplitudeMethods)[number]

export interface ProcessOptions {
  /** From loadAmplitudeKernel; without it the recursion in TypeScript does what has no closed form, 10 times slower. */
  kernel?: WebAssembly.Module
  /** This way only, in the place of the fastest. */
  method?: AmplitudeMethod
}

/**
 * |M|² of a process by the fastest way there is: closed form, kernel, recursion.
 *
 * @param process  parsed, or as text such as `g g > t t~ t t~`
 * @throws AppError 'input/invalid' for particles, processes or ways that there are not, with those that there are
 */
export function createProcess(
  process: Process | string,
  parameters: AmplitudeParameters,
  { kernel, method }: ProcessOptions = {},
): SquaredMatrixElement {
  const parsed = readProcess(process)
  if (method === undefined || method === 'closed-form') {
    const form = closedForm(parsed, parameters)
    if (form) return form
  }
  if (method === 'closed-form')
    throw new AppError('input/invalid', `There is no closed form of ${parsed.name}. Use the recursion.`)
  if (method === 'kernel' && !kernel)
    throw new AppError(
      'ml/backend-unavailable',
      'This machine has no SIMD in WebAssembly, which the amplitude kernel needs. Use the recursion.',
    )
  if (method === 'kernel' && hasPseudoscalar(parsed))
    throw new AppError(
      'input/invalid',
      `The kernel has no γ5 at a scalar, which ${parsed.name} needs. Use the recursion.`,
    )
  if (kernel && method !== 'recursion' && !hasPseudoscalar(parsed))
    return withKnown(() => kernelProcess(kernel, parsed, parameters))
  return withKnown(() => recursion(parsed, parameters))
}

/** The same with all amplitudes at hand, for decays with spin correlations: kernel or recursion, number for number. */
export function createHelicityAmplitudes(
  process: Process | string,
  parameters: AmplitudeParameters,
  kernel?: WebAssembly.Module,
): HelicityAmplitudes {
  const parsed = readProcess(process)
  return withKnown(() =>
    kernel && !hasPseudoscalar(parsed)
      ? kernelAmplitudes(kernel, parsed, parameters)
      : recursion(parsed, parameters),
  )
}

/** Its vertex is one of the recursion alone. */
const hasPseudoscalar = (process: Process): boolean => legsOf(process).some(({ field }) => field === 'A')

function readProcess(process: Process | string): Process {
  return typeof process === 'string' ? parseKnownProcess(process) : process
}

/** parseProcess, whose failures name the processes that there are. */
export function parseKnownProcess(text: string): Process {
  return withKnown(() => parseProcess(text))
}

/** Failures about a process end with the processes that there are. */
function withKnown<T>(make: () => T): T {
  try {
    return make()
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (error.code !== 'input/invalid') throw error
    throw new AppError(
      error.code,
      `${error.message} Known (u, d: any quarks): ${knownByInitialState()}.`,
      error.context,
    )
  }
}
