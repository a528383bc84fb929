import { describe, expect, it } from 'vitest'
import { sharedEvents } from '../../testing/shared-cases.ts'
import { multiplicity, passesChannel } from './channels.ts'
import { eventLine, parseEventLine, type DarkMachinesEvent } from './event-line.ts'
import { EventReader } from './event-reader.ts'

// The example line of arXiv:2105.14027.
const example =
  '94;ttbar;1;112288;1.74766;b,331927,147558,-1.44969,-1.76399;j,100406,85589,-0.568259,-1.17144;b,55808.8,54391.4,-0.198215,1.726'

const parsed = (line: string): DarkMachinesEvent => {
  const event = parseEventLine(line)
  if (typeof event === 'string') throw new Error(event)
  return event
}

describe('a line', () => {
  it('is read in GeV, with and without a last semicolon, numbers with exponents too', () => {
    for (const end of ['', ';', ';\r']) {
      const event = parsed(example + end)
      expect(event).toMatchObject({ event: '94', process: 'ttbar', weight: 1, metPhi: 1.74766, count: 3 })
      expect(event).toMatchObject({ types: [1, 0, 1], eta: [-1.44969, -0.568259, -0.198215] })
      expect(event.phi).toEqual([-1.76399, -1.17144, 1.726])
      const gev = [event.met, ...event.energy, ...event.pt]
      const expected = [112.288, 331.927, 100.406, 55.8088, 147.558, 85.589, 54.3914]
      gev.forEach((x, k) => expect(x).toBeCloseTo(expected[k], 9))
    }
    expect(parsed('1;x;1e-3;1.06946e+06;0;e+,2e4,1e4,0,0')).toMatchObject({
      met: 1069.46,
      types: [3],
      pt: [10],
    })
  })

  it('may have process and event in either order', () => {
    expect(parsed(example.replace('94;ttbar', 'ttbar;94'))).toEqual(parsed(example))
    expect(parsed(example.replace('94;ttbar', '94;7'))).toMatchObject({ event: '94', process: '7' })
  })

  it.each([
    ['', /has 1 fields/],
    ['1;a;1;2', /has 4 fields/],
    ['1;a;NaN;2;3;j,1,1,0,0', /weight "NaN"/],
    ['1;a;-1;2;3;j,1,1,0,0', /weight -1, below 0/],
    ['1;a;1;-2;3;j,1,1,0,0', /MET "-2"/],
    ['1;a;1;2;x;j,1,1,0,0', /azimuth "x"/],
    ['1;a;1;2;3;', /no object/],
    ['1;a;1;2;3;t,1,1,0,0', /unknown symbol "t" \(known: j b e- e\+ m- m\+ g\) in object 1/],
    ['1;a;1;2;3;j,1,1,0,0;j,1,1,0', /4 entries .* in object 2/],
    ['1;a;1;2;3;j,1,1e999,0,0', /not four finite numbers/],
  ])('%s is told', (line, reason) => {
    expect(parseEventLine(line)).toMatch(reason)
  })

  it('is written as it is read', () => {
    const event = parsed(example)
    expect(parsed(eventLine(94, 'ttbar', 1, event))).toEqual(event)
    expect(eventLine(94, 'ttbar', 1, event)).toBe(`${example};\n`)
  })
})

describe('a file in pieces', () => {
  const text = `${example}\nbroken\n\n${example}\r\n${example}`

  it.each([1, 7, 100, 10_000])('of %d characters', (size) => {
    const events: DarkMachinesEvent[] = []
    const reader = new EventReader((event) => events.push(event))
    for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size))
    reader.finish()
    expect(events).toEqual([parsed(example), parsed(example), parsed(example)])
    expect([reader.lines, reader.badLines]).toEqual([4, 1])
    expect(reader.bad[0]).toMatchObject({ line: 2, reason: expect.stringMatching(/1 fields/) as string })
  })

  it('without an event is refused', () => {
    const reader = new EventReader(() => undefined)
    reader.push('a,b,c\n1,2,3\n')
    expect(() => reader.finish()).toThrow(/none of 2 lines is an event; line 1 has 1 fields/)
    expect(() => new EventReader(() => undefined).finish()).toThrow(/no line/)
    expect(() => new EventReader(() => undefined).push('x'.repeat(3e6))).toThrow(/line 1 has more than/)
  })
})

describe('channels', () => {
  const event = (met: number, ...objects: [number, number][]) => ({
    ...{ met, count: objects.length, types: objects.map(([type]) => type), pt: objects.map(([, pt]) => pt) },
  })

  it('cut as the paper says', () => {
    const four = event(200, [0, 210], [1, 200], [0, 120], [0, 70])
    expect(passesChannel('1', four)).toBe(true)
    expect(passesChannel('1', { ...four, met: 199 })).toBe(false)
    expect(passesChannel('1', event(200, [0, 300], [1, 200], [0, 100]))).toBe(false)
    expect(passesChannel('1', event(250, [0, 1300], [1, 200], [0, 100], [0, 60]))).toBe(false)
    expect(passesChannel('1', event(250, [0, 190], [1, 190], [0, 180], [0, 60]))).toBe(false)
    expect(passesChannel('3', event(101, [0, 400], [1, 200]))).toBe(true)
    expect(passesChannel('3', event(100, [0, 400], [1, 200]))).toBe(false)
    const leptons = event(50, [2, 16], [5, 20], [0, 50])
    expect(passesChannel('2b', leptons)).toBe(true)
    expect(passesChannel('2a', leptons)).toBe(false)
    expect(passesChannel('2a', event(50, [2, 16], [5, 20], [3, 15.1]))).toBe(true)
    expect(passesChannel('2b', event(50, [2, 16], [5, 20], [0, 49]))).toBe(false)
  })

  it('count what is there', () => {
    expect(multiplicity(event(0, [0, 1], [1, 1], [0, 1], [2, 1], [3, 1], [5, 1], [6, 1]))).toBe('2j1b2e1m1g')
  })
})

it.each([
  ['pythia-gluino-2000-dm100.csv.gz', 1500],
  ['pythia-znunuj.csv.gz', 2500],
])('%s has %d events and comes back as it was written', (name, lines) => {
  const text = sharedEvents(name)
  if (text === undefined) return
  let again = ''
  const reader = new EventReader((event) => {
    again += eventLine(Number(event.event), event.process, event.weight, event)
  })
  reader.push(text)
  reader.finish()
  expect([reader.lines, reader.badLines]).toEqual([lines, 0])
  const second: DarkMachinesEvent[] = []
  const check = new EventReader((event) => second.push(event))
  check.push(again)
  const first: DarkMachinesEvent[] = []
  const before = new EventReader((event) => first.push(event))
  before.push(text)
  expect(second).toEqual(first)
})
