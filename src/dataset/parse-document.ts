import type * as z from 'zod'
import { AppError, checkedBy, describeIssues } from '../errors.ts'
import { httpError } from './http.ts'
import { describeFormat, sniffFormat } from './sniff.ts'

/** What a manifest must be. */
export interface DocumentRules<S extends z.ZodType> {
  schema: S
  readsVersion: number
  /** What a schema of single fields cannot see, or undefined when all is well. */
  inconsistency(value: z.infer<S>): string | undefined
}

/**
 * A manifest from its bytes.
 *
 * @throws AppError 'data/corrupt' (a web page, broken JSON, fields that fail the schema), 'data/unsupported' (newer version)
 */
export function parseDocument<S extends z.ZodType>(
  bytes: Uint8Array,
  url: string,
  { schema, readsVersion, inconsistency }: DocumentRules<S>,
): z.infer<S> {
  const format = sniffFormat(bytes)
  if (format === 'html') throw httpError('web-page', url)
  if (format !== 'json')
    throw corrupt(url, `it is ${describeFormat(format)}, expected a JSON document`, 'check the address')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    throw corrupt(
      url,
      `its JSON does not parse after ${bytes.length} bytes (${error instanceof Error ? error.message : 'syntax'})`,
      'the file may be cut short: reload the page',
    )
  }
  const version =
    typeof value === 'object' && value !== null && 'schemaVersion' in value && value.schemaVersion
  if (typeof version === 'number' && version > readsVersion)
    throw new AppError(
      'data/unsupported',
      `the manifest ${url} has schema version ${version}, this app reads up to ${readsVersion}: reload the page to get the newest app`,
      { version, readsVersion },
    )
  const parsed = checkedBy(schema, value)
  if (!parsed.success)
    throw corrupt(
      url,
      describeIssues(parsed.error.issues),
      'reload the page; if that does not help, the copy of the app is incomplete: tell whoever hosts it',
    )
  const complaint = inconsistency(parsed.data)
  if (complaint)
    throw corrupt(
      url,
      complaint,
      'reload the page; if that does not help, the copy of the app is incomplete: tell whoever hosts it',
    )
  return parsed.data
}

function corrupt(url: string, what: string, cure: string): AppError {
  return new AppError('data/corrupt', `the manifest ${url} cannot be used: ${what}; ${cure}`, { url })
}
