import type * as z from 'zod'
import { AppError, checkedBy } from '../../../errors.ts'

/**
 * The content of a file of a published measurement.
 *
 * @param what  as in "The measurement's edges cannot be read"
 * @throws AppError 'data/corrupt' naming the field
 */
export function readPublished<T>(what: string, schema: z.ZodType<T>, json: unknown): T {
  const parsed = checkedBy(schema, json)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]
  throw new AppError(
    'data/corrupt',
    `The ${what}'s ${path.join('.') || 'top level'} cannot be read: ${message}.`,
  )
}

/**
 * Every list, and every row of the matrix, must have a value for each bin.
 *
 * @param said  where the number of bins is from, as in "3 edges make 2 bins"
 * @throws AppError 'data/corrupt' with both numbers
 */
export function checkBinned(
  said: string,
  bins: number,
  lists: Readonly<Record<string, readonly unknown[]>>,
  matrix: Readonly<Record<string, readonly (readonly unknown[])[]>>,
): void {
  const rows = Object.entries(matrix).flatMap(([name, all]) => [
    [name, all.length] as const,
    ...all.map((row, i) => [`${name}[${i}]`, row.length] as const),
  ])
  for (const [name, length] of [
    ...Object.entries(lists).map(([list, { length }]) => [list, length] as const),
    ...rows,
  ])
    if (length !== bins)
      throw new AppError(
        'data/corrupt',
        `${said}, but ${name} has ${length} values. Compare with the published table.`,
      )
}
