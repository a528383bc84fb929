import { AppError, shortName } from '../../errors.ts'
import type { ArchiveTerms } from './archive-terms.ts'

const blockBytes = 512
/** Where the fields of a header begin and end: POSIX.1-2017, pax, "ustar Interchange Format". */
const field = {
  name: [0, 100],
  size: [124, 136],
  sum: [148, 156],
  type: [156, 157],
  prefix: [345, 500],
} as const
const magicAt = 257
const magic = 'ustar'

/** A file of an archive. */
export interface TarEntry {
  path: string
  bytes: Uint8Array<ArrayBuffer>
}

/** Whether bytes begin as a tar archive does; 512 of them tell. */
export function isTar(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head.subarray(magicAt, magicAt + magic.length)) === magic
}

/**
 * The files of a tar archive (ustar, pax, GNU); folders, links and devices are passed over. Contents are views of the archive.
 *
 * @throws AppError with both numbers for an archive that is cut or damaged, or holds too many files
 */
export function readTar(archive: Uint8Array<ArrayBuffer>, terms: ArchiveTerms): TarEntry[] {
  const { code, what, cure, mostEntries } = terms
  const damaged = (how: string) => new AppError(code, `The ${what} is damaged: ${how}. ${cure}`)
  const entries: TarEntry[] = []
  /** Name of the next entry, where it is too long for its header. */
  let longName: string | null = null
  for (let at = 0; at + blockBytes <= archive.length;) {
    const header = archive.subarray(at, at + blockBytes)
    if (header.every((byte) => byte === 0)) return entries
    if (octal(header, field.sum) !== checksum(header))
      throw damaged(`byte ${at} of ${archive.length} begins no file, its checksum is another`)
    const bytes = octal(header, field.size)
    const from = at + blockBytes
    if (!(from + bytes <= archive.length))
      throw damaged(`a file in it ends at byte ${from + bytes}, the archive at ${archive.length}`)
    const body = archive.subarray(from, from + bytes)
    const type = text(header, field.type)
    if (type === 'L') longName = new TextDecoder().decode(body).replace(/\0[^]*$/, '')
    else if (type === 'x') longName = pathOfPax(body) ?? longName
    else {
      if (type === '' || type === '0')
        entries.push({ path: checkedPath(longName ?? shortPath(header)), bytes: body })
      longName = null
    }
    if (entries.length > mostEntries)
      throw new AppError(
        code,
        `The ${what} holds more than ${mostEntries} files, the most that are read. ${cure}`,
      )
    at = from + Math.ceil(bytes / blockBytes) * blockBytes
  }
  throw damaged(`its ${archive.length} bytes have no end, as those of a cut file have none`)

  function checkedPath(path: string): string {
    if (/^\/|(^|\/)\.\.(\/|$)/.test(path))
      throw new AppError(
        code,
        `${shortName(path)} of the ${what} names a place outside of it. Do not trust its source.`,
      )
    return path
  }
}

function text(header: Uint8Array, [from, to]: readonly [number, number]): string {
  return new TextDecoder().decode(header.subarray(from, to)).replace(/\0[^]*$/, '')
}

/** NaN for what is no number; sizes of 8 GiB and more are written otherwise and are none. */
function octal(header: Uint8Array, at: readonly [number, number]): number {
  const digits = text(header, at).trim()
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN
}

/** Sum of all bytes, those of the sum itself taken as blanks. */
function checksum(header: Uint8Array): number {
  const [from, to] = field.sum
  return header.reduce((sum, byte, i) => sum + (i >= from && i < to ? 32 : byte), 0)
}

function shortPath(header: Uint8Array): string {
  const [prefix, name] = [text(header, field.prefix), text(header, field.name)]
  // GNU's own form has numbers in place of a prefix, and a blank behind the magic.
  return prefix && header[magicAt + magic.length] === 0 ? `${prefix}/${name}` : name
}

/** Lines "length key=value" of a pax header, the length that of the whole line. */
function pathOfPax(body: Uint8Array): string | null {
  const decoder = new TextDecoder()
  let path: string | null = null
  for (let at = 0; at < body.length;) {
    const [, digits] = /^(\d+) /.exec(decoder.decode(body.subarray(at, at + 20))) ?? []
    if (!digits) return path
    const line = decoder.decode(body.subarray(at + digits.length + 1, at + Number(digits) - 1))
    if (line.startsWith('path=')) path = line.slice('path='.length)
    at += Math.max(1, Number(digits))
  }
  return path
}
