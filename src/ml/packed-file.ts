import { AppError } from '../errors.ts'
import { openSealed, sealBytes } from '../numerics/sealed-bytes.ts'

/**
 * A header and float32 arrays as one self-contained byte array, little-endian; the format is sealBytes()'s.
 *
 * @param magic  ends with a line feed
 */
export function packFile(
  magic: string,
  header: unknown,
  arrays: readonly Float32Array[],
): Promise<Uint8Array<ArrayBuffer>> {
  return sealBytes(magic, header, arrays.map(littleEndian))
}

function littleEndian(array: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(array.byteLength))
  array.forEach((value, i) => view.setFloat32(4 * i, value, true))
  return new Uint8Array(view.buffer)
}

/**
 * @returns the header, which is still to be checked, and all numbers after it
 * @throws  AppError 'model/corrupt' where bytes are missing, altered or of another format
 */
export async function unpackFile(
  magic: string,
  bytes: Uint8Array,
): Promise<{ header: unknown; numbers: Float32Array }> {
  const cure = 'Load it again or train anew.'
  const { header, body } = await openSealed(magic, bytes, { code: 'model/corrupt', cure })
  if (body.length % 4 !== 0)
    throw new AppError(
      'model/corrupt',
      `The file is damaged: ${body.length} bytes of numbers are no multiple of 4. ${cure}`,
      { bytes: bytes.length },
    )
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const numbers = new Float32Array(body.length / 4)
  for (let i = 0; i < numbers.length; i++) numbers[i] = view.getFloat32(4 * i, true)
  return { header, numbers }
}
