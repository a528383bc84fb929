import type { z } from 'zod'
import { AppError } from '../errors.ts'
import { fetchWhole, httpError } from './http.ts'
import type { HttpOptions } from './http.ts'
import { datasetManifestSchema } from './manifest.ts'
import type { ArrayEntry, DatasetManifest } from './manifest.ts'
import { describeFormat, sniffFormat } from './sniff.ts'

const maxManifestBytes = 4 * 1024 * 1024
const readsVersion = 1

/**
 * Fetches and checks a dataset's `manifest.json`.
 *
 * @throws AppError 'data/not-found' (404, 403, server and network failures, each in its own sentence),
 *         'data/corrupt' (a web page, broken JSON, fields that fail the schema), 'data/unsupported' (newer version)
 */
export async function loadManifest(url: string, options: HttpOptions = {}): Promise<DatasetManifest> {
  return parseManifest(await fetchWhole(url, maxManifestBytes, options), url)
}

/** The same checks for bytes that are already here (a dropped file, a command line). */
export function parseManifest(bytes: Uint8Array, url: string): DatasetManifest {
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
  const parsed = datasetManifestSchema.safeParse(value)
  if (!parsed.success)
    throw corrupt(url, describeIssues(parsed.error), 'make the dataset again with npm run make:data')
  const complaint = inconsistency(parsed.data)
  if (complaint) throw corrupt(url, complaint, 'make the dataset again with npm run make:data')
  return parsed.data
}

function corrupt(url: string, what: string, cure: string): AppError {
  return new AppError('data/corrupt', `the manifest ${url} cannot be used: ${what}; ${cure}`, { url })
}

/** The first three complaints of a schema, each with the path of its field. */
function describeIssues(error: z.ZodError): string {
  const shown = error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'top level'}: ${message}`)
  const rest = error.issues.length - shown.length
  return shown.join('; ') + (rest > 0 ? `; and ${rest} more` : '')
}

const itemSize: Record<ArrayEntry['dtype'], number> = { '<f4': 4, '<f8': 8, '|u1': 1, '<i4': 4 }

/** Bytes of the numbers alone, without the `.npy` header. */
export function dataBytes(entry: ArrayEntry): number {
  return entry.shape.reduce((product, size) => product * size, 1) * itemSize[entry.dtype]
}

/** What a schema of single fields cannot see, or undefined when all is well. */
function inconsistency(manifest: DatasetManifest): string | undefined {
  for (const [name, entry] of Object.entries(manifest.arrays)) {
    const header = entry.bytes - dataBytes(entry)
    if (!(header >= 64 && header % 16 === 0 && header <= 65_552))
      return `arrays.${name} has shape (${entry.shape.join(', ')}) of ${entry.dtype} = ${dataBytes(entry)} bytes, but its file has ${entry.bytes}`
    if (!entry.chunks) continue
    const expected = Math.ceil(entry.shape[0] / entry.chunks.rows)
    if (entry.chunks.sha256.length !== expected)
      return `arrays.${name} has ${entry.shape[0]} rows in chunks of ${entry.chunks.rows}, that is ${expected} chunks, but ${entry.chunks.sha256.length} hashes`
  }
  for (const { name, edges } of manifest.observables) {
    const at = edges.findIndex((edge, i) => i > 0 && !(edge > edges[i - 1]))
    if (at > 0) return `the bin edges of ${name} do not ascend: ${edges[at - 1]}, then ${edges[at]}`
  }
  return undefined
}
