import { AppError, shortName, type ErrorCode } from '../../errors.ts'
import { crc32OfBytes } from '../crc32.ts'
import { inflateBytes } from '../deflate.ts'
import { centralHeader, deflated, encryptedFlags, endRecord, localHeader, stored } from './zip-format.ts'

/** An entry as the archive's directory has it. */
export interface ZipListing {
  path: string
  method: number
  crc: number
  packedBytes: number
  bytes: number
  /** Of its local header. */
  at: number
}

/** What an archive is, and how much of it may be read. */
export interface ZipTerms {
  code: ErrorCode
  /** As in "The bundle is damaged". */
  what: string
  cure: string
  mostEntries: number
  /** Of all entries together. */
  largestUnpackedBytes: number
  /** Of the archive. */
  largestZipBytes: number
}

function damaged({ code, what, cure }: ZipTerms, how: string): AppError {
  return new AppError(code, `The ${what} is damaged: ${how}. ${cure}`)
}

/** A comment may follow the end of the directory. */
const longestComment = 65_535

function findEnd(view: DataView, terms: ZipTerms): number {
  const first = Math.max(0, view.byteLength - endRecord.bytes - longestComment)
  for (let at = view.byteLength - endRecord.bytes; at >= first; at--)
    if (view.getUint32(at, true) === endRecord.signature) return at
  throw damaged(
    terms,
    `its ${view.byteLength} bytes have no directory of what is in it, as those of a cut file have none`,
  )
}

/**
 * The directory of an archive, all of it checked before anything is unpacked: sizes and number within the limits, every entry within the
 * archive, none over another.
 *
 * @throws AppError with both numbers
 */
export function listZip(archive: Uint8Array, terms: ZipTerms): ZipListing[] {
  const { code, what, mostEntries, largestUnpackedBytes } = terms
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  if (archive.length < endRecord.bytes) throw damaged(terms, `${archive.length} bytes are no archive`)
  const end = findEnd(view, terms)
  const count = view.getUint16(end + 10, true)
  const start = view.getUint32(end + 16, true)
  if (count > mostEntries)
    throw new AppError(
      code,
      `The ${what} says that it holds ${count} files, at most ${mostEntries} are read. Do not trust its source.`,
    )
  const text = new TextDecoder()
  const entries: ZipListing[] = []
  let at = start
  for (let i = 0; i < count; i++) {
    if (at + centralHeader.bytes > end || view.getUint32(at, true) !== centralHeader.signature)
      throw damaged(terms, `its directory says ${count} files and lists ${i}`)
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true))
    const path = text.decode(archive.subarray(at + centralHeader.bytes, at + centralHeader.bytes + name))
    if (/^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)/.test(path))
      throw new AppError(
        code,
        `${shortName(path)} of the ${what} names a place outside of it. Do not trust its source.`,
      )
    if (view.getUint16(at + 8, true) & encryptedFlags)
      throw new AppError(
        code,
        `${shortName(path)} of the ${what} is encrypted. Unpack it and zip it without a password.`,
      )
    entries.push({
      path,
      method: view.getUint16(at + 10, true),
      ...{ crc: view.getUint32(at + 16, true), packedBytes: view.getUint32(at + 20, true) },
      ...{ bytes: view.getUint32(at + 24, true), at: view.getUint32(at + 42, true) },
    })
    at += centralHeader.bytes + name + extra + comment
  }
  checkPlaces(entries, start, terms)
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > largestUnpackedBytes)
    throw new AppError(
      code,
      `The ${what} (${archive.length} bytes) says that it unpacks to ${total} bytes, at most ${largestUnpackedBytes} (256 MiB) are read. Do not trust its source.`,
    )
  return entries
}

/** Entries that share bytes are how a small archive unpacks to terabytes. */
function checkPlaces(entries: readonly ZipListing[], end: number, terms: ZipTerms): void {
  let free = 0
  for (const { path, at, packedBytes } of [...entries].sort((a, b) => a.at - b.at)) {
    const least = at + localHeader.bytes + packedBytes
    if (at < free)
      throw damaged(
        terms,
        `${shortName(path)} begins at byte ${at}, within the file before it, which ends at ${free}`,
      )
    if (least > end) throw damaged(terms, `${shortName(path)} ends at byte ${least}, the files end at ${end}`)
    free = least
  }
}

/**
 * The content of one entry.
 *
 * @throws AppError naming it where it is not what the directory says
 */
export async function readZipEntry(
  archive: Uint8Array<ArrayBuffer>,
  { path, method, crc, packedBytes, bytes, at }: ZipListing,
  terms: ZipTerms,
): Promise<Uint8Array<ArrayBuffer>> {
  const { code, what, cure } = terms
  const name = shortName(path)
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  if (view.getUint32(at, true) !== localHeader.signature)
    throw damaged(terms, `${name} does not begin where its directory says`)
  const nameAt = at + localHeader.bytes
  const local = archive.subarray(nameAt, nameAt + view.getUint16(at + 26, true))
  if (new TextDecoder().decode(local) !== path)
    throw damaged(terms, `${name} has another name where it begins than in the directory`)
  const start = at + localHeader.bytes + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  const body = archive.slice(start, start + packedBytes)
  if (body.length < packedBytes) throw damaged(terms, `${name} has ${body.length} of ${packedBytes} bytes`)
  if (method !== stored && method !== deflated)
    throw new AppError(
      code,
      `${name} of the ${what} is packed by method ${method}; stored and deflated files are read. ${cure}`,
    )
  const content = method === stored ? body : await inflated(body, bytes, name, terms)
  if (content.length !== bytes)
    throw damaged(terms, `${name} unpacks to ${content.length} bytes, its directory says ${bytes}`)
  const sum = crc32OfBytes(content)
  if (sum !== crc)
    throw damaged(terms, `${name} has the checksum ${hex(sum)}, its directory says ${hex(crc)}`)
  return content
}

const hex = (value: number): string => value.toString(16).padStart(8, '0')

/** No more than was said comes out, whatever the stream holds. */
async function inflated(
  body: Uint8Array<ArrayBuffer>,
  bytes: number,
  name: string,
  terms: ZipTerms,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = await inflateBytes(body, bytes).catch((thrown: unknown) => {
    throw damaged(terms, `${name} cannot be unpacked (${AppError.from(thrown).message})`)
  })
  if (content) return content as Uint8Array<ArrayBuffer>
  throw damaged(terms, `${name} unpacks to more than the ${bytes} bytes that its directory says`)
}
