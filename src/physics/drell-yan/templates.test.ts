import { describe, expect, it } from 'vitest'
import type { AppError } from '../../errors.ts'
import { integrate } from '../../numerics/quadrature.ts'
import { createRng } from '../../numerics/rng.ts'
import '../../testing/matchers.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { electroweak, smeftsimInputs, zPartialWidth } from '../electroweak.ts'
import { operatorNames } from '../smeft/operators.ts'
import { gevMinus2ToPb } from '../units.ts'
import { amplitudeModel } from './amplitude.ts'
import { defaultCuts, defaultObservables } from './default-binning.ts'
import { angularShare, cosAtPt, createLuminosity, luminosityDensity } from './luminosity.ts'
import { partonicCrossSection } from './partonic.ts'
import { morphSpectrum } from './spectrum-templates.ts'
import { buildTemplates, computeTemplates, perGeV } from './templates.ts'
import { massRange, type TemplateRequest } from './template-request.ts'

const pdf = toyPdf()
const request: TemplateRequest = {
  observables: defaultObservables,
  pdf,
  sqrtS: 13_000,
  scheme: 'MW',
  muF: 'mll',
  cuts: defaultCuts,
  widthShift: false,
}
const templates = computeTemplates(request)
const mllBins = 42
const bins = 71

describe('default bins', () => {
  it('doubling the quadrature nodes changes no bin by more than 1e-6', () => {
    const fine = computeTemplates({
      ...request,
      nodes: { perSegment: 12, rapidity: 48 },
      scaleVariations: false,
    })
    for (let b = 0; b < bins; b++) {
      expect(templates.sm[b]).toBeCloseToRel(fine.sm[b], 1e-6)
      for (let i = 0; i < operatorNames.length; i++) {
        const difference = Math.abs(templates.linear[i * bins + b] - fine.linear[i * bins + b])
        expect(difference).toBeLessThan(1e-6 * Math.max(fine.sm[b], Math.abs(fine.linear[i * bins + b])))
      }
    }
  })

  it('joint table closes on both spectra', () => {
    const joint = templates.joint!
    const ptBins = bins - mllBins
    for (let b = 0; b < ptBins; b++) {
      let sum = 0
      for (let a = 0; a < mllBins; a++) sum += joint[a * ptBins + b]
      expect(sum).toBeCloseToRel(templates.sm[mllBins + b], 1e-12)
    }
    // p_T runs from the cut to 1000 GeV: only masses above 2 TeV leave it
    for (let a = 0; a < mllBins - 2; a++) {
      let sum = 0
      for (let b = 0; b < ptBins; b++) sum += joint[a * ptBins + b]
      expect(sum).toBeCloseToRel(templates.sm[a], 1e-12)
    }
  })

  it('scale variations are the same calculation at another scale', () => {
    const fixed = { ...request, muF: 91.1876, scaleVariations: false }
    const centre = computeTemplates({ ...fixed, scaleVariations: true })
    const half = computeTemplates({ ...fixed, muF: 91.1876 / 2 })
    const twice = computeTemplates({ ...fixed, muF: 91.1876 * 2 })
    for (let b = 0; b < bins; b++) {
      expect(centre.scaleHalf![b]).toBeCloseToRel(half.sm[b], 1e-12)
      expect(centre.scaleDouble![b]).toBeCloseToRel(twice.sm[b], 1e-12)
    }
    expect(half.scaleHalf).toBeUndefined()
  })

  it('reports progress and returns what computeTemplates does', () => {
    const run = buildTemplates({ ...request, scaleVariations: false })
    const fractions: number[] = []
    for (;;) {
      const step = run.next()
      if (step.done) {
        expect(step.value.sm).toEqual(templates.sm)
        break
      }
      fractions.push(step.value)
    }
    expect(fractions.length).toBeGreaterThan(5)
    expect(fractions.every((f, i) => f <= 1 && f > (fractions[i - 1] ?? 0))).toBe(true)
  })
})

