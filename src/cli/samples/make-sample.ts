import { gzipSync } from 'node:zlib'
import { packEvents } from '../../dataset/event-samples/pack-events.ts'
import {
  emptySampleEvents,
  sampleObjects,
  type SampleEvents,
} from '../../dataset/event-samples/sample-events.ts'
import type { SampleManifest } from '../../dataset/event-samples/sample-manifest.ts'
import { eventsPerSampleBlock, type SampleDefinition } from '../../generator/samples/sample-set.ts'
import { sha256Hex } from '../../numerics/sha256.ts'
import { product } from '../../product.ts'
import type { ResumableRun } from '../resumable-run.ts'
import { partArguments, seedOf } from './part-options.ts'
import { openPartStream, type PartStream, type SelectedEvent } from './part-stream.ts'

/** Named wherever a sample is shown; what each is stands in docs/physics.md. */
const approximations = [
  'leading order, one hard process and a shower',
  'no hadrons, no underlying event, no pile-up',
  'parametrised detector, true missing momentum',
  'gluinos and vector mediators decay without the spin of their production',
]

export interface MadeSample {
  manifest: SampleManifest
  file: Uint8Array
}

/** Events of one block as they are drawn, and the process of each. */
type DrawnBlock = { part: number; drawn: SelectedEvent }[]

/**
 * The first blocks of a sample as they are drawn: in each, every process has its share, one behind the other.
 *
 * @param events  of all blocks; the last one may be short
 */
export async function drawBlocks(
  streams: readonly PartStream[],
  shares: readonly number[],
  events: number,
  done: (events: number) => Promise<void>,
): Promise<DrawnBlock[]> {
  const blocks: DrawnBlock[] = []
  for (let before = 0; before < events; before += eventsPerSampleBlock) {
    const size = Math.min(eventsPerSampleBlock, events - before)
    const block: DrawnBlock = []
    for (const [part, stream] of streams.entries()) {
      const count = Math.round((shares[part] * size) / eventsPerSampleBlock)
      for (const drawn of await stream.take(count)) block.push({ part, drawn })
      await done(before + block.length)
    }
    blocks.push(block)
  }
  return blocks
}

/** Makes all of a sample's events and packs them. @param seed  of the events; shipped samples have one of their own */
export async function makeSample(
  id: string,
  { title, events, selection, parts }: SampleDefinition,
  workers: number,
  run: Pick<ResumableRun, 'step'>,
  seed = seedOf(id),
): Promise<MadeSample> {
  const streams: PartStream[] = []
  try {
    for (const { model } of parts)
      streams.push(await openPartStream(model, selection, { seed, workers }, run))
    const blocks = await drawBlocks(
      streams,
      parts.map(({ share }) => share),
      events,
      (done) => run.step({ done, total: events, unit: 'event' }),
    )
    const tallies = streams.map(({ tally }) => tally)
    const sigma = tallies.map(({ sum, trials }) => sum / trials)
    const visible = tallies.map(({ selectedWeights, weights }, k) => (sigma[k] * selectedWeights) / weights)
    const total = visible.reduce((sum, own) => sum + own, 0)
    const factors = tallies.map(({ selectedWeights, selected }, k) => {
      const meanWeight = selectedWeights / selected
      return visible[k] / total / (parts[k].share / eventsPerSampleBlock) / meanWeight
    })
    const packed = blocks.map((block) => gzipped(packEvents(asSampleEvents(block, factors))))
    const file = Buffer.concat(packed)
    const manifest: SampleManifest = {
      ...{ schemaVersion: 1, id, title, sqrtSGeV: 13_000, pdf: streams[0].pdf, seed, selection },
      parts: parts.map(({ model }, k) => ({
        options: quoted(partArguments(model, seed)),
        sigmaPb: sigma[k],
        sigmaErrorPb: Math.sqrt(
          Math.max(0, tallies[k].sum2 / tallies[k].trials - sigma[k] ** 2) / tallies[k].trials,
        ),
        generated: tallies[k].generated,
        selected: tallies[k].selected,
      })),
      ...{ approximations, objects: [...sampleObjects], generator: product, events },
      ...{ file: `${id}.events`, bytes: file.length },
      blocks: await Promise.all(
        packed.map(async (bytes, b) => ({
          ...{ events: blocks[b].length, bytes: bytes.length, sha256: await sha256Hex(bytes) },
        })),
      ),
    }
    return { manifest, file }
  } finally {
    await Promise.all(streams.map((stream) => stream.close()))
  }
}

/** @param factors  by part, from the weight of an event to its weight in the sample */
export function asSampleEvents(block: DrawnBlock, factors: readonly number[]): SampleEvents {
  const objects = block.reduce((sum, { drawn }) => sum + drawn.event.count, 0)
  const out = emptySampleEvents(block.length, objects)
  block.forEach(({ part, drawn: { event, weight } }, i) => {
    const at = out.first[i]
    out.first[i + 1] = at + event.count
    out.weight[i] = factors[part] * weight
    out.part[i] = part
    out.met[i] = event.met
    out.metPhi[i] = event.metPhi
    out.types.set(Uint8Array.from(event.types), at)
    out.pt.set(event.pt, at)
    out.eta.set(event.eta, at)
    out.phi.set(event.phi, at)
  })
  return out
}

/** The same bytes on every system: the header's operating system is "unknown". */
function gzipped(bytes: Uint8Array): Buffer {
  const out = gzipSync(bytes, { level: 9 })
  out[9] = 255
  return out
}

const quoted = (argv: readonly string[]): string =>
  argv.map((word) => (/[\s>;,]/.test(word) ? `"${word}"` : word)).join(' ')
