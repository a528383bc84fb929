import type * as z from 'zod'

/**
 * "128, 64, 32" as numbers of a schema.
 *
 * @param complaint  the sentence for what is no such list
 */
export function parseNumberList(
  text: string,
  schema: z.ZodType<number[]>,
  complaint: string,
): { values: number[] } | { complaint: string } {
  const parts = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number)
  const parsed = schema.safeParse(parts)
  return parsed.success ? { values: parsed.data } : { complaint }
}
