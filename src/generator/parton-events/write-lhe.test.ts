import { expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { createLheReader } from '../lhe.ts'
import { particleStatus, PartonEventWriter } from './parton-events.ts'
import { lheEvents, lheHead, lheTail } from './write-lhe.ts'

const { incoming, final, decayed } = particleStatus

/** u ū → t t̄ with t → b W⁺, twice, the second one heavier in weight. */
function twoEvents() {
  const writer = new PartonEventWriter()
  const p = Float64Array.of(250, 0, 0, 250, 250, 0, 0, -250, 250, 180.9, 0, 0, 250, -180.9, 0, 0)
  for (const weight of [1, 1.5]) {
    writer.begin(0, weight, 172.5, 0.108)
    writer.add(2, incoming, -1, 501, 0, p, 0)
    writer.add(-2, incoming, -1, 0, 502, p, 4)
    writer.add(6, decayed, -1, 501, 0, p, 8)
    writer.add(-6, final, -1, 0, 502, p, 12)
    writer.add(24, final, 2, 0, 0, Float64Array.of(160, 140, 0, 0), 0)
    writer.add(5, final, 2, 501, 0, Float64Array.of(90, 40.9, 0, 0), 0)
  }
  return writer.take()
}

const header = { sqrtS: 13_000, crossSectionPb: 12.5, errorPb: 0.1, notes: ['u u~ > t t~ <a & b>'] }

it('events are read back by the reader of Les Houches files', () => {
  const events = twoEvents()
  const text = lheHead(header) + lheEvents(events, 1 / 132.5) + lheTail
  const reader = createLheReader('ours.lhe')
  const read = reader.push(text)
  reader.finish()
  expect(reader.init).toMatchObject({ weightStrategy: 3, crossSectionPb: 12.5 })
  expect(read.map(({ weight }) => weight)).toEqual([1, 1.5])
  read.forEach((event, i) => {
    const rows = [events.first[i], events.first[i + 1]]
    expect(event.ids).toEqual(events.ids.slice(...rows))
    expect([...event.status]).toEqual([...events.status.slice(...rows)])
    event.momenta.forEach((value, k) => expect(value).toBeCloseToRel(events.momenta[4 * rows[0] + k], 1e-10))
  })
})

it('mothers, colours and masses stand in their columns', () => {
  const line = lheEvents(twoEvents(), 1 / 132.5).split('\n')
  expect(line[1].trim().split(' ')[0]).toBe('6')
  expect(line[2]).toMatch(/^ 2 -1 0 0 501 0 /)
  expect(line[4]).toMatch(/^ 6 2 1 2 501 0 /)
  expect(Number(line[4].split(' ')[11])).toBeCloseToRel(Math.sqrt(250 ** 2 - 180.9 ** 2), 1e-9)
  expect(line[6]).toMatch(/^ 24 1 3 3 0 0 /)
})

it('the head is as long whatever the cross-section is', () => {
  const lengths = [0, 1e-12, 12.5, 1e9].map(
    (sigma) => lheHead({ ...header, crossSectionPb: sigma, errorPb: sigma / 7 }).length,
  )
  expect(new Set(lengths).size).toBe(1)
})

it('notes cannot end the header', () => {
  expect(lheHead(header)).toContain('# u u~   t t~  a   b ')
})

it('a writer grows and keeps what it has', () => {
  const writer = new PartonEventWriter()
  for (let i = 0; i < 1000; i++) {
    writer.begin(i % 3, i, 1, 1)
    for (let k = 0; k < 7; k++) writer.add(i, final, -1, k, 0, Float64Array.of(i, k, 0, 0), 0)
  }
  const { events, first, weight, ids, colour, momenta } = writer.take()
  expect([events, first.length, ids.length, first[1000]]).toEqual([1000, 1001, 7000, 7000])
  for (const i of [0, 255, 256, 999]) {
    expect([weight[i], first[i], ids[7 * i + 3], colour[2 * (7 * i + 3)]]).toEqual([i, 7 * i, i, 3])
    expect([...momenta.subarray(4 * (7 * i + 3), 4 * (7 * i + 3) + 2)]).toEqual([i, 3])
  }
})
