import { AppError } from '../../../../errors.ts'

/** What a function of a UV model makes; null for a model or coupling that a link names and this page does not have. */
export function ifKnown<T>(of: () => T): T | null {
  try {
    return of()
  } catch (thrown) {
    if (AppError.from(thrown).code === 'input/invalid') return null
    throw thrown
  }
}