it('sum over all p_T bins equals sum over all m_ll bins', () => {
  const closed = computeTemplates({
    ...request,
    cuts: { ptMin: 0, absEtaMax: 2.4 },
    scaleVariations: false,
    observables: [
      { name: 'mll', edges: [40, 70, 95, 300, 2000] },
      { name: 'ptl', edges: [0, 10, 44, 47, 200, 1000] },
    ],
  })
  const sum = (from: number, to: number, row: Float64Array) => row.slice(from, to).reduce((a, b) => a + b, 0)
  expect(sum(4, 9, closed.sm)).toBeCloseToRel(sum(0, 4, closed.sm), 1e-12)
  for (let i = 0; i < operatorNames.length; i++) {
    const row = closed.linear.subarray(i * 9, i * 9 + 9)
    expect(sum(4, 9, row)).toBeCloseToRel(sum(0, 4, row), 1e-10)
  }
})

// Two roads: templates and morphing against one integral of |A(C)|^2 for a random universe.
describe.each(['MW', 'alpha'] as const)('direct integration in the %s scheme', (scheme) => {
  it.each([
    ['linear', false],
    ['quadratic', false],
    ['quadratic', true],
  ] as const)('%s, width shift %s', (order, widthShift) => {
    const rng = createRng(5)
    const c = Float64Array.from(operatorNames, () => 0.3 * rng.normal())
    const edges = [60, 85, 97, 300, 700]
    const result = computeTemplates({
      ...request,
      scheme,
      widthShift,
      scaleVariations: false,
      observables: [{ name: 'mll', edges }],
      nodes: { perSegment: 14, rapidity: 32 },
    })
    const morphed = morphSpectrum(result, c, order)
    const model = amplitudeModel(electroweak(scheme), { widthShift })
    const luminosity = createLuminosity(pdf, request.sqrtS, defaultCuts, 32)
    const pair = new Float64Array(2)
    const integrand = (m: number) => {
      luminosity.setMass(m, m)
      luminosity.above(0, pair)
      const sigma = (q: 'u' | 'd') => partonicCrossSection(model, q, m * m, c, order)
      return pair[0] * sigma('u') + pair[1] * sigma('d')
    }
    const kink = 50 * Math.cosh(2.4)
    for (let b = 0; b + 1 < edges.length; b++) {
      const [low, high] = [edges[b], edges[b + 1]]
      const cuts = [low, high, kink, 75, 88, 90, 91, 92, 93, 110, 140, 200, 450].filter(
        (m) => m >= low && m <= high,
      )
      cuts.sort((x, y) => x - y)
      let direct = 0
      for (let k = 0; k + 1 < cuts.length; k++) direct += integrate(integrand, cuts[k], cuts[k + 1], 32)
      expect(morphed[b]).toBeCloseToRel(direct, 1e-10)
    }
  })
})

// Above 50 GeV a p_T bin starts and ends on square-root thresholds in m, where plain quadrature is off by per cents.
it.each([
  [260, 330, 66],
  [700, 1000, 70],
])('p_T bin %s-%s GeV equals a midpoint sum', (low, high, bin) => {
  const model = amplitudeModel(electroweak('MW'))
  const density = new Float64Array(2)
  const share = (a: number) => angularShare(Math.max(0, a))
  const [masses, rapidities] = [600, 80]
  let sum = 0
  for (let i = 0; i < masses; i++) {
    const u = (i + 0.5) / masses
    const m = 2 * low + (3000 - 2 * low) * u * u // dense at the threshold
    const dm = ((3000 - 2 * low) * 2 * u) / masses
    const [up, down] = (['u', 'd'] as const).map((q) => partonicCrossSection(model, q, m * m))
    const yMax = Math.min(2.4, Math.log(request.sqrtS / m))
    for (let j = 0; j < rapidities; j++) {
      const y = (yMax * (j + 0.5)) / rapidities
      const limit = Math.tanh(2.4 - y)
      const accepted = share(Math.min(cosAtPt(m, low), limit)) - share(Math.min(cosAtPt(m, high), limit))
      luminosityDensity(pdf, request.sqrtS, m, y, m * m, density)
      sum += (dm * 2 * yMax * accepted * (density[0] * up + density[1] * down)) / rapidities
    }
  }
  expect(templates.sm[bin]).toBeCloseToRel(sum, 3e-4)
})

