import { trainingSchema } from '../../intent.ts'

/** "128, 64, 32" as layer widths, or a sentence that says what is wrong. */
export function parseWidths(text: string): { values: number[] } | { complaint: string } {
  const parts = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number)
  const parsed = trainingSchema.shape.widths.safeParse(parts)
  if (parsed.success) return { values: parsed.data }
  return { complaint: `Type one to five whole numbers from 4 to 512, for example 128, 64, 32.` }
}
