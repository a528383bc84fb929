import { trainingSchema } from '../../intent.ts'
import { parseNumberList } from '../common/number-list.ts'

/** "128, 64, 32" as layer widths, or a sentence that says what is wrong. */
export function parseWidths(text: string): { values: number[] } | { complaint: string } {
  return parseNumberList(
    text,
    trainingSchema.shape.widths,
    'Type one to five whole numbers from 4 to 512, for example 128, 64, 32.',
  )
}
