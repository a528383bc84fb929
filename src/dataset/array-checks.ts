import { AppError } from '../errors.ts'
import { httpError } from './http.ts'
import { dataBytes } from './manifest-loader.ts'
import type { ArrayEntry } from './manifest.ts'
import { parseNpyHeader } from './npy-header.ts'
import { sniffFormat } from './sniff.ts'

/** The file a manifest names is not the file that arrived; a fresh copy may be. */
export function staleError(
  entry: Pick<ArrayEntry, 'file'>,
  what: string,
  expected: unknown,
  found: unknown,
): AppError {
  return new AppError(
    'data/corrupt',
    `${entry.file} does not belong to its manifest: ${what} is ${String(found)}, expected ${String(expected)}; reload the page; if that does not help, the copy of the app is incomplete: tell whoever hosts it`,
    { stale: true, file: entry.file, expected, found },
  )
}

export function isStale(error: unknown): boolean {
  return error instanceof AppError && error.context.stale === true
}

/** Compares the start of a `.npy` file with its manifest entry. */
export function checkHeader(entry: ArrayEntry, url: string, bytes: Uint8Array): void {
  if (sniffFormat(bytes.subarray(0, 512)) === 'html') throw httpError('web-page', url)
  const offset = entry.bytes - dataBytes(entry)
  let header
  try {
    header = parseNpyHeader(bytes)
  } catch (error) {
    throw staleError(entry, 'its beginning', 'a .npy header', error instanceof Error ? error.message : error)
  }
  if (header.dtype !== entry.dtype) throw staleError(entry, 'its type', entry.dtype, header.dtype)
  if (header.shape.join() !== entry.shape.join() || header.fortranOrder)
    throw staleError(
      entry,
      'its shape',
      `(${entry.shape.join(', ')})`,
      `(${header.shape.join(', ')})${header.fortranOrder ? ' in Fortran order' : ''}`,
    )
  if (header.dataOffset !== offset) throw staleError(entry, 'its header length', offset, header.dataOffset)
}
