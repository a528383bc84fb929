import { beforeAll, describe, expect, it } from 'vitest'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { createDefaultPdf } from '../../physics/pdf/default-pdf.ts'
import '../../testing/matchers.ts'
import { createDensities, type Densities } from '../hard-process/densities.ts'
import { particleStatus, PartonEventWriter, type PartonEvents } from '../parton-events/parton-events.ts'
import { createEventShower } from './event-shower.ts'
import { firstEmissionOf } from './first-emission.ts'
import { commonFactor } from './reshuffle.ts'

const sqrtS = 13_000
let densities: Densities
beforeAll(async () => {
  densities = createDensities(createDefaultPdf(), await loadAmplitudeKernel())
})

const { incoming, final, decayed } = particleStatus
const four = (m: number, x: number, y: number, z: number): number[] => [Math.hypot(m, x, y, z), x, y, z]

/** g g → t t̄ with t → b e⁺ ν_e and t̄ → b̄ d̄ u by W bosons, all in balance. */
function topPair(): PartonEvents {
  const writer = new PartonEventWriter()
  const [mt, mw] = [172.5, 80.4]
  const top = four(mt, 200, 50, 300)
  const antitop = four(mt, -200, -50, -100)
  const total = [0, 1, 2, 3].map((k) => top[k] + antitop[k])
  const put = (p: number[], id: number, status: number, mother: number, colour = 0, anti = 0) =>
    writer.add(id, status, mother, colour, anti, Float64Array.from(p), 0)
  writer.begin(0, 1, 300, 0.1)
  const [e1, e2] = [(total[0] + total[3]) / 2, (total[0] - total[3]) / 2]
  put([e1, 0, 0, e1], 21, incoming, -1, 501, 503)
  put([e2, 0, 0, -e2], 21, incoming, -1, 503, 502)
  put(top, 6, decayed, -1, 501)
  put(antitop, -6, decayed, -1, 0, 502)
  /** Two products back to back along a direction of the mother's frame, boosted with it. */
  const decay = (mother: number[], m: number, a: number, b: number, n: number[]): number[][] => {
    const k = Math.sqrt((m * m - (a + b) ** 2) * (m * m - (a - b) ** 2)) / (2 * m)
    return [
      [a, 1],
      [b, -1],
    ].map(([own, sign]) => {
      const p = n.map((x) => sign * k * x)
      const e = Math.hypot(own, k)
      const along = p.reduce((sum, x, i) => sum + x * mother[i + 1], 0)
      const factor = along / (m * (mother[0] + m)) + e / m
      return [(mother[0] * e + along) / m, ...p.map((x, i) => x + factor * mother[i + 1])]
    })
  }
  const [w, b] = decay(top, mt, mw, 0, [0.6, 0, 0.8])
  const [wMinus, bBar] = decay(antitop, mt, mw, 0, [0, 0.6, -0.8])
  put(w, 24, decayed, 2)
  put(b, 5, final, 2, 501)
  put(wMinus, -24, decayed, 3)
  put(bBar, -5, final, 3, 0, 502)
  const [positron, neutrino] = decay(w, mw, 0, 0, [0, 0.8, 0.6])
  put(positron, -11, final, 4)
  put(neutrino, 12, final, 4)
  const [d, uBar] = decay(wMinus, mw, 0, 0, [0.8, 0, 0.6])
  put(d, 1, final, 6, 504)
  put(uBar, -2, final, 6, 0, 504)
  return writer.take()
}

function massOf(momenta: Float64Array, rows: number[]): number {
  const p = [0, 1, 2, 3].map((k) => rows.reduce((sum, row) => sum + momenta[4 * row + k], 0))
  return Math.sqrt(p[0] ** 2 - p[1] ** 2 - p[2] ** 2 - p[3] ** 2)
}

describe('showers of an event', () => {
  it('keep the masses of decays and the balance of the whole', () => {
    const shower = createEventShower(densities, sqrtS)
    const events = topPair()
    const rng = createRng(4)
    let most = 0
    for (let i = 0; i < 300; i++) {
      shower.shower(events, 0, rng)
      const { count, ids, momenta } = shower.particles
      most = Math.max(most, count)
      const rows = Array.from({ length: count }, (_, row) => row)
      const leptons = rows.filter((row) => Math.abs(ids[row]) === 11 || Math.abs(ids[row]) === 12)
      expect(massOf(momenta, leptons)).toBeCloseToRel(80.4, 1e-6)
      const sum = [1, 2].map((k) => rows.reduce((total, row) => total + momenta[4 * row + k], 0))
      // Primordial transverse momentum is all that is left over: six standard deviations.
      expect(Math.hypot(...sum)).toBeLessThan(6 * 1.3 * Math.SQRT2)
      const total = [0, 3].map((k) => rows.reduce((all, row) => all + momenta[4 * row + k], 0))
      expect(total[0] + Math.abs(total[1])).toBeLessThan(sqrtS)
      for (const row of rows) expect(momenta.subarray(4 * row, 4 * row + 4).every(Number.isFinite)).toBe(true)
    }
    expect(most).toBeGreaterThan(20)
  })

  it('are the same for the same stream of random numbers, whatever came before', () => {
    const [one, other] = [createEventShower(densities, sqrtS), createEventShower(densities, sqrtS)]
    const events = topPair()
    other.shower(events, 0, createRng(99))
    one.shower(events, 0, createRng(5))
    other.shower(events, 0, createRng(5))
    expect(other.particles.momenta.slice(0, 4 * other.particles.count)).toEqual(
      one.particles.momenta.slice(0, 4 * one.particles.count),
    )
  })

  it('begin below the jets of the hard process, and damped for a heavy pair', () => {
    expect(firstEmissionOf(topPair(), 0, sqrtS)).toEqual({ start: 6500, mode: 'kernels', damped: true })
    const writer = new PartonEventWriter()
    const put = (id: number, p: number[]) => writer.add(id, final, -1, 0, 0, Float64Array.from(p), 0)
    writer.begin(0, 1, 300, 0.1)
    for (const id of [21, 1, 55, 1]) put(id, four(0, 120, 50, 3))
    writer.begin(0, 1, 300, 0.1)
    for (const id of [21, 21, 54]) put(id, four(125, 0, 0, 3))
    const events = writer.take()
    expect(firstEmissionOf(events, 0, sqrtS)).toEqual({ start: 130, mode: 'kernels', damped: false })
    expect(firstEmissionOf(events, 1, sqrtS)).toMatchObject({ start: 6500, mode: 'scalar' })
  })

  it('refuse beams that are no partons', () => {
    const writer = new PartonEventWriter()
    writer.begin(0, 1, 300, 0.1)
    for (const id of [11, -11, 23]) writer.add(id, final, -1, 0, 0, Float64Array.of(50, 0, 0, 50), 0)
    const shower = createEventShower(densities, sqrtS)
    expect(() => shower.shower(writer.take(), 0, createRng(1))).toThrow(/11 and -11: only partons radiate/)
  })
})

it('one factor restores the energy', () => {
  const products = [1, -1].map((sign) => ({ momentum: Float64Array.of(50, 0, 0, 50 * sign), mass: 20 }))
  const factor = commonFactor(products, 100)!
  expect(2 * Math.hypot(50 * factor, 20)).toBeCloseToRel(100, 1e-12)
  expect(commonFactor(products, 39)).toBeUndefined()
})
