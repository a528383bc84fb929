import { gzipSync } from 'node:zlib'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { expect, it } from 'vitest'
import type { EventContent } from '../../../../cli/generate/event-content.ts'
import { parquetColumns, parquetSchema } from '../../../../cli/generate/parquet-columns.ts'
import {
  eventLine,
  parseEventLine,
  type DarkMachinesEvent,
} from '../../../../dataset/dark-machines/event-line.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { sharedEvents } from '../../../../testing/shared-cases.ts'
import { eventFeatureNames, featuresPerEvent } from '../features/event-features.ts'
import { modelFromFile } from './model-from-file.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Lines of the challenge: two jets and an electron, every second one soft. */
function lines(count: number, weight: (i: number) => number = () => 1): string {
  const rng = createRng(2)
  return Array.from({ length: count }, (_, i) => {
    const hard = i % 2 === 0 ? 400 : 60
    const pt = [hard + 100 * rng.uniform(), hard, 40]
    const phi = [3, -2.5, 0]
    const kinematics = { types: [0, 1, 2], energy: pt, pt, eta: [0.1, -0.4, 1], phi }
    return eventLine(i + 1, 'toy', weight(i), { ...kinematics, count: 3, met: 1.5 * hard, metPhi: 0.2 })
  }).join('')
}

it('reads lines of the challenge, packed or not, with what is wrong told', async () => {
  const text = `${lines(10)}no event\n`
  const plain = await modelFromFile('Some Signal.csv', bytesOf(text))
  expect(plain).toMatchObject({ kind: 'dark-machines', read: 10, passed: 10, badLines: 1 })
  expect(plain.firstBad).toMatch(/^line 11 /)
  expect(plain.model).toMatchObject({ id: 'some-signal', title: 'Some Signal', events: 10 })
  const [met, ht, jets, bJets, pt1, , dphi1] = plain.model.features
  expect([met, jets, bJets]).toEqual([600, 2, 1])
  expect(ht).toBeCloseTo(pt1 + 400, 2)
  expect(dphi1).toBeCloseTo(2.8, 4)
  const packed = await modelFromFile('Some Signal.csv.gz', new Uint8Array(gzipSync(text)))
  expect(packed.model).toEqual(plain.model)
})

it('keeps what passes a channel, and says where nothing does', async () => {
  const bytes = bytesOf(lines(10))
  const passed = await modelFromFile('a.csv', bytes, { channel: '3' })
  expect(passed).toMatchObject({ read: 10, passed: 5 })
  expect(passed.model.events).toBe(5)
  await expect(modelFromFile('a.csv', bytes, { channel: '2a' })).rejects.toThrow(
    /a\.csv.*none of 10 events passes channel 2a/,
  )
})

it('draws events by their weights', async () => {
  const bytes = bytesOf(lines(2000, (i) => (i % 2 === 0 ? 1 : 0.25)))
  const { model } = await modelFromFile('a.csv', bytes)
  // 1000 of weight 1 and a quarter of 1000: binomial, 14 events.
  expect(Math.abs(model.events - 1250)).toBeLessThan(5 * 14)
  expect(await modelFromFile('a.csv', bytes)).toEqual(await modelFromFile('a.csv', bytes))
})

const particle = (id: number, status: number, px: number, py: number, pz: number) =>
  `${id} ${status} 0 0 0 0 ${px} ${py} ${pz} ${Math.hypot(px, py, pz)} 0. 0. 9.`
const lhe = (...particles: string[]) =>
  `<LesHouchesEvents version="3.0">\n<init>\n2212 2212 6500. 6500. 0 0 0 0 -4 1\n1. 1. 1. 1\n</init>\n<event>\n ${particles.length} 1 1. 91. .007 .12\n${particles.join('\n')}\n</event>\n</LesHouchesEvents>\n`

