import { AppError } from '../errors.ts'
import { sha256Hex } from '../numerics/sha256.ts'

const hashLength = 64

/**
 * One self-contained byte array: a line naming the format, the sha256 of all that follows in hexadecimal, the length
 * of the header, the header as JSON, then float32 arrays. A torn write is recognised by its hash.
 *
 * @param magic  ends with a line feed
 */
export async function packFile(
  magic: string,
  header: unknown,
  arrays: readonly Float32Array[],
): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder().encode(JSON.stringify(header))
  const bodyStart = magic.length + hashLength
  const size = arrays.reduce((sum, array) => sum + array.byteLength, bodyStart + 4 + text.length)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(bodyStart, text.length, true)
  bytes.set(text, bodyStart + 4)
  let at = bodyStart + 4 + text.length
  for (const array of arrays)
    for (let i = 0; i < array.length; i++, at += 4) view.setFloat32(at, array[i], true)
  bytes.set(new TextEncoder().encode(magic + (await sha256Hex(bytes.subarray(bodyStart)))))
  return bytes
}

/**
 * @returns the header, which is still to be checked, and all numbers after it
 * @throws  AppError 'model/corrupt' where bytes are missing, altered or of another format
 */
export async function unpackFile(
  magic: string,
  bytes: Uint8Array,
): Promise<{ header: unknown; numbers: Float32Array }> {
  const corrupt = (what: string): AppError =>
    new AppError('model/corrupt', `The file is damaged: ${what}. Load it again or train anew.`, {
      bytes: bytes.length,
    })
  const bodyStart = magic.length + hashLength
  const text = new TextDecoder()
  if (bytes.length < bodyStart + 4 || text.decode(bytes.subarray(0, magic.length)) !== magic)
    throw corrupt(`${bytes.length} bytes that do not begin with "${magic.trim()}"`)
  const named = text.decode(bytes.subarray(magic.length, bodyStart))
  const actual = await sha256Hex(bytes.slice(bodyStart))
  if (named !== actual)
    throw corrupt(`its sha256 is ${actual.slice(0, 12)}…, it names ${named.slice(0, 12)}…`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = bodyStart + 4 + view.getUint32(bodyStart, true)
  if (start > bytes.length || (bytes.length - start) % 4 !== 0)
    throw corrupt(`a header that ends at byte ${start} of ${bytes.length}`)
  const numbers = new Float32Array((bytes.length - start) / 4)
  for (let i = 0; i < numbers.length; i++) numbers[i] = view.getFloat32(start + 4 * i, true)
  try {
    const header: unknown = JSON.parse(text.decode(bytes.subarray(bodyStart + 4, start)))
    return { header, numbers }
  } catch {
    throw corrupt('its header is not JSON')
  }
}
