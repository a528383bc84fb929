import { checkHeader, isStale, staleError } from './array-checks.ts'
import { besideUrl, fetchWhole } from './http.ts'
import type { HttpOptions } from './http.ts'
import type { ArrayEntry } from './manifest.ts'
import { readNpy } from './npy.ts'
import type { NpyArray } from './npy.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import { sniffFormat } from './sniff.ts'

/**
 * A small array of a dataset, whole and verified: size, type, shape and SHA-256 as the manifest says.
 * A file that does not match is fetched once more past the browser's cache before it is refused.
 */
export async function loadArray(
  entry: ArrayEntry,
  manifestUrl: string,
  options: HttpOptions = {},
): Promise<NpyArray> {
  try {
    return await loadOnce(entry, manifestUrl, options)
  } catch (error) {
    if (!isStale(error)) throw error
    return await loadOnce(entry, manifestUrl, options, 'reload')
  }
}

async function loadOnce(
  entry: ArrayEntry,
  manifestUrl: string,
  options: HttpOptions,
  cache?: RequestCache,
): Promise<NpyArray> {
  const url = besideUrl(manifestUrl, entry.file)
  // A web page in place of a small array may be longer than it: leave room to see what came.
  const bytes = await fetchWhole(url, Math.max(2 * entry.bytes, 1 << 20), options, cache)
  if (bytes.length !== entry.bytes && sniffFormat(bytes) !== 'html')
    throw staleError(entry, 'its length in bytes', entry.bytes, bytes.length)
  checkHeader(entry, url, bytes)
  const hash = await sha256Hex(bytes)
  if (hash !== entry.sha256) throw staleError(entry, 'its SHA-256', entry.sha256, hash)
  return readNpy(bytes)
}