it('agrees with a Monte Carlo that cuts on four-vectors', () => {
  const edges = { mll: [60, 88, 94, 130], ptl: [25, 35, 43, 46, 70] }
  const result = computeTemplates({
    ...request,
    scaleVariations: false,
    observables: [
      { name: 'mll', edges: edges.mll },
      { name: 'ptl', edges: edges.ptl },
    ],
  })
  const model = amplitudeModel(electroweak('MW'))
  const rng = createRng(20).split('mc')
  const density = new Float64Array(2)
  const events = 60_000
  const [mZ, width] = [smeftsimInputs.mZ, smeftsimInputs.widthZ]
  const arc = (m: number) => Math.atan((m * m - mZ * mZ) / (mZ * width))
  const [low, high] = [arc(60), arc(130)]
  const sums = new Float64Array(7)
  const squares = new Float64Array(7)
  for (let k = 0; k < events; k++) {
    // Breit-Wigner mapping in m^2, flat y and cos(theta)
    const t = low + (high - low) * rng.uniform()
    const m2 = mZ * mZ + mZ * width * Math.tan(t)
    const m = Math.sqrt(m2)
    const jacobian = ((high - low) * ((m2 - mZ * mZ) ** 2 + (mZ * width) ** 2)) / (mZ * width) / (2 * m)
    const yMax = Math.log(request.sqrtS / m)
    const y = yMax * (2 * rng.uniform() - 1)
    const c = 2 * rng.uniform() - 1
    const phi = 2 * Math.PI * rng.uniform()
    // muons in the laboratory: back to back in the pair's frame, then boosted along the beam
    const sine = Math.sqrt(1 - c * c)
    let accepted = true
    let pT = 0
    for (const sign of [1, -1]) {
      const [px, py] = [0.5 * sign * m * sine * Math.cos(phi), 0.5 * sign * m * sine * Math.sin(phi)]
      const pz = 0.5 * m * (Math.cosh(y) * sign * c + Math.sinh(y))
      pT = Math.hypot(px, py)
      if (pT < 25 || Math.abs(Math.asinh(pz / pT)) > 2.4) accepted = false
    }
    if (!accepted) continue
    luminosityDensity(pdf, request.sqrtS, m, y, m2, density)
    const sigma =
      density[0] * partonicCrossSection(model, 'u', m2) + density[1] * partonicCrossSection(model, 'd', m2)
    const weight = sigma * (3 / 8) * (1 + c * c) * jacobian * 2 * yMax * 2
    const fill = (bin: number) => {
      sums[bin] += weight
      squares[bin] += weight * weight
    }
    fill(edges.mll.findIndex((edge) => edge > m) - 1)
    const b = edges.ptl.findIndex((edge) => edge > pT) - 1
    if (b >= 0) fill(3 + b)
  }
  for (let b = 0; b < 7; b++) {
    const mean = sums[b] / events
    const error = Math.sqrt((squares[b] / events - mean * mean) / events)
    expect(error / mean).toBeLessThan(0.03)
    expect(Math.abs(mean - result.sm[b]) / error).toBeLessThan(4)
  }
})

