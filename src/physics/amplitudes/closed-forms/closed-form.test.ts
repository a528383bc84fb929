import { describe, expect, it } from 'vitest'
import '../../../testing/matchers.ts'
import { randomMomenta } from '../../../testing/random-momenta.ts'
import { amplitudeParameters } from '../parameters.ts'
import { parseProcess } from '../process.ts'
import { recursion } from '../recursion.ts'
import { closedForm } from './closed-form.ts'
import { gluinoDecay, gluinoDecayMaximum } from './gluino-decay.ts'
import { lineShape, mediatorWidth, type MediatorKind } from './mediator.ts'

const parameters = amplitudeParameters({}, { gQuark: 0.25 })

// Every order of legs and crossing that the dispatch accepts, against the recursion, which knows no closed form.
it.each([
  ...['g g > t t~', 'g g > t~ t', 'u u~ > t t~'],
  ...['u~ u > t t~', 'g g > g g', 'g g > u u~', 'g g > d~ d', 'u u~ > g g', 'd~ d > g g'],
  ...['g u > g u', 'u g > g u', 'g d~ > d~ g', 'u~ g > u~ g', 'u d > u d', 'u d > d u', 'u d~ > u d~'],
  ...['u~ d~ > d~ u~', 'u u > u u', 'd~ d~ > d~ d~', 'u u~ > d d~', 'u u~ > d~ d', 'u u~ > u u~'],
  ...['u~ u > u u~', 'u u~ > Z g', 'u~ u > g Z', 'd d~ > Z g', 'g u > Z u', 'u g > Z u', 'g d~ > d~ Z'],
  ...[
    'u d~ > W+ g',
    'd~ u > W+ g',
    'd u~ > g W-',
    'g u > W+ d',
    'g d > W- u',
    'g u~ > W- d~',
    'd~ g > u~ W+',
  ],
  ...['u u~ > a g', 'g d > a d', 'u u~ > Zp g', 'g d~ > Zp d~', 'u u~ > Z Z', 'd~ d > Z Z'],
  ...['u b > t d', 'b u > t d', 'b c > s t', 'd~ b > u~ t', 'b d~ > t u~', 'u~ b~ > t~ d~', 'd b~ > u t~'],
])('%s is that of the recursion', (name) => {
  const process = parseProcess(name)
  const form = closedForm(process, parameters)
  const byRecursion = recursion(process, parameters)
  for (const seed of [1, 2]) {
    const momenta = randomMomenta(process, parameters, 1700, seed)
    expect(form?.squaredMatrixElement(momenta)).toBeCloseToRel(
      byRecursion.squaredMatrixElement(momenta),
      1e-10,
    )
  }
})

it('has none of other processes', () => {
  for (const name of ['g g > t t~ H', 'g b > t W-', 'u d > t b', 'u b > t u', 'd b > t u', 'u u~ > Z H'])
    expect(closedForm(parseProcess(name), parameters), name).toBeUndefined()
})

describe('scalar + jet in the heavy-top limit', () => {
  const withScalar = amplitudeParameters({}, { mPhi: 125, gQuark: 1 })
  const value = (name: string, momenta: Float64Array): number =>
    closedForm(parseProcess(name), withScalar)?.squaredMatrixElement(momenta) ?? NaN

  it('the three are one amplitude, crossed', () => {
    // Crossing a quark with a gluon: sign of a fermion, and 1/9 for 1/24 in the average over colours.
    const p = randomMomenta(parseProcess('u u~ > g phi'), withScalar, 800, 3)
    const s = 800 ** 2
    const t = -2 * (p[0] * p[8] - p[3] * p[11])
    const u = 125 ** 2 - s - t
    const annihilation = value('u u~ > g phi', p)
    const scattering = value('g u > u phi', p)
    expect(annihilation / ((t * t + u * u) / s)).toBeCloseToRel(
      (8 / 3) * (scattering / (-(s * s + gluonU(p) ** 2) / gluonT(p))),
      1e-12,
    )
  })

  it('does not depend on which leg is written first', () => {
    const p = randomMomenta(parseProcess('g u > u phi'), withScalar, 800, 5)
    const swapped = p.slice()
    swapped.set(p.subarray(12, 16), 8)
    swapped.set(p.subarray(8, 12), 12)
    expect(value('g u > phi u', swapped)).toBeCloseToRel(value('g u > u phi', p), 1e-14)
    expect(value('g g > phi g', swapped)).toBeCloseToRel(value('g g > g phi', p), 1e-14)
  })

  it('the gluon channel goes over to the eikonal limit for a soft gluon', () => {
    // |M(gg → φ g)|² → g² C_A 2 p1·p2 / (p1·k p2·k) |M(gg → φ)|², 2 p1·k = -t.
    const E = 1e-3
    const root = 125 + E
    const k = (root ** 2 - 125 ** 2) / (2 * root)
    const p = Float64Array.from([
      ...[root / 2, 0, 0, root / 2, root / 2, 0, 0, -root / 2],
      ...[k, k * 0.6, 0, k * 0.8, root - k, -k * 0.6, 0, -k * 0.8],
    ])
    const { gs, alphaEm, sinSquared, mW } = withScalar
    const vev = (2 * mW * Math.sqrt(sinSquared)) / Math.sqrt(4 * Math.PI * alphaEm)
    const alphaS = gs ** 2 / (4 * Math.PI)
    // Amplitude α_s/(3πv) δ_ab (k1·k2 ε1·ε2 - …): two helicities of (m²/2)², averaged over 4 × 64, summed over 8.
    const production = ((alphaS / (3 * Math.PI * vev)) ** 2 * 2 * 8 * (125 ** 2 / 2) ** 2) / (4 * 64)
    const s = root ** 2
    const t = -root * k * (1 - 0.8)
    const u = -root * k * (1 + 0.8)
    const eikonal = (gs ** 2 * 3 * 4 * s) / (t * u)
    expect(value('g g > g phi', p)).toBeCloseToRel(eikonal * production, 1e-3)
  })
})

