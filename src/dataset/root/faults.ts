import { AppError } from '../../errors.ts'

/** Of one object in a file, unpacked: a basket has 32 kB as ROOT writes it. */
export const maxObjectBytes = 64 * 1024 * 1024

export function corrupt(what: string): AppError {
  return new AppError('data/corrupt', `the ROOT file is damaged: ${what}; save or download it again`)
}

export function unsupported(what: string, cure: string, context: Record<string, unknown> = {}): AppError {
  return new AppError('data/unsupported', `${what}; ${cure}`, context)
}

/** Bytes of a file from a place on. @throws AppError 'data/corrupt' beyond its end */
export function bytesAt(file: Uint8Array, at: number, length: number, what: string): DataView {
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(length) || at < 0 || length < 0)
    throw corrupt(`${what} would lie at ${at} with ${length} bytes`)
  if (at + length > file.length)
    throw corrupt(
      `${what} ends at byte ${at + length}, the file at byte ${file.length}, so it may be cut short`,
    )
  return new DataView(file.buffer, file.byteOffset + at, length)
}
