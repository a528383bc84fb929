import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { sha256Hex } from '../../numerics/sha256.ts'
import { fakeServer, partOf, wholeOf } from '../../testing/fake-server.ts'
import { azimuthCode, etaCode, momentumCode } from './event-codes.ts'
import { parseSample } from './load-sample.ts'
import { packEvents, unpackEvents } from './pack-events.ts'
import { emptySampleEvents, sampleObjects, type SampleEvents } from './sample-events.ts'
import type { SampleManifest } from './sample-manifest.ts'
import { streamSample } from './stream-sample.ts'

function someEvents(seed: number, counts: readonly number[]): SampleEvents {
  const rng = createRng(seed)
  const events = emptySampleEvents(
    counts.length,
    counts.reduce((sum, count) => sum + count, 0),
  )
  counts.forEach((count, i) => (events.first[i + 1] = events.first[i] + count))
  for (let i = 0; i < counts.length; i++) {
    events.weight[i] = 0.5 + rng.uniform()
    events.part[i] = rng.integer(2)
    events.met[i] = 2000 * rng.uniform() ** 3
    events.metPhi[i] = Math.PI * (2 * rng.uniform() - 1)
  }
  for (let k = 0; k < events.types.length; k++) {
    events.types[k] = rng.integer(sampleObjects.length)
    events.pt[k] = 15 + 3000 * rng.uniform() ** 4
    events.eta[k] = 5.6 * rng.uniform() - 2.8
    events.phi[k] = Math.PI * (2 * rng.uniform() - 1)
  }
  return events
}

describe('codes', () => {
  it('are off by no more than they say, and the same once more', () => {
    const rng = createRng(3)
    const worst = { momentum: 0, eta: 0, phi: 0 }
    const changed: number[][] = []
    for (let i = 0; i < 20_000; i++) {
      const momentum = 13_000 * rng.uniform() ** 6
      const eta = 10 * rng.uniform() - 5
      const phi = Math.PI * (2 * rng.uniform() - 1)
      const codes = [momentumCode.of(momentum), etaCode.of(eta), azimuthCode.of(phi)]
      const values = [momentumCode.value(codes[0]), etaCode.value(codes[1]), azimuthCode.value(codes[2])]
      worst.momentum = Math.max(worst.momentum, Math.abs(values[0] - momentum) / (momentum + 1))
      worst.eta = Math.max(worst.eta, Math.abs(values[1] - eta))
      worst.phi = Math.max(worst.phi, Math.abs(Math.sin((values[2] - phi) / 2)))
      const [p, e, a] = values.map(Math.fround)
      const again = [momentumCode.of(p), etaCode.of(e), azimuthCode.of(a)]
      if (again.some((code, k) => code !== codes[k])) changed.push([momentum, eta, phi])
    }
    expect(worst.momentum).toBeLessThan(7.3e-5)
    expect(worst.eta).toBeLessThan(7.7e-5)
    expect(worst.phi).toBeLessThan(2.4e-5)
    expect(changed).toEqual([])
    expect([momentumCode.value(momentumCode.of(0)), azimuthCode.value(azimuthCode.of(-Math.PI))]).toEqual([
      0,
      Math.PI,
    ])
  })
})

describe('packed events', () => {
  it('come back, once with errors of their codes, then to the byte', () => {
    const events = someEvents(1, [3, 0, 11, 1, 6, 0])
    const packed = packEvents(events)
    const back = unpackEvents(packed)
    expect([back.first, back.types, back.part, back.weight]).toEqual([
      events.first,
      events.types,
      events.part,
      events.weight,
    ])
    back.pt.forEach((pt, k) => expect(Math.abs(pt / events.pt[k] - 1)).toBeLessThan(8e-5))
    back.met.forEach((met, i) =>
      expect(Math.abs(met - events.met[i])).toBeLessThan(8e-5 * (events.met[i] + 1)),
    )
    expect(packEvents(back)).toEqual(packed)
    // 10 bytes an event, 6.5 an object.
    expect(packed.length).toBe(8 + 6 * 10 + 11 + 21 * 6)
  })

  it.each([
    ['cut short', (bytes: Uint8Array) => bytes.subarray(0, -1), /events with .* objects have/],
    ['empty', (bytes: Uint8Array) => bytes.subarray(0, 3), /3 bytes, its head alone has 8/],
    ['other counts', (bytes: Uint8Array) => bytes.with(8, bytes[8] + 1), /objects, its events have/],
    [
      'unknown object',
      (bytes: Uint8Array) => bytes.fill(255, 8 + 6 * 10, 8 + 6 * 10 + 1),
      /object of type 15/,
    ],
  ])('%s: refused', (_, damage, message) => {
    const packed = packEvents(someEvents(1, [3, 0, 11, 1, 6, 0]))
    expect(() => unpackEvents(damage(packed))).toThrow(message)
  })
})

