import { describe, expect, it } from 'vitest'
import { particleStatus, PartonEventWriter } from '../../../../generator/parton-events/parton-events.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { amplitudeParameters } from '../../../../physics/amplitudes/parameters.ts'
import { createProcess } from '../../../../physics/amplitudes/create-process.ts'
import { partonIds, partonIndex } from '../../../../physics/pdf/pdf-set.ts'
import { parseProcess } from '../../../../physics/amplitudes/process.ts'
import { normalCdf } from '../../../../statistics/special.ts'
import { randomMomenta } from '../../../../testing/random-momenta.ts'
import { toyPdf } from '../../../../testing/toy-pdf.ts'
import { drain } from '../../../../numerics/drain.ts'
import { finalStateFeatures } from './final-state.ts'
import { exactWeights } from './hypotheses.ts'
import { learnedBesideExact } from './learned-beside-exact.ts'

const parameters = amplitudeParameters({}, { mPhi: 125 })
const settings = { pdf: toyPdf(), sqrtS: 13_000, parameters }

/** Boosted along z and turned about it, and mirrored by half a turn about x where asked. */
function eventsOf(
  process: string,
  ids: number[],
  change: { rapidity?: number; turn?: number; flip?: boolean } = {},
  own = parameters,
) {
  const { rapidity = 0.4, turn = 0, flip = false } = change
  const writer = new PartonEventWriter()
  for (let k = 0; k < 5; k++) {
    const momenta = randomMomenta(parseProcess(process), own, 900, 3 + k)
    const rows = ids.map((_, leg) => {
      const [E, x, y, z] = momenta.subarray(4 * leg, 4 * leg + 4)
      const [ch, sh] = [Math.cosh(rapidity), Math.sinh(rapidity)]
      const boosted = [ch * E + sh * z, x, y, ch * z + sh * E]
      const [c, s] = [Math.cos(turn), Math.sin(turn)]
      const turned = [
        boosted[0],
        c * boosted[1] - s * boosted[2],
        s * boosted[1] + c * boosted[2],
        boosted[3],
      ]
      return flip ? [turned[0], turned[1], -turned[2], -turned[3]] : turned
    })
    if (flip) [rows[0], rows[1]] = [rows[1], rows[0]]
    writer.begin(0, 1, 200, 0.11)
    ids.forEach((id, leg) => {
      const status = leg < 2 ? particleStatus.incoming : particleStatus.final
      writer.add(id, status, -1, 0, 0, Float64Array.from(rows[leg]), 0)
    })
  }
  return writer.take()
}

describe('exact weights', () => {
  const pair = [21, 21, 6, -6]

  it('of beams add up to one, and see no difference between the sides of the collider', () => {
    const [one, other] = [false, true].map((flip) =>
      exactWeights('tt-beams', eventsOf('g g > t t~', pair, { flip }), settings),
    )
    one.first.forEach((w, i) => {
      expect(w + one.second[i]).toBeCloseTo(1, 12)
      expect(w).toBeGreaterThan(0)
      expect(other.first[i]).toBeCloseTo(w, 10)
    })
  })

  it.each([
    ['g g', 21, 21],
    ['u u~', 2, -2],
  ] as const)(
    'of four tops with an operator are the ratio of |M|² at the coupling of the event, from %s',
    (beams, above, below) => {
      const events = eventsOf('g g > t t~ t t~', [21, 21, 6, -6, 6, -6])
      // The first beam always has the larger x here: each has one parton and nothing else.
      const xfxQ2All = (x: number, _q2: number, out = new Float64Array(partonIds.length)): Float64Array => {
        out.fill(0)
        out[partonIndex(x > 0.07 ? above : below)] = 1
        return out
      }
      const pdf = { ...settings.pdf, xfxQ2All }
      const { first, second } = exactWeights('tttt-operator', events, { ...settings, pdf, ctt1: 2 })
      expect([...first]).toEqual([1, 1, 1, 1, 1])
      const own = { ...parameters, gs: Math.sqrt(4 * Math.PI * events.alphaS[0]) }
      const [standard, operator] = [0, 2e-6].map((ctt1) =>
        createProcess(`${beams} > t t~ t t~`, { ...own, ctt1 }),
      )
      second.forEach((ratio, i) => {
        const momenta = events.momenta.slice(4 * events.first[i], 4 * events.first[i + 1])
        const alone = operator.squaredMatrixElement(momenta) / standard.squaredMatrixElement(momenta)
        expect(ratio / alone).toBeCloseTo(1, 8)
        expect(Math.abs(ratio - 1)).toBeGreaterThan(1e-3)
      })
    },
  )

  it('of parities are 1 and the ratio of |M|², which is 1 for tops without mass', () => {
    const ids = [21, 21, 6, -6, 54]
    const { first, second } = exactWeights('ttphi-parity', eventsOf('g g > t t~ phi', ids), settings)
    expect([...first]).toEqual([1, 1, 1, 1, 1])
    expect(Math.max(...second) / Math.min(...second)).toBeGreaterThan(1.1)
    const light = { ...parameters, mTop: 0.01 }
    const alike = exactWeights('ttphi-parity', eventsOf('g g > t t~ phi', ids, {}, light), {
      ...settings,
      parameters: light,
    })
    for (const ratio of alike.second) expect(ratio).toBeCloseTo(1, 5)
  })
})

it('features do not change with azimuth, nor with the sides of the collider', () => {
  const ids = [21, 21, 6, -6, 54]
  const { values, features } = finalStateFeatures(eventsOf('g g > t t~ phi', ids))
  expect(features).toBe(2 + 3 * 2 + 3 * 2)
  for (const change of [{ turn: 1 }, { flip: true }]) {
    const other = finalStateFeatures(eventsOf('g g > t t~ phi', ids, change))
    other.values.forEach((x, k) => expect(x).toBeCloseTo(values[k], 8))
  }
})

it('trees come near the ratio of normals and not above it', () => {
  const rng = createRng(2)
  const shift = 1
  const values = Float64Array.from({ length: 3000 }, () => rng.normal())
  const first = new Float64Array(3000).fill(1)
  const second = values.map((x) => Math.exp(shift * x - shift ** 2 / 2))
  const { exact, learned, difference, events, rate } = drain(
    learnedBesideExact(values, 1, { first, second }, 1, 40),
  )
  expect(events).toEqual({ training: 1500, validation: 300, test: 1200 })
  expect(Math.abs(rate.value - 1)).toBeLessThan(3 * rate.error)
  expect(rate.error).toBeCloseTo(Math.sqrt((Math.exp(shift ** 2) - 1) / 3000), 2)
  expect(Math.abs(exact.value - normalCdf(shift / Math.SQRT2))).toBeLessThan(4 * exact.error)
  expect(difference.value).toBeCloseTo(learned.value - exact.value, 12)
  expect(difference.value).toBeLessThan(2 * difference.error)
  expect(difference.value).toBeGreaterThan(-0.02)
})
