import type { PlainError } from '../errors.ts'

/**
 * A product of some job. The value of an earlier success stays visible while a newer one is made or after it
 * failed, so nothing already loaded is lost.
 */
export interface Loadable<T> {
  status: 'idle' | 'running' | 'ready' | 'failed'
  value?: T
  /** 0..1, or null while the amount of work is not known */
  fraction?: number | null
  label?: string
  error?: PlainError
  /** Names what is being made, is there, or failed, where a product has a key; a value of before has another. */
  key?: string
}

export const idle: Loadable<never> = { status: 'idle' }

export function running<T>(
  previous: Loadable<T>,
  label: string,
  fraction: number | null = null,
): Loadable<T> {
  return { status: 'running', value: previous.value, label, fraction }
}

export function ready<T>(value: T): Loadable<T> {
  return { status: 'ready', value }
}

export function failed<T>(previous: Loadable<T>, error: PlainError): Loadable<T> {
  return { status: 'failed', value: previous.value, error }
}
