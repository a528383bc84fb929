import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSample } from '../../dataset/event-samples/load-sample.ts'
import { packEvents } from '../../dataset/event-samples/pack-events.ts'
import { readBlock } from '../../dataset/event-samples/read-block.ts'
import type { SampleEvents } from '../../dataset/event-samples/sample-events.ts'
import { eventsPerSampleBlock, sampleSet } from '../../generator/samples/sample-set.ts'
import { sha256Hex } from '../../numerics/sha256.ts'
import { asSampleEvents, drawBlocks } from './make-sample.ts'
import { seedOf } from './part-options.ts'
import { openPartStream } from './part-stream.ts'

/** Events of each sample that are made again. */
export const checkedEvents = eventsPerSampleBlock / 2

/** How a sample differs from what the code makes, undefined where it does not. */
export async function sampleDifference(id: string, folder: string): Promise<string | undefined> {
  const path = join(folder, `${id}.json`)
  if (!existsSync(path)) return 'not there'
  const manifest = parseSample(await readFile(path), path)
  const file = await readFile(join(folder, manifest.file))
  if (file.length !== manifest.bytes) return `${file.length} bytes instead of ${manifest.bytes}`
  let at = 0
  for (const [b, { bytes, sha256 }] of manifest.blocks.entries()) {
    const hash = await sha256Hex(file.subarray(at, at + bytes))
    if (hash !== sha256) return `another hash of block ${b}`
    at += bytes
  }
  const { parts, selection } = sampleSet[id]
  const first = await readBlock(manifest, 0, file.subarray(0, manifest.blocks[0].bytes))
  const step = () => Promise.resolve()
  for (const [part, { model, share }] of parts.entries()) {
    const shipped = eventsOf(first, part)
    const count = Math.min(shipped.length, Math.ceil((share * checkedEvents) / eventsPerSampleBlock))
    const stream = await openPartStream(model, selection, { seed: seedOf(id), workers: 1 }, { step })
    try {
      const [block] = await drawBlocks([stream], [eventsPerSampleBlock], count, step)
      const made = asSampleEvents(block, [1])
      const same = shipped.slice(0, count).every((i, k) => digest(first, i) === digest(made, k))
      if (!same) return `process ${part + 1} of ${parts.length}`
    } finally {
      await stream.close()
    }
  }
  return undefined
}

const eventsOf = ({ part }: SampleEvents, own: number): number[] =>
  Array.from(part.keys()).filter((i) => part[i] === own)

/** One event as its file has it, without its weight, which depends on all others. */
function digest(events: SampleEvents, i: number): string {
  const [from, to] = [events.first[i], events.first[i + 1]]
  const one: SampleEvents = {
    events: 1,
    first: Uint32Array.of(0, to - from),
    weight: Float32Array.of(1),
    part: Uint8Array.of(0),
    met: events.met.slice(i, i + 1),
    metPhi: events.metPhi.slice(i, i + 1),
    types: events.types.slice(from, to),
    pt: events.pt.slice(from, to),
    eta: events.eta.slice(from, to),
    phi: events.phi.slice(from, to),
  }
  return Buffer.from(packEvents(one)).toString('base64')
}
