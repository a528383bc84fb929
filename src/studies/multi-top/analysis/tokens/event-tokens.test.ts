import { describe, expect, it } from 'vitest'
import { sampleOf, toyClass, type SmallObject } from '../../../../testing/small-multi-top.ts'
import { eventTokens } from './event-tokens.ts'
import { eventToken, firstSlot, objectToken, plainTokens, tokenInfos } from './token-layout.ts'
import { fitTokenScaling, inUnit, standardised } from './token-scaling.ts'

describe('tokens of events', () => {
  it('fill slots of b-jets, other jets and leptons, each in falling energy', () => {
    const objects: SmallObject[] = [
      [0, 100, 0, 0.5],
      [1, 50, 0, 1],
      [1, 40, 2, -1], // 40 cosh 2 = 150 GeV of energy, first of its group
      [5, 30, 0.1, 2],
      [6, 300, 0, 0], // photons have no slot
    ]
    const { tokens, values, filled } = eventTokens(sampleOf([{ objects, met: 77 }]))
    expect(tokens).toBe(100)
    const at = (slot: number, scalar: 'pt' | 'px' | 'py' | 'pz'): number => values[objectToken(slot, scalar)]
    expect([at(0, 'pt'), at(1, 'pt'), at(firstSlot.j, 'pt'), at(firstSlot.l, 'pt')]).toEqual([
      40, 50, 100, 30,
    ])
    expect(at(0, 'px')).toBeCloseTo(40 * Math.cos(1), 4)
    expect(at(0, 'py')).toBeCloseTo(-40 * Math.sin(1), 4)
    expect(at(0, 'pz')).toBeCloseTo(40 * Math.sinh(2), 4)
    const ofEvent = (['njet', 'nb', 'nlep', 'met'] as const).map((scalar) => values[eventToken(scalar)])
    expect(ofEvent).toEqual([3, 2, 1, 77])
    expect(filled.reduce((sum, one) => sum + one, 0)).toBe(4 * 6 + 4)
    expect(filled[objectToken(2, 'pt')]).toBe(0)
  })

  it('put the fifth b-jet among the other jets, and count what finds no slot', () => {
    const objects = Array.from({ length: 14 }, (_, k): SmallObject => [k < 6 ? 1 : 0, 30 + k, 0, 0])
    const { values, filled } = eventTokens(sampleOf([{ objects }]))
    const pts = (from: number, slots: number): number[] =>
      Array.from({ length: slots }, (_, k) => values[objectToken(from + k, 'pt')])
    expect(pts(firstSlot.b, 4)).toEqual([35, 34, 33, 32])
    // b-jets of 30 and 31 GeV are the softest of ten, eight have a slot.
    expect(pts(firstSlot.j, 8)).toEqual([43, 42, 41, 40, 39, 38, 37, 36])
    expect([values[eventToken('njet')], values[eventToken('nb')]]).toEqual([14, 6])
    expect(filled.subarray(0, 72).every((one) => one === 1)).toBe(true)
    expect(filled.subarray(72, 96).every((one) => one === 0)).toBe(true)
  })

  it('have the number of neutrinos only where it is given for every event', () => {
    const sample = sampleOf([{ objects: [] }, { objects: [] }])
    const { tokens, values } = eventTokens(sample, [2, 4])
    expect([tokens, values[eventToken('nnu')], values[tokens + eventToken('nnu')]]).toEqual([101, 2, 4])
    expect(() => eventTokens(sample, [2])).toThrow(/known of 1 events, there are 2/)
  })

  it('have names that say what they are', () => {
    expect(tokenInfos[objectToken(firstSlot.l, 'eta')]).toMatchObject({
      id: 'l1.eta',
      object: 'lepton 1',
      unit: '',
    })
    expect(tokenInfos[eventToken('met')]).toMatchObject({ id: 'met', slot: -1, unit: 'GeV' })
    expect(new Set(tokenInfos.map(({ id }) => id)).size).toBe(plainTokens + 1)
  })
})

describe('standardised tokens', () => {
  it('have weighted mean 0 and deviation 1 over filled slots, and 0 where empty', () => {
    const sample = toyClass(2, 400, 7)
    const raw = eventTokens(sample)
    const rows = Uint32Array.from({ length: 400 }, (_, i) => i)
    const scaling = fitTokenScaling(raw, rows, sample.weight)
    const values = standardised(raw, scaling)
    for (const token of [objectToken(firstSlot.j, 'pt'), objectToken(1, 'eta'), eventToken('met')]) {
      const sums = [0, 0, 0]
      for (let i = 0; i < 400; i++)
        if (raw.filled[i * raw.tokens + token] === 1) {
          const x = values[i * raw.tokens + token]
          ;[1, x, x * x].forEach((power, k) => (sums[k] += sample.weight[i] * power))
        }
      expect(sums[0]).toBeGreaterThan(30)
      expect(sums[1] / sums[0]).toBeCloseTo(0, 5)
      expect(sums[2] / sums[0]).toBeCloseTo(1, 5)
    }
    const empty = values.filter((_, at) => raw.filled[at] === 0)
    expect(empty.length).toBeGreaterThan(0)
    expect(empty.every((x) => x === 0)).toBe(true)
    const token = eventToken('met')
    expect(inUnit(scaling, token, values[token])).toBeCloseTo(raw.values[token], 3)
  })

  it('of a token without spread are 0', () => {
    const raw = eventTokens(
      sampleOf([
        { objects: [], met: 5 },
        { objects: [], met: 5 },
      ]),
    )
    const scaling = fitTokenScaling(raw, [0, 1], [1, 1])
    expect([...standardised(raw, scaling)].every((x) => x === 0)).toBe(true)
    expect(scaling.deviation[eventToken('met')]).toBe(1)
  })
})
