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
  const cut = reader.finish()
  return { events, names: reader.weightNames, init: reader.init, cut, reader }
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
    expect(readAll(whole, length).init).toMatchObject({
      weightStrategy: -3,
      crossSectionPb: 280,
      beamEnergies: [6500, 6500],
    })
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

  it('keeps the whole events of a file that is cut, and says so', () => {
    const cut = readAll(text.slice(0, text.length - 300))
    expect(cut.events).toHaveLength(1)
    expect(cut.cut).toBe('The file ends inside event 2: the 1 whole events before it are read.')
    const open = readAll(text.replace('</LesHouchesEvents>', ''))
    expect(open.events).toHaveLength(2)
    expect(open.cut).toMatch(/closing <\/LesHouchesEvents> is missing after event 2: events may be lost/)
    expect(readAll(text).cut).toBeNull()
  })

  it.each([1, 7, 1e6])('reads joined documents from pieces of %d characters', (length) => {
    const { events, cut } = readAll(`${text}\n${text}`, length)
    expect(events.map(({ line }) => line)).toEqual([6, 19, 39, 52])
    expect(cut).toBeNull()
  })

  it('refuses joined documents of other cross-sections', () => {
    const init = (pb: number) =>
      text.replace(' 2212 2212\n', ` 2212 2212 6500. 6500. 0 0 1 1 -3 1\n ${pb} 0.1 1 1\n`)
    expect(readAll(init(250) + init(260)).events).toHaveLength(4)
    expect(() => readAll(init(250) + init(300))).toThrow(
      /document 2 has IDWTUP -3 and 300 pb, the first -3 and 250 pb.*same process/,
    )
  })

  it.each([1, 7, 1e6])('takes no tag out of comments and character data, in pieces of %d', (length) => {
    const noise = '<!-- <event> 1 </event> <init> -->\n<![CDATA[ <event>\n</LesHouchesEvents> ]]>\n'
    const noisy = text.replaceAll('<event>', `${noise}<event>`).replace('<header>', `${noise}<header>kept`)
    const { events, reader } = readAll(noisy, length)
    expect(events.map(({ weights }) => [...weights])).toEqual([
      [1, 0.25],
      [2, -0.5],
    ])
    expect(reader.header).toContain('<header>kept')
    expect(reader.header).not.toContain('<event>')
  })

  it('keeps events that lack weights, and says which', () => {
    const later = rwgt(1, 2).replace("'sm'", "'new'")
    const { events, reader } = readAll(
      file(eventText(momenta(1), rwgt(1, 2)), eventText(momenta(2)), eventText(momenta(3), later)),
    )
    expect(events.map(({ lacking }) => lacking)).toEqual([[], ['sm', 'td8 &gt; 0'], ['sm']])
    expect([...events[2].weights]).toEqual([NaN, 2])
    expect([...reader.laterNames]).toEqual(['new'])
  })

  it.each([
    ['an open comment', text.replace('<header>', '<!-- <header>'), /opens a comment .* has no -->/],
    [
      'an event that ends twice',
      text.replace('</event>', '</event></event>'),
      /closing <\/event> stands without/,
    ],
    ['a missing </event>', text.replace('</event>', ''), /event 1 has no closing <\/event>/],
    [
      'a missing last </event>',
      file(eventText(momenta(1)).replace('</event>', '')),
      /event 1 has no closing/,
    ],
    ['a wrong count', text.replace(' 6 0 2.5', ' 7 0 2.5'), /event 1 announces 7 particles, 6 lines follow/],
    ['a short line', text.replace(' 0.0 0.0 1.0', ' 0.0 0.0'), /particle 1 has 12 numbers, needs 13/],
    ['a number that is none', text.replace(' 91.2 ', ' 91,2 '), /"91,2" in column 4 is no number/],
    ['an id that is none', text.replace(' 12 1 1 2', ' NaN 1 1 2'), /particle 2: id NaN/],
    ['an open weight', text.replace('</wgt>', ''), /opens a <wgt> tag, number 1, that is not complete/],
    ['an empty weight', text.replace('> 0.25 <', '> <'), /weight sm|weight td8.* is "", must be a number/],
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

  it('need the weights that are used, and no others', () => {
    const { events } = readAll(file(eventText(momenta(1), rwgt(1, 2)), eventText(momenta(2))))
    const importer = () => createEventImporter({ name: 'x.lhe', observables: ['m_tt'], rng: createRng(1) })
    expect(events.map((event) => importer().add(event))).toEqual([true, true])
    expect(() => importer().add(events[1], [0], ['sm'])).toThrow(
      /x\.lhe: event 1 \(line \d+\): it has no weight sm, which the first event has/,
    )
  })

  it('must be dilepton events, or are left out and counted', () => {
    const semileptonic = eventText(momenta(1), '', [-11, 12, 5, 1, -2, -5])
    expect(() => import_(file(semileptonic))).toThrow(
      /x\.lhe: event 1 \(line 6\) has no l- in its final state/,
    )
    const importer = createEventImporter({
      name: 'x.lhe',
      observables: [],
      rng: createRng(1),
      skipOthers: true,
    })
    const { events } = readAll(file(eventText(momenta(1)), semileptonic))
    for (const event of events) expect(importer.add(event)).toBe(true)
    const result = importer.finish([])
    expect(result).toMatchObject({ rows: 1, events: 2, others: 1, leftOut: 0 })
    expect(result.othersNote).toMatch(
      /^1 of 2 events are of another decay.*x\.lhe: event 2 \(line \d+\) has no l-/,
    )
    const doubled = eventText(momenta(1), '', [-11, 12, 5, 5, -14, -5])
    expect(() => import_(file(doubled))).toThrow(/two final particles that could be the b/)
  })
})