// pp -> Z on shell: sigma = (pi/6) (gZ^2 / S) sum_q (gL^2 + gR^2) int dy [f f], times the leptonic branching ratio,
// must be the area of the peak when the width is small. Photon and interference are O(Gamma / m_Z).
it('a narrow resonance gives the on-shell cross-section', () => {
  const widthZ = 0.002
  const inputs = { ...smeftsimInputs, widthZ }
  const ew = electroweak('MW', inputs)
  const [low, high] = [ew.inputs.mZ - 2, ew.inputs.mZ + 2]
  const observables = [{ name: 'mll' as const, edges: [low, high] }]
  const [peak] = computeTemplates({ ...request, inputs, cuts: null, observables, scaleVariations: false }).sm
  const luminosity = createLuminosity(pdf, request.sqrtS, null, 32)
  const pair = new Float64Array(2)
  luminosity.setMass(ew.inputs.mZ, ew.inputs.mZ)
  luminosity.above(0, pair)
  const couplings = (q: 'u' | 'd') => ew.gL[q] ** 2 + ew.gR[q] ** 2
  // L_q carries 2 m / S, the formula 1 / S
  const onShell =
    ((Math.PI / 6) * ew.gZ ** 2 * (couplings('u') * pair[0] + couplings('d') * pair[1])) / (2 * ew.inputs.mZ)
  const branching = zPartialWidth(ew, 'e') / 3 / widthZ
  expect(peak).toBeCloseToRel(onShell * branching * gevMinus2ToPb, 1e-3)
})

describe('m_ll range behind p_T bins', () => {
  const ptl = { name: 'ptl' as const, edges: [30, 60] }
  it('is that of the m_ll bins where there are any', () => {
    expect(massRange(request)).toEqual([50, 3000])
  })
  it('starts at the kinematic threshold otherwise', () => {
    expect(massRange({ ...request, observables: [ptl] })).toEqual([60, 13_000])
    expect(massRange({ ...request, cuts: null, observables: [{ name: 'ptl', edges: [0, 9] }] })).toEqual([
      10, 13_000,
    ])
    expect(massRange({ ...request, observables: [ptl], mllRange: [66, 116] })).toEqual([66, 116])
  })
  it('does not matter once it contains the threshold and the tail', () => {
    const natural = computeTemplates({ ...request, observables: [ptl], scaleVariations: false })
    const wide = computeTemplates({
      ...request,
      observables: [ptl],
      mllRange: [20, 12_000],
      scaleVariations: false,
    })
    expect(natural.sm[0]).toBeCloseToRel(wide.sm[0], 1e-7)
    expect(natural.joint).toBeUndefined()
  })
})

it.each<[string, Partial<TemplateRequest>, string, RegExp]>([
  [
    'falling edges',
    { observables: [{ name: 'mll', edges: [60, 50] }] },
    'input/invalid',
    /rising.*\[60, 50\]/,
  ],
  ['one edge', { observables: [{ name: 'ptl', edges: [60] }] }, 'input/invalid', /at least 2/],
  ['NaN edge', { observables: [{ name: 'mll', edges: [50, NaN] }] }, 'input/invalid', /finite/],
  ['no observable', { observables: [] }, 'input/invalid', /some of mll, ptl, forward, backward, each once/],
  ['mass beyond sqrt(s)', { sqrtS: 2000 }, 'physics/out-of-range', /3000 GeV.*2000 GeV/],
  ['negative scale', { muF: -3 }, 'physics/out-of-range', /mu_F.*-3/],
  ['negative cut', { cuts: { ptMin: -1, absEtaMax: 2 } }, 'physics/out-of-range', /-1 GeV and 2/],
  ['sqrt(s) not a number', { sqrtS: NaN }, 'physics/out-of-range', /NaN/],
])('refuses %s', (_, change, code, message) => {
  const attempt = () => computeTemplates({ ...request, ...change })
  expect(attempt).toThrow(message)
  try {
    attempt()
  } catch (error) {
    expect((error as AppError).code).toBe(code)
  }
})

it('per GeV divides each bin by its own width', () => {
  const observables = [
    { name: 'mll' as const, edges: [50, 60, 100] },
    { name: 'ptl' as const, edges: [25, 27] },
  ]
  expect([...perGeV(observables, [10, 80, 5])]).toEqual([1, 2, 2.5])
})