it('takes partons of a Les Houches file for jets, and what is not seen for MET', async () => {
  const beams = [particle(2, -1, 0, 0, 400), particle(21, -1, 0, 0, -400)]
  const text = lhe(
    ...beams,
    particle(21, 1, 300, 0, 50),
    particle(52, 1, -200, 10, 0),
    particle(-52, 1, -100, -10, 0),
  )
  const { model, kind } = await modelFromFile('run/events.lhe', bytesOf(text))
  expect(kind).toBe('lhe')
  expect(model.id).toBe('events')
  const [met, ht, jets, , pt1, eta1, dphi1] = model.features
  expect([met, ht, jets, pt1]).toEqual([300, 300, 1, 300])
  expect(eta1).toBeCloseTo(Math.asinh(1 / 6), 5)
  expect(dphi1).toBeCloseTo(Math.PI, 5)
  const undecayed = lhe(...beams, particle(1_000_021, 1, 300, 0, 0), particle(1_000_021, 1, -300, 0, 0))
  await expect(modelFromFile('go.lhe', bytesOf(undecayed))).rejects.toThrow(/go\.lhe.*1000021 at its end/)
})

it('reads tables of features by the names of their columns', async () => {
  const ids = eventFeatureNames.map(({ id }) => id)
  const row = ids.map((_, k) => k + 1)
  const turned = [...ids].reverse()
  const text = `${turned.join(',')}\n${[...row].reverse().join(',')}\n${[...row].reverse().join(',')}\n`
  const { model, kind } = await modelFromFile('mine.csv', bytesOf(text))
  expect([kind, model.events]).toEqual(['features', 2])
  expect([...model.features.subarray(0, featuresPerEvent)]).toEqual(row)
  await expect(modelFromFile('mine.csv', bytesOf('met,ht\n1,2\n'))).rejects.toMatchObject({
    code: 'data/mismatch',
  })
  await expect(modelFromFile('mine.csv', bytesOf(text), { channel: '1' })).rejects.toThrow(/has no objects/)
})

/** A Parquet file as `generate --format parquet` writes it. */
function parquetOf(content: 'objects' | 'particles', block: object): Uint8Array {
  const writer = new ByteWriter()
  const file = new ParquetWriter({ writer, schema: parquetSchema(content), statistics: false })
  file.write({ columnData: parquetColumns([block as EventContent], 0, 'toy', ['g g > chi chi~ g']) })
  file.finish()
  return Uint8Array.from(writer.getBytes())
}

it('reads lists of objects in Parquet as the same events in text', async () => {
  const text = lines(10)
  const events = text.trim().split('\n').map(parseEventLine) as DarkMachinesEvent[]
  const block = { kind: 'objects', events, weight: events.map(() => 1) }
  const parquet = await modelFromFile('a.parquet', parquetOf('objects', block), { channel: '3' })
  expect(parquet).toMatchObject({ kind: 'objects', read: 10, passed: 5, badLines: 0 })
  const plain = await modelFromFile('a.csv', bytesOf(text), { channel: '3' })
  parquet.model.features.forEach((value, i) => expect(value).toBeCloseTo(plain.model.features[i], 3))
  const broken = { ...block, events: events.map((event, i) => (i === 3 ? { ...event, met: -1 } : event)) }
  expect(await modelFromFile('a.parquet', parquetOf('objects', broken))).toMatchObject({
    ...{ read: 9, badLines: 1, firstBad: 'row 4 has the MET -1, not a number from 0 on' },
  })
})

it('reads lists of particles in Parquet as those of Les Houches', async () => {
  const momenta = [
    ...[400, 0, 0, 400, 400, 0, 0, -400],
    ...[Math.hypot(300, 50), 300, 0, 50, 205, -200, 10, 0, 105, -100, -10, 0],
  ]
  const events = {
    ...{ events: 1, first: [0, 5], weight: [1], scale: [91], alphaS: [0.1], subprocess: [0] },
    ...{ ids: [2, 21, 21, 52, -52], status: [-1, -1, 1, 1, 1], mother: [0, 0, 1, 1, 1] },
    ...{ colour: new Int32Array(10), momenta },
  }
  const { model, kind } = await modelFromFile('b', parquetOf('particles', { kind: 'particles', events }))
  expect(kind).toBe('particles')
  expect([...model.features.subarray(0, 3)]).toEqual([300, 300, 1])
})

const pythia = sharedEvents('pythia-znunuj.csv.gz')
it.skipIf(pythia === undefined)("reads another program's events as they are, and by a channel", async () => {
  const bytes = bytesOf(pythia ?? '')
  const { model, read, badLines } = await modelFromFile('pythia-znunuj.csv', bytes)
  expect(badLines).toBe(0)
  expect(model.events).toBe(read)
  const { passed } = await modelFromFile('pythia-znunuj.csv', bytes, { channel: '3' })
  expect(passed).toBeGreaterThan(0)
  expect(passed).toBeLessThan(read)
})
