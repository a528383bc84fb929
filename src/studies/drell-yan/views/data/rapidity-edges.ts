import { AppError } from '../../../../errors.ts'
import { setupBins } from '../../analysis/setup-bins.ts'
import { setupSchema, type SetupIntent } from '../../intent.ts'
import { parseNumberList } from '../common/number-list.ts'

/** "0, 0.8, 2.4" as edges of |y|, or a sentence that says what is wrong; whether they part pairs is asked of the set-up. */
export function parseRapidityEdges(text: string): { values: number[] } | { complaint: string } {
  return parseNumberList(
    text,
    setupSchema.shape.yEdges,
    'Type up to 13 rising numbers from 0 to 20, for example 0, 0.8, 1.6, 2.4.',
  )
}

/** What is wrong with the bins of a set-up; null: nothing. */
export function binsComplaint(setup: SetupIntent): string | null {
  try {
    setupBins(setup)
    return null
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}
