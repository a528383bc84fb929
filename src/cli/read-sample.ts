import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSample } from '../dataset/event-samples/load-sample.ts'
import { readBlock } from '../dataset/event-samples/read-block.ts'
import type { SampleEvents } from '../dataset/event-samples/sample-events.ts'
import type { SampleManifest } from '../dataset/event-samples/sample-manifest.ts'
import { AppError } from '../errors.ts'
import { sha256Hex } from '../numerics/sha256.ts'

/**
 * A sample of a folder, block by block, each checked by its SHA-256.
 *
 * @param most  events after which no further block is read
 * @throws AppError 'data/not-found', 'data/corrupt'
 */
export async function readSample(
  folder: string,
  id: string,
  most = Infinity,
): Promise<{ manifest: SampleManifest; blocks: SampleEvents[] }> {
  const path = join(folder, `${id}.json`)
  const manifest = parseSample(await bytesOf(path), path)
  const file = await bytesOf(join(folder, manifest.file))
  const blocks: SampleEvents[] = []
  let [start, events] = [0, 0]
  for (let b = 0; b < manifest.blocks.length && events < most; b++) {
    const { bytes, sha256 } = manifest.blocks[b]
    const packed = file.subarray(start, start + bytes)
    const found = await sha256Hex(packed)
    if (found !== sha256)
      throw new AppError(
        'data/corrupt',
        `Block ${b} of ${manifest.file} has the SHA-256 ${found.slice(0, 12)}, its manifest says ${sha256.slice(0, 12)}. Make or fetch the sample again.`,
      )
    const block = await readBlock(manifest, b, packed)
    blocks.push(block)
    start += bytes
    events += block.events
  }
  return { manifest, blocks }
}

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path))
  } catch {
    throw new AppError('data/not-found', `There is no sample at ${path}. Name a folder of samples.`)
  }
}
