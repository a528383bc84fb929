/** Writes all bytes and leaves failures to the reading side, where they surface as well. */
function feed(writable: WritableStream<BufferSource>, bytes: Uint8Array<ArrayBuffer>): void {
  const writer = writable.getWriter()
  writer.write(bytes).catch(() => undefined)
  writer.close().catch(() => undefined)
}

/** Reads to the end, or gives up (undefined) as soon as more than `cap` bytes have come out. */
async function readCapped(stream: ReadableStream<Uint8Array>, cap: number): Promise<Uint8Array | undefined> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > cap) {
      // Cancelling stops the inflation; what the abandoned stream still has to say is of no interest.
      reader.cancel().catch(() => undefined)
      return undefined
    }
    chunks.push(value)
  }
  const all = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    all.set(chunk, offset)
    offset += chunk.length
  }
  return all
}

export async function deflateBytes(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new CompressionStream('deflate-raw')
  feed(stream.writable, bytes)
  return (await readCapped(stream.readable, Number.POSITIVE_INFINITY)) ?? new Uint8Array(0)
}

/**
 * @param format  'gzip' for a stream with its header, of one member
 * @returns undefined as soon as more than `cap` bytes have come out
 * @throws  TypeError where the bytes are no such stream
 */
export function inflateBytes(
  bytes: Uint8Array<ArrayBuffer>,
  cap: number,
  format: 'deflate-raw' | 'gzip' = 'deflate-raw',
): Promise<Uint8Array | undefined> {
  const stream = new DecompressionStream(format)
  feed(stream.writable, bytes)
  return readCapped(stream.readable, cap)
}