async function sampleOf(
  blocks: readonly SampleEvents[],
): Promise<{ manifest: SampleManifest; file: Uint8Array }> {
  const packed = blocks.map((block) => gzipSync(packEvents(block)))
  const file = Buffer.concat(packed)
  const part = { options: '--process "p p > Z j"', sigmaPb: 1, sigmaErrorPb: 0.1, generated: 9, selected: 9 }
  const manifest: SampleManifest = {
    ...{ schemaVersion: 1, id: 'test', title: 'a test', sqrtSGeV: 13_000, pdf: 'none', seed: 1 },
    ...{ selection: { met: 0, jets: { count: 0, pt: 20, absEta: 2.8 } }, parts: [part, part] },
    ...{ approximations: [], objects: [...sampleObjects], generator: 'test', file: 'test.events' },
    events: blocks.reduce((sum, { events }) => sum + events, 0),
    bytes: file.length,
    blocks: await Promise.all(
      packed.map(async (bytes, b) => ({
        ...{ events: blocks[b].events, bytes: bytes.length, sha256: await sha256Hex(bytes) },
      })),
    ),
  }
  return { manifest, file }
}

const url = 'https://x/samples/test.json'
const asBytes = (manifest: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(manifest))

describe('samples', () => {
  it('stream block by block', async () => {
    const blocks = [someEvents(1, [3, 0, 11]), someEvents(2, [5])]
    const { manifest, file } = await sampleOf(blocks)
    const parsed = parseSample(asBytes(manifest), url)
    for (const answer of [partOf, wholeOf]) {
      const server = fakeServer((request) => (answer === partOf ? partOf(file, request) : wholeOf(file)))
      const come: SampleEvents[] = []
      for await (const block of streamSample(parsed, url, server)) come.push(block)
      expect(come.map(packEvents)).toEqual(blocks.map(packEvents))
      expect(server.requests[0]).toMatchObject({ url: 'https://x/samples/test.events' })
    }
  })

  it('another file under the name is told', async () => {
    const { manifest, file } = await sampleOf([someEvents(1, [3, 0, 11])])
    const other = Uint8Array.from(file)
    other[file.length - 1] ^= 1
    const server = fakeServer((request) => partOf(other, request))
    await expect(streamSample(manifest, url, server).next()).rejects.toThrow(
      /test\.events does not belong to its manifest: the SHA-256 of block 0/,
    )
    // Once more past the caches before it is given up.
    expect(server.requests.map(({ cache }) => cache)).toContain('reload')
    // A copy that a cache kept heals.
    const healing = fakeServer((request) => partOf(request.cache === 'reload' ? file : other, request))
    expect((await streamSample(manifest, url, healing).next()).value?.events).toBe(3)
  })

  it.each([
    [{ events: 4 }, /its blocks have 3 events, it says 4/],
    [{ bytes: 7 }, /its file 7/],
    [{ schemaVersion: 2 }, /has schema version 2, this app reads up to 1/],
    [{ objects: ['j'] }, /objects/],
  ])('a manifest with %o is refused', async (change, message) => {
    const { manifest } = await sampleOf([someEvents(1, [3, 0, 11])])
    expect(() => parseSample(asBytes({ ...manifest, ...change }), url)).toThrow(message)
  })
})
