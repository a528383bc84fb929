import { fetchWhole } from './http.ts'
import type { HttpOptions } from './http.ts'
import { datasetManifestSchema } from './manifest.ts'
import type { ArrayEntry, DatasetManifest } from './manifest.ts'
import { parseDocument } from './parse-document.ts'

const maxManifestBytes = 4 * 1024 * 1024

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
  return parseDocument(bytes, url, { schema: datasetManifestSchema, readsVersion: 1, inconsistency })
}

const itemSize: Record<ArrayEntry['dtype'], number> = { '<f4': 4, '<f8': 8, '|u1': 1, '<i4': 4 }

/** Bytes of the numbers alone, without the `.npy` header. */
export function dataBytes(entry: ArrayEntry): number {
  return entry.shape.reduce((product, size) => product * size, 1) * itemSize[entry.dtype]
}

/** What a schema of single fields cannot see, or undefined when all is well. */
function inconsistency(manifest: DatasetManifest): string | undefined {
  const { arrays, preview } = manifest
  const entries = Object.entries(arrays).map(([name, entry]): [string, ArrayEntry] => [
    `arrays.${name}`,
    entry,
  ])
  if (preview) entries.push(['preview.array', preview.array])
  for (const [name, entry] of entries) {
    const header = entry.bytes - dataBytes(entry)
    if (!(header >= 64 && header % 16 === 0 && header <= 65_552))
      return `${name} has shape (${entry.shape.join(', ')}) of ${entry.dtype} = ${dataBytes(entry)} bytes, but its file has ${entry.bytes}`
    if (!entry.chunks) continue
    const expected = Math.ceil(entry.shape[0] / entry.chunks.rows)
    if (entry.chunks.sha256.length !== expected)
      return `${name} has ${entry.shape[0]} rows in chunks of ${entry.chunks.rows}, that is ${expected} chunks, but ${entry.chunks.sha256.length} hashes`
  }
  for (const { name, edges } of manifest.observables) {
    const at = edges.findIndex((edge, i) => i > 0 && !(edge > edges[i - 1]))
    if (at > 0) return `the bin edges of ${name} do not ascend: ${edges[at - 1]}, then ${edges[at]}`
  }
  return undefined
}
