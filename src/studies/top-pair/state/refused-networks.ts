import type { AppError } from '../../../errors.ts'

/** What of a plan's networks is not as it must be, by name. */
export interface RefusedNetworks {
  missing: string[]
  doubled: string[]
  foreign: string[]
}

/** The lists of plannedNetworks, whole; null for another failure. */
export function refusedNetworks({ context }: AppError): RefusedNetworks | null {
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []
  const [missing, doubled, foreign] = ['missing', 'doubled', 'foreign'].map((name) => texts(context[name]))
  return missing.length + doubled.length + foreign.length > 0 ? { missing, doubled, foreign } : null
}
