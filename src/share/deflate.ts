import { AppError } from '../errors.ts'
import { deflateBytes, inflateBytes } from '../numerics/deflate.ts'

export const deflateText = (text: string): Promise<Uint8Array> => deflateBytes(new TextEncoder().encode(text))

/**
 * @param cap  most bytes that may come out; a few kilobytes of input can claim hundreds of megabytes
 * @throws AppError 'share/invalid' if the bytes are no deflate stream, no UTF-8, or inflate beyond the cap
 */
export async function inflateText(bytes: Uint8Array<ArrayBuffer>, cap: number): Promise<string> {
  let inflated: Uint8Array | undefined
  try {
    inflated = await inflateBytes(bytes, cap)
    if (inflated) return new TextDecoder('utf-8', { fatal: true }).decode(inflated)
  } catch (cause) {
    throw new AppError(
      'share/invalid',
      `The packed part of the link (${bytes.length} bytes) cannot be unpacked: ${AppError.from(cause).message}. Copy the link again from its source.`,
    )
  }
  throw new AppError(
    'share/invalid',
    `The packed part of the link (${bytes.length} bytes) unpacks to more than ${cap} bytes, more than any link of this app holds. Do not trust its source.`,
    { bytes: bytes.length, cap },
  )
}
