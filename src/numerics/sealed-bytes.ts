import { AppError, type ErrorCode } from '../errors.ts'
import { sha256Hex } from './sha256.ts'

const hashLength = 64

/**
 * One self-contained byte array: a line naming the format, the sha256 of all that follows in hexadecimal, the length
 * of the header, the header as JSON, then the body. A torn write and a flipped bit are recognised by the hash.
 *
 * @param magic  ends with a line feed
 * @param body   pieces, one after the other
 */
export async function sealBytes(
  magic: string,
  header: unknown,
  body: readonly Uint8Array[],
): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder().encode(JSON.stringify(header))
  const start = magic.length + hashLength
  const bytes = new Uint8Array(body.reduce((sum, piece) => sum + piece.length, start + 4 + text.length))
  new DataView(bytes.buffer).setUint32(start, text.length, true)
  bytes.set(text, start + 4)
  let at = start + 4 + text.length
  for (const piece of body) {
    bytes.set(piece, at)
    at += piece.length
  }
  bytes.set(new TextEncoder().encode(magic + (await sha256Hex(bytes.subarray(start)))))
  return bytes
}

/**
 * @param code  of the failure
 * @param cure  what to do about it, a sentence
 * @returns     the header, which is still to be checked, and the body
 * @throws      AppError where bytes are missing, altered or of another format
 */
export async function openSealed(
  magic: string,
  bytes: Uint8Array,
  { code, cure }: { code: ErrorCode; cure: string },
): Promise<{ header: unknown; body: Uint8Array }> {
  const corrupt = (what: string): AppError =>
    new AppError(code, `The file is damaged: ${what}. ${cure}`, { bytes: bytes.length })
  const start = magic.length + hashLength
  const text = new TextDecoder()
  if (bytes.length < start + 4 || text.decode(bytes.subarray(0, magic.length)) !== magic)
    throw corrupt(`${bytes.length} bytes that do not begin with "${magic.trim()}"`)
  const named = text.decode(bytes.subarray(magic.length, start))
  const actual = await sha256Hex(bytes.slice(start))
  if (named !== actual)
    throw corrupt(`its sha256 is ${actual.slice(0, 12)}…, it names ${named.slice(0, 12)}…`)
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(start, true)
  const end = start + 4 + length
  if (end > bytes.length) throw corrupt(`a header that ends at byte ${end} of ${bytes.length}`)
  try {
    const header: unknown = JSON.parse(text.decode(bytes.subarray(start + 4, end)))
    return { header, body: bytes.subarray(end) }
  } catch {
    throw corrupt('its header is not JSON')
  }
}
