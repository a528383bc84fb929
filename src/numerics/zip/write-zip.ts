import { AppError } from '../../errors.ts'
import { crc32OfBytes } from '../crc32.ts'
import { deflateBytes } from '../deflate.ts'
import type { ZipTerms } from './read-zip.ts'
import {
  centralHeader,
  deflated,
  endRecord,
  fixedDate,
  fixedTime,
  localHeader,
  stored,
  utf8Flag,
} from './zip-format.ts'

export interface ZipEntry {
  /** Within the archive, with "/". */
  path: string
  bytes: Uint8Array<ArrayBuffer>
}

/** What both headers of an entry say of it, from "version needed" to the length of the name. */
function commonFields(method: number, crc: number, packed: number, size: number, name: number): number[] {
  return [
    ...[20, utf8Flag, method, fixedTime, fixedDate], // two bytes each
    ...[crc, packed, size], // four each
    ...[name, 0],
  ]
}

const widths = [2, 2, 2, 2, 2, 4, 4, 4, 2, 2]

/** Numbers of given widths in bytes, one after the other. */
function packed(numbers: readonly number[], bytes: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(bytes.reduce((sum, width) => sum + width, 0)))
  let at = 0
  numbers.forEach((value, i) => {
    if (bytes[i] === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += bytes[i]
  })
  return new Uint8Array(view.buffer)
}

/**
 * A zip archive. Entries keep their order and have one fixed date: in one browser equal entries make equal bytes (deflate is the
 * browser's own).
 *
 * @throws AppError 'input/invalid' with both numbers for more entries or bytes than are read again
 */
export async function writeZip(
  entries: readonly ZipEntry[],
  { what, mostEntries, largestUnpackedBytes, largestZipBytes }: ZipTerms,
): Promise<Uint8Array<ArrayBuffer>> {
  const total = entries.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const tooMuch = (found: string) => new AppError('input/invalid', `The ${what} would hold ${found}.`)
  if (entries.length > mostEntries) throw tooMuch(`${entries.length} files, at most ${mostEntries} are read`)
  if (total > largestUnpackedBytes)
    throw tooMuch(
      `${total} bytes, at most ${largestUnpackedBytes} (256 MiB) are read. Keep the largest files apart, or forget them here`,
    )
  const locals: Uint8Array<ArrayBuffer>[] = []
  const central: Uint8Array<ArrayBuffer>[] = []
  let at = 0
  for (const { path, bytes } of entries) {
    const name = new TextEncoder().encode(path)
    const small = Uint8Array.from(await deflateBytes(bytes))
    const isSmaller = small.length < bytes.length
    const body = isSmaller ? small : bytes
    const fields = commonFields(
      ...[isSmaller ? deflated : stored, crc32OfBytes(bytes)],
      ...([body.length, bytes.length, name.length] as const),
    )
    const local = packed([localHeader.signature, ...fields], [4, ...widths])
    locals.push(local, name, body)
    // Made as of version 2.0; no comment, first disk, no attributes; where the local header is.
    const directory = [centralHeader.signature, 20, ...fields, 0, 0, 0, 0, at]
    central.push(packed(directory, [4, 2, ...widths, 2, 2, 2, 4, 4]), name)
    at += local.length + name.length + body.length
  }
  const size = central.reduce((sum, part) => sum + part.length, 0)
  const { length } = entries
  const end = packed([endRecord.signature, 0, 0, length, length, size, at, 0], [4, 2, 2, 2, 2, 4, 4, 2])
  if (at + size + end.length > largestZipBytes)
    throw new AppError(
      'input/invalid',
      `The ${what} would have ${at + size + end.length} bytes, at most ${largestZipBytes} (128 MiB) are read. Keep the largest files apart, or forget them here.`,
    )
  const all = new Uint8Array(at + size + end.length)
  let place = 0
  for (const part of [...locals, ...central, end]) {
    all.set(part, place)
    place += part.length
  }
  return all
}
