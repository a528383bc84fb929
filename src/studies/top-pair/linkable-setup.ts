import { AppError, describeIssues } from '../../errors.ts'
import type { FitSetup } from './analysis/fit/fit-setup.ts'
import { fitSchema, type FitIntent } from './intent.ts'

/**
 * A set-up as links hold it: commands may bin what no detector sees.
 *
 * @param who  what has the link, with a capital
 * @throws AppError 'input/invalid'
 */
export function linkableSetup(setup: FitSetup, who: string): FitIntent {
  const parsed = fitSchema.safeParse(setup)
  if (parsed.success) return parsed.data
  throw new AppError(
    'input/invalid',
    `${who} has a link, which cannot hold this set-up: ${describeIssues(parsed.error.issues)}. Choose another --observable.`,
  )
}
