import type * as z from 'zod'
import { AppError, checkedBy, describeIssues } from '../errors.ts'
import { unpackFile } from './packed-file.ts'

/**
 * Header and arrays of a training that packFile() saved.
 *
 * @param lengthsOf  of the arrays in the file, in order, as the header's architecture says
 * @throws AppError 'model/corrupt' where bytes are missing, altered or of another format
 */
export async function unpackTraining<Header>(
  magic: string,
  bytes: Uint8Array,
  schema: z.ZodType<Header>,
  lengthsOf: (header: Header) => number[],
): Promise<{ header: Header; arrays: Float32Array[] }> {
  const { header, numbers } = await unpackFile(magic, bytes)
  const parsed = checkedBy(schema, header)
  if (!parsed.success)
    throw new AppError(
      'model/corrupt',
      `The saved training is not as expected: ${describeIssues(parsed.error.issues)}. Start the training anew.`,
    )
  const lengths = lengthsOf(parsed.data)
  const expected = lengths.reduce((sum, length) => sum + length, 0)
  if (numbers.length !== expected)
    throw new AppError(
      'model/corrupt',
      `The saved training has ${numbers.length} numbers, its architecture needs ${expected}. Start the training anew.`,
      { expected, actual: numbers.length },
    )
  let at = 0
  return { header: parsed.data, arrays: lengths.map((length) => numbers.slice(at, (at += length))) }
}

/**
 * A training goes on only with what it began with.
 *
 * @throws AppError 'model/mismatch' naming the setting that differs
 */
export function checkUnchanged(what: string, saved: unknown, now: unknown): void {
  const [before, after] = [written(saved), written(now)]
  if (before === after) return
  throw new AppError(
    'model/mismatch',
    `The saved training has ${what} ${before}, this one ${after}: it cannot be continued. Restore the setting or start anew.`,
    { what, saved, now },
  )
}

const written = (setting: unknown): string =>
  Array.isArray(setting) || typeof setting !== 'object' ? String(setting) : JSON.stringify(setting)