const gluonT = (p: Float64Array): number => 125 ** 2 - 2 * (p[0] * p[12] - p[3] * p[15])
const gluonU = (p: Float64Array): number => -2 * (p[0] * p[8] - p[3] * p[11])

describe('squarks and gluinos', () => {
  const heavy = amplitudeParameters({}, { mSquark: 600, mGluino: 900 })
  const value = (name: string, momenta: Float64Array): number =>
    closedForm(parseProcess(name), heavy)?.squaredMatrixElement(momenta) ?? NaN

  it('quark and antiquark, squark and antisquark can stand in any order', () => {
    const p = randomMomenta(parseProcess('u u~ > uL uL*'), heavy, 1500, 2)
    const out = p.slice()
    out.set(p.subarray(12, 16), 8)
    out.set(p.subarray(8, 12), 12)
    expect(value('u u~ > uL* uL', out)).toBeCloseToRel(value('u u~ > uL uL*', p), 1e-14)
    // The beams exchanged are the event seen from the other side.
    const turned = p.map((x, k) => (k % 4 === 0 || k < 8 ? x : -x))
    expect(value('u~ u > uL uL*', turned)).toBeCloseToRel(value('u u~ > uL uL*', p), 1e-12)
    expect(value('u u~ > dL dL*', p)).not.toBeCloseTo(value('u u~ > uL uL*', p), 6)
  })

  it('squarks of great mass leave gluino pairs to the s channel', () => {
    const p = randomMomenta(parseProcess('u u~ > go go'), heavy, 2500, 2)
    const at = (mSquark: number): number =>
      closedForm(parseProcess('u u~ > go go'), { ...heavy, mSquark })?.squaredMatrixElement(p) ?? NaN
    expect(at(1e7)).toBeCloseToRel(at(Infinity), 1e-5)
    expect(at(1500)).toBeLessThan(at(Infinity))
  })

  it.each([
    [1000, 100, 1],
    [1000, 950, 1],
    [1600, 800, -1],
  ] as const)('gluino decay of %i to %i GeV stays below its maximum', (m, mChi, eta) => {
    const maximum = gluinoDecayMaximum(m, mChi, eta)
    let largest = 0
    let least = Infinity
    for (let k = 0; k < 2000; k++) {
      const S = (((k + 0.5) / 2000) * (m - mChi)) ** 2
      const sum = m * m + mChi * mChi - S
      const half = Math.sqrt((sum / 2) ** 2 - (m * mChi) ** 2)
      for (const x of [-0.97, -0.5, 0, 0.41, 0.99]) {
        const rate = gluinoDecay(m, mChi, sum / 2 + half * x, sum / 2 - half * x, eta)
        least = Math.min(least, rate)
        largest = Math.max(largest, rate)
      }
    }
    expect(least).toBeGreaterThanOrEqual(0)
    expect(largest).toBeLessThanOrEqual(maximum)
    expect(largest).toBeGreaterThan(0.9 * maximum)
  })
})

describe('mediators', () => {
  // Widths of a UFO of these models, printed to 8 digits: six quarks, m_t 172.5, m_χ 10, g_q 0.25, g_χ 1.
  it.each([
    ['vector', 1000, 56.339827],
    ['axial', 1000, 55.490461],
    ['vector', 2000, 112.731415],
    ['axial', 2000, 112.286126],
  ] as const)('width of a %s mediator of %i GeV', (kind, mass, width) => {
    const mediator = { kind, mass, mChi: 10, gQuark: 0.25, gChi: 1 }
    expect(mediatorWidth(mediator, mass, 172.5, 246)).toBeCloseToRel(width, 1e-8)
  })

  it.each(['vector', 'axial', 'scalar', 'pseudoscalar'] as MediatorKind[])(
    'the line shape of a narrow %s mediator holds the branching ratio',
    (kind) => {
      const mediator = { kind, mass: 1000, mChi: 50, gQuark: 1e-3, gChi: 1e-2 }
      const total = mediatorWidth(mediator, 1000, 172.5, 246)
      const dark = mediatorWidth({ ...mediator, gQuark: 0 }, 1000, 172.5, 246)
      // ∫ dQ² over the peak, Q² = M² + M Γ tan φ.
      const n = 20000
      let integral = 0
      for (let k = 0; k < n; k++) {
        const phi = Math.PI * ((k + 0.5) / n - 0.5)
        const q2 = 1e6 + 1000 * total * Math.tan(phi)
        if (q2 > 2e5 && q2 < 4e6)
          integral +=
            (lineShape(mediator, Math.sqrt(q2), total) * 1000 * total * Math.PI) / n / Math.cos(phi) ** 2
      }
      expect(integral).toBeCloseToRel(dark / total, 2e-3)
    },
  )

  it('nothing goes into dark matter below threshold', () => {
    const mediator = { kind: 'axial', mass: 1000, mChi: 240, gQuark: 0.25, gChi: 1 } as const
    expect(lineShape(mediator, 479.9, 30)).toBe(0)
    expect(lineShape(mediator, 480.1, 30)).toBeGreaterThan(0)
  })
})
