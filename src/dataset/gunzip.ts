import { AppError } from '../errors.ts'

/**
 * Unpacks a gzip file into pieces.
 *
 * @param cap  most bytes that may come out: a megabyte of input can claim a gigabyte
 * @throws AppError 'data/corrupt' for a damaged or truncated stream, 'data/unsupported' beyond the cap, with both numbers
 */
export async function gunzip(
  bytes: Uint8Array,
  cap: number,
): Promise<{ pieces: Uint8Array[]; length: number }> {
  const stream = new DecompressionStream('gzip')
  const writer = stream.writable.getWriter()
  // A fault of the stream is thrown by the reader as well.
  writer.write(Uint8Array.from(bytes)).catch(() => undefined)
  writer.close().catch(() => undefined)
  const reader = stream.readable.getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  for (;;) {
    let step: ReadableStreamReadResult<Uint8Array>
    try {
      step = await reader.read()
    } catch (error) {
      throw new AppError(
        'data/corrupt',
        `the gzip stream is damaged or cut short after ${length} unpacked bytes (${error instanceof Error ? error.message : String(error)}). Save or download the file again.`,
      )
    }
    if (step.done) return { pieces, length }
    length += step.value.length
    if (length > cap) {
      void reader.cancel()
      throw new AppError(
        'data/unsupported',
        `its ${bytes.length} bytes unpack to more than ${cap}, the most that is read. Split the file.`,
        { bytes: bytes.length, cap },
      )
    }
    pieces.push(step.value)
  }
}
