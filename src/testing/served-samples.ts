import { gzipSync } from 'node:zlib'
import { packEvents } from '../dataset/event-samples/pack-events.ts'
import { sampleObjects, type SampleEvents } from '../dataset/event-samples/sample-events.ts'
import type { SampleManifest } from '../dataset/event-samples/sample-manifest.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import { fakeServer, partOf, wholeOf, type FakeServer } from './fake-server.ts'

/** Samples of events on a server, each of one block. @param processes  of its parts, as `generate` takes them */
export async function servedSamples(
  samples: Readonly<Record<string, { sample: SampleEvents; processes?: readonly string[] }>>,
): Promise<FakeServer & { addresses: { id: string; manifestUrl: string }[] }> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const [id, { sample, processes = ['p p > x'] }] of Object.entries(samples)) {
    const packed = Uint8Array.from(gzipSync(packEvents(sample)))
    const block = { events: sample.events, bytes: packed.length, sha256: await sha256Hex(packed) }
    const manifest: SampleManifest = {
      ...{ schemaVersion: 1, id, title: id, sqrtSGeV: 13_000, pdf: 'none', seed: 1, generator: 'tests' },
      selection: { met: 0, jets: { count: 0, pt: 0, absEta: 0 } },
      parts: processes.map((process) => ({
        ...{ options: `--process "${process}"`, sigmaPb: 1, sigmaErrorPb: 0 },
        ...{ generated: sample.events, selected: sample.events },
      })),
      ...{ approximations: [], objects: [...sampleObjects], events: sample.events },
      ...{ file: `${id}.events`, bytes: packed.length, blocks: [block] },
    }
    files.set(`${id}.json`, Uint8Array.from(new TextEncoder().encode(JSON.stringify(manifest))))
    files.set(`${id}.events`, packed)
  }
  const server = fakeServer((request) => {
    const name = request.url.split('/').at(-1) ?? ''
    const file = files.get(name)
    if (!file) return new Response('', { status: 404 })
    return name.endsWith('.json') ? wholeOf(file) : partOf(file, request)
  })
  return {
    ...server,
    addresses: Object.keys(samples).map((id) => ({ id, manifestUrl: `https://samples.test/${id}.json` })),
  }
}
