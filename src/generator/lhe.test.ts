import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { createDecayAngles, drawDecay, momentumCount, placeMomenta } from './decay.ts'
import { dileptonSelection } from './detector.ts'
import { createLheReader, type LheEvent } from './lhe.ts'
import { createEventImporter } from './lhe-events.ts'

const particleIds = [-11, 12, 5, 13, -14, -5]

function eventText(momenta: Float64Array, extra = '', ids = particleIds): string {
  const lines = ids.map((id, p) => {
    const [e, x, y, z] = momenta.slice(4 * p, 4 * p + 4)
    return ` ${id} 1 1 2 0 0 ${x} ${y} ${z} ${e} 0.0 0.0 1.0`
  })
  return `<event>\n ${ids.length} 0 2.5 91.2 0.0078 0.118\n${lines.join('\n')}\n${extra}</event>\n`
}

function momenta(seed: number): Float64Array {
  const rng = createRng(seed)
  const angles = createDecayAngles()
  const p = new Float64Array(momentumCount)
  drawDecay(rng, 172.5, 80.4, angles)
  placeMomenta({ mTop: 172.5, mW: 80.4, mtt: 700, y: 0.4, c: 0.2 }, angles, p)
  return p
}

const rwgt = (a: number, b: number) =>
  `<rwgt>\n<wgt id='sm'> ${a} </wgt>\n<wgt id="td8 &gt; 0"> ${b} </wgt>\n</rwgt>\n`
const file = (...events: string[]) =>
  `<LesHouchesEvents version="3.0">\n<header><eventgroup></eventgroup></header>\n<init>\n 2212 2212\n</init>\n${events.join('')}</LesHouchesEvents>\n`

function readAll(text: string, pieceLength = text.length) {
  const reader = createLheReader('x.lhe')
  const events: LheEvent[] = []
  for (let at = 0; at < text.length; at += pieceLength)
    events.push(...reader.push(text.slice(at, at + pieceLength)))
  reader.finish()
  return { events, names: reader.weightNames, init: reader.init }
}

describe('Les Houches event files', () => {
  const text = file(eventText(momenta(1), rwgt(1, 0.25)), eventText(momenta(2), rwgt(2, -0.5)))

  it.each([1, 7, 100, 1e6])('reads the same from pieces of %d characters', (length) => {
    const { events, names } = readAll(text, length)
    expect(names).toEqual(['sm', 'td8 &gt; 0'])
    expect(events).toHaveLength(2)
    expect(events[1].weight).toBe(2.5)
    expect([...events[1].weights]).toEqual([2, -0.5])
    expect([...events[0].momenta]).toEqual([...momenta(1)])
    expect([...events[0].ids]).toEqual(particleIds)
  })

  it.each([1, 13, 1e6])('reads the init block from pieces of %d characters', (length) => {
    const block =
      ' 2212 2212 6500. 6500. 0 0 1 1 -3 2\n 2.5D+02 0.1 1 1\n 30 0.1 1 2\n <generator>x</generator>\n'
    const whole = text.replace(' 2212 2212\n', block)
    expect(readAll(whole, length).init).toEqual({ weightStrategy: -3, crossSectionPb: 280 })
    expect(readAll(whole.replace(' 30 0.1 1 2\n', ''), length).init).toBeNull()
    expect(readAll(text, length).init).toBeNull()
  })

  it('takes weights in the order of the first event, and rows of unnamed ones', () => {
    const swapped = `<rwgt><wgt id="td8 &gt; 0">4</wgt><wgt id='sm'>3</wgt></rwgt>`
    const { events } = readAll(file(eventText(momenta(1), rwgt(1, 2)), eventText(momenta(2), swapped)))
    expect([...events[1].weights]).toEqual([3, 4])
    const row = readAll(file(eventText(momenta(1), '<weights>1d-1 2.0</weights>\n')))
    expect([...row.events[0].weights]).toEqual([0.1, 2])
  })

  it.each([
    ['a cut-off file', text.slice(0, text.length - 300), /ends inside event 2, 1 events are complete/],
    [
      'a missing end',
      text.replace('</LesHouchesEvents>', ''),
      /closing <\/LesHouchesEvents> is missing after event 2/,
    ],
    ['a missing </event>', text.replace('</event>', ''), /event 1 has no closing <\/event>/],
    [
      'a missing last </event>',
      file(eventText(momenta(1)).replace('</event>', '')),
      /event 1 has no closing/,
    ],
    ['a wrong count', text.replace(' 6 0 2.5', ' 7 0 2.5'), /event 1 announces 7 particles, 6 lines follow/],
    ['a short line', text.replace(' 0.0 0.0 1.0', ' 0.0 0.0'), /particle 1 has 12 numbers, needs 13/],
    ['a number that is none', text.replace(' 91.2 ', ' NaN '), /"NaN" in column 4/],
    [
      'a lost weight',
      file(eventText(momenta(1), rwgt(1, 2)), eventText(momenta(2))),
      /event 2 has 0 named weights, the first event has 2; missing: sm/,
    ],
    ['an open weight', text.replace('</wgt>', ''), /opens 2 <wgt> tags, only 1/],
    ['an empty weight', text.replace('> 0.25 <', '> <'), /must be a finite number/],
    ['another file', 'x y z\n1 2 3\n', /no <LesHouchesEvents> tag/],
    ['a gzip file', '\u001f\u008b\u0008', /is compressed/],
  ])('says what is wrong with %s', (_, damaged, message) => {
    expect(() => readAll(damaged)).toThrow(message)
  })
})

describe('events imported from a file', () => {
  const import_ = (text: string, selection = null as typeof dileptonSelection | null) => {
    const { events, names } = readAll(text)
    const importer = createEventImporter({
      name: 'x.lhe',
      observables: ['m_tt', 'y_tt', 'pt_l1', 'm_ll', 'met'],
      selection,
      rng: createRng(1),
    })
    for (const event of events) importer.add(event)
    return importer.finish(names)
  }

  it('carry observables and weights', () => {
    const p = momenta(1)
    const result = import_(file(eventText(p, rwgt(1, 2))))
    expect(result.columns.m_tt![0]).toBeCloseTo(700, 3)
    expect(result.columns.y_tt![0]).toBeCloseTo(0.4, 6)
    expect(result.columns.pt_l1![0]).toBeCloseTo(Math.hypot(p[13], p[14]), 4)
    expect([...result.weights]).toEqual([1, 2])
    expect(result.weightNames[0]).toBe('sm')
  })

  it('pass through the selection', () => {
    const texts = Array.from({ length: 30 }, (_, i) => eventText(momenta(i)))
    const result = import_(file(...texts), dileptonSelection)
    expect(result.events).toBe(30)
    expect(result.rows).toBeGreaterThan(0)
    expect(result.rows).toBeLessThan(30)
    expect(result.weight).toHaveLength(result.rows)
  })

  it('must be dilepton events', () => {
    const semileptonic = eventText(momenta(1), '', [-11, 12, 5, 1, -2, -5])
    expect(() => import_(file(semileptonic))).toThrow(/x\.lhe: event 1 has no l- in its final state/)
    const doubled = eventText(momenta(1), '', [-11, 12, 5, 5, -14, -5])
    expect(() => import_(file(doubled))).toThrow(/two final particles that could be the b/)
  })
})
