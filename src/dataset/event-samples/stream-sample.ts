import { sha256Hex } from '../../numerics/sha256.ts'
import { isStale, staleError } from '../array-checks.ts'
import { besideUrl, httpError, type HttpOptions } from '../http.ts'
import { RangeSource } from '../range-source.ts'
import { sniffFormat } from '../sniff.ts'
import { readBlock } from './read-block.ts'
import type { SampleEvents } from './sample-events.ts'
import type { SampleManifest } from './sample-manifest.ts'

/**
 * Events of a sample as they arrive over HTTP range requests, block by block in their order, each checked by its SHA-256
 * before it is handed out. A block that does not match (an old file kept by a cache) is fetched once more past the caches.
 *
 * @throws AppError 'data/corrupt', 'data/not-found', 'data/unsupported', 'job/cancelled'
 */
export async function* streamSample(
  manifest: SampleManifest,
  manifestUrl: string,
  options: HttpOptions = {},
): AsyncGenerator<SampleEvents, void, undefined> {
  const { file, bytes, blocks } = manifest
  const url = besideUrl(manifestUrl, file)
  const checkStart = (first: Uint8Array): void => {
    const format = sniffFormat(first)
    if (format === 'html') throw httpError('web-page', url)
    if (format !== 'gzip') throw staleError(manifest, 'its beginning', 'gzip', format)
  }
  const wrongLength = (found: number | string) => staleError(manifest, 'its length in bytes', bytes, found)
  const source = new RangeSource({ url, bytes, checkStart, wrongLength }, options)

  async function packed(block: number, start: number): Promise<Uint8Array> {
    const { bytes: length, sha256 } = blocks[block]
    for (;;) {
      const { generation } = source
      try {
        const found = await source.bytes(start, start + length)
        const hash = await sha256Hex(found)
        if (hash !== sha256) throw staleError(manifest, `the SHA-256 of block ${block}`, sha256, hash)
        return found
      } catch (error) {
        if (!isStale(error) || !source.refresh(generation)) throw error
      }
    }
  }

  try {
    let start = 0
    for (let block = 0; block < blocks.length; block++) {
      yield await readBlock(manifest, block, await packed(block, start))
      start += blocks[block].bytes
    }
  } finally {
    source.close()
  }
}
