import { AppError } from '../errors.ts'
import { checkHeader, isStale, staleError } from './array-checks.ts'
import { besideUrl, cancelledError, httpError } from './http.ts'
import type { HttpOptions } from './http.ts'
import { loadArray } from './load-array.ts'
import { dataBytes } from './manifest-loader.ts'
import type { ArrayEntry, PreviewEntry } from './manifest.ts'
import { RangeSource } from './range-source.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import { sniffFormat } from './sniff.ts'

/** Some consecutive rows of an array, verified against their hash. */
export interface ArrayChunk<T = Float32Array<ArrayBuffer>> {
  firstRow: number
  rows: number
  data: T // [rows, row length] row-major, memory of its own: may be transferred
}

export interface StreamOptions extends HttpOptions {
  /** Chunk requests under way at the same time. */
  inFlight?: number
}

/**
 * Rows of a large float32 array as they arrive over HTTP range requests, in order, each chunk checked by its
 * SHA-256 before it is handed out. The first chunk brings the `.npy` header, which must agree with the entry.
 * A chunk that does not match (an old file kept by a cache) is fetched once more past the caches.
 *
 * The hash of the whole file is not computed: the chunk hashes cover every number, the header is compared.
 * Ending the loop early, or aborting `signal`, cancels the requests under way.
 *
 * @throws AppError 'data/corrupt', 'data/not-found', 'data/unsupported', 'job/cancelled'
 */
export async function* streamArray(
  entry: ArrayEntry,
  manifestUrl: string,
  options: StreamOptions = {},
): AsyncGenerator<ArrayChunk, void, undefined> {
  if (entry.dtype !== '<f4')
    throw new AppError(
      'data/unsupported',
      `${entry.file} holds ${entry.dtype}, only <f4 arrays are streamed: load it whole, or make the dataset again in float32`,
    )
  if (!entry.chunks) {
    const { data } = await loadArray(entry, manifestUrl, options)
    yield { firstRow: 0, rows: entry.shape[0], data: Float32Array.from(data) }
    return
  }
  for await (const { data, ...place } of streamChunks(entry, manifestUrl, options))
    yield { ...place, data: new Float32Array(data) }
}

/** The same for the packed codes of a preview. */
export async function* streamCodes(
  { array }: PreviewEntry,
  manifestUrl: string,
  options: StreamOptions = {},
): AsyncGenerator<ArrayChunk<Uint8Array<ArrayBuffer>>, void, undefined> {
  for await (const { data, ...place } of streamChunks(array, manifestUrl, options))
    yield { ...place, data: new Uint8Array(data) }
}

/** Verified bytes of the chunks of an entry that has some, in order. */
async function* streamChunks(
  entry: ArrayEntry,
  manifestUrl: string,
  options: StreamOptions,
): AsyncGenerator<ArrayChunk<ArrayBuffer>, void, undefined> {
  const abort = new AbortController()
  const cancel = () => abort.abort()
  if (options.signal?.aborted) cancel()
  options.signal?.addEventListener('abort', cancel, { once: true })
  const reader = new ChunkReader(entry, besideUrl(manifestUrl, entry.file), {
    ...options,
    signal: abort.signal,
  })
  const count = entry.chunks?.sha256.length ?? 0
  const pending: Promise<ArrayChunk<ArrayBuffer>>[] = []
  let next = 0
  const askUpTo = (limit: number) => {
    while (next < count && pending.length < limit) {
      const chunk = reader.read(next++)
      chunk.catch(() => undefined) // told when its turn comes; until then it is not unhandled
      pending.push(chunk)
    }
  }
  try {
    askUpTo(1) // alone: it shows whether the server serves parts at all
    for (let turn = pending.shift(); turn; turn = pending.shift()) {
      const chunk = await turn
      if (abort.signal.aborted) throw cancelledError(entry.file)
      askUpTo(options.inFlight ?? 3) // before handing out, so that the network works while the caller does
      yield chunk
    }
  } finally {
    options.signal?.removeEventListener('abort', cancel)
    abort.abort()
    reader.close()
  }
}

/** Fetches and verifies single chunks. */
class ChunkReader {
  private readonly source: RangeSource
  private readonly headerBytes: number
  private readonly entry: ArrayEntry
  private readonly url: string

  constructor(entry: ArrayEntry, url: string, options: HttpOptions) {
    this.entry = entry
    this.url = url
    this.headerBytes = entry.bytes - dataBytes(entry)
    const checkStart = (first: Uint8Array) => {
      if (sniffFormat(first) === 'html') throw httpError('web-page', url)
      if (sniffFormat(first) !== 'npy')
        throw staleError(entry, 'its beginning', 'a .npy header', sniffFormat(first))
    }
    const wrongLength = (found: number | string) =>
      staleError(entry, 'its length in bytes', entry.bytes, found)
    this.source = new RangeSource({ url, bytes: entry.bytes, checkStart, wrongLength }, options)
  }

  async read(index: number): Promise<ArrayChunk<ArrayBuffer>> {
    for (;;) {
      const generation = this.source.generation
      try {
        return await this.readOnce(index)
      } catch (error) {
        if (!isStale(error) || !this.source.refresh(generation)) throw error
      }
    }
  }

  private async readOnce(index: number): Promise<ArrayChunk<ArrayBuffer>> {
    const { entry, headerBytes, url } = this
    const chunks = entry.chunks as NonNullable<ArrayEntry['chunks']>
    const firstRow = index * chunks.rows
    const rows = Math.min(chunks.rows, entry.shape[0] - firstRow)
    const rowBytes = dataBytes(entry) / entry.shape[0]
    const start = headerBytes + firstRow * rowBytes
    let bytes = await this.source.bytes(index === 0 ? 0 : start, start + rows * rowBytes)
    if (index === 0) {
      checkHeader(entry, url, bytes)
      bytes = bytes.slice(headerBytes)
    }
    const hash = await sha256Hex(bytes)
    if (hash !== chunks.sha256[index])
      throw staleError(
        entry,
        `the SHA-256 of rows ${firstRow} to ${firstRow + rows - 1}`,
        chunks.sha256[index],
        hash,
      )
    return { firstRow, rows, data: bytes.buffer }
  }

  close(): void {
    this.source.close()
  }
}
