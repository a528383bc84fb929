import { beforeAll, describe, expect, it } from 'vitest'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { integrate } from '../../numerics/quadrature.ts'
import { createRng } from '../../numerics/rng.ts'
import { createGridPdf } from '../../physics/pdf/grid-pdf.ts'
import { partonIds, partonIndex, type PartonId } from '../../physics/pdf/pdf-set.ts'
import '../../testing/matchers.ts'
import { sharedPdfGrid } from '../../testing/shared-pdf.ts'
import { sharedReference } from '../../testing/shared-reference.ts'
import { createDensities, densityWidth, type Densities } from '../hard-process/densities.ts'
import { createShowerCoupling } from './coupling.ts'
import { antiplace, channels, EmissionRates, gluonPlace, type EmissionMode } from './emission-rates.ts'
import { InitialStateShower } from './initial-state.ts'
import { carryAlong } from './lorentz.ts'

interface Bin {
  bin: [number, number]
  isr_exact_factors_pb_per_GeV: number
  isr_kernels_pb_per_GeV: number
}
interface Reference {
  settings: {
    V: { M: number; couplings_cq: { up: number; down: number } }
    phi: { m: number; v2: number }
    GeV2pb: number
  }
  alpha_s_values: Record<string, number>
  fixed_order: { V: Bin[]; phi: Bin[] }
  born_sigma0_pb: { V: number; phi: number }
  points: {
    proc: 'V' | 'phi'
    [key: string]: unknown
    f1: number
    f2: number
    M: number
    y0: number
    pT: number
    y: number
    exact: { channel: string; K: number; rate_dlnpT2_dy: number }[]
    kernel: { channel: string; K: number; rate_dlnpT2_dy: number }[]
  }[]
  sudakov_first_emission: { cases: Record<string, { binsPt: number[]; prob: number[] }> }
  shower: Record<
    'V' | 'phi',
    {
      pT_boson_systemRecoil: { median: number; medianErr: number }
      jet_gt25: { absY28: [number, number] }
      emissionsPerEvent: number
      violations: { lightLegs: number; cbLegs: number; trials: number }
    }[]
  >
}

const sqrtS = 13_000
const text = sharedPdfGrid('NNPDF31_lo_as_0118')
const reference = text === undefined ? undefined : sharedReference<Reference>('events/isr_ref.json')
const coupling = createShowerCoupling(0.118, false)

if (reference) describe('initial-state radiation with NNPDF31_lo_as_0118', () => radiation(reference))
else it.skip('initial-state radiation: neither its reference numbers nor NNPDF31_lo_as_0118 are here')

function radiation(reference: Reference): void {
  const { settings, points, fixed_order: fixedOrder, sudakov_first_emission: sudakov } = reference
  let densities: Densities
  let rates: EmissionRates
  beforeAll(async () => {
    densities = createDensities(createGridPdf(text!, { id: 'NNPDF31_lo' }), await loadAmplitudeKernel())
    rates = new EmissionRates(densities, coupling, sqrtS)
  })
  const placeOf = (id: number): number => (id === 0 ? gluonPlace : partonIndex(id as PartonId))
  const massOf = { V: settings.V.M, phi: settings.phi.m }
  const exactMode = { V: 'vector', phi: 'scalar' } as const
  const legsAt = (mass: number, y0: number, leg1: number, leg2: number) => ({
    ...{ x1: (mass * Math.exp(y0)) / sqrtS, x2: (mass * Math.exp(-y0)) / sqrtS, leg1, leg2 },
  })

  it('coupling', () => {
    for (const [q, value] of Object.entries(reference.alpha_s_values))
      expect(coupling.alphaS(Number(q))).toBeCloseToRel(value, 1e-6)
  })

  it('factors and rates at single points', () => {
    for (const { proc, f1, f2, M, y0, pT, y, exact, kernel } of points)
      for (const [mode, list] of [
        [exactMode[proc], exact],
        ['kernels', kernel],
      ] as const) {
        const legs = legsAt(M, y0, placeOf(f1), placeOf(f2))
        const total = rates.evaluate(legs, pT, y, mode)
        expect(total).toBeCloseToRel(
          list.reduce((sum, { rate_dlnpT2_dy: rate }) => sum + rate, 0),
          2e-3,
        )
        for (const { channel, rate_dlnpT2_dy: rate } of list) {
          const k =
            channel === 'g emitted'
              ? 0
              : channel.startsWith('q qbar')
                ? 3
                : channels.indexOf(channel as never)
          expect(rates.weights[k] / rates.born).toBeCloseToRel(rate, 2e-3)
        }
      }
  })

  /** Of every pair of legs: place of both and the factor of x1 f x2 f [pb]. */
  const bornPairs = (proc: 'V' | 'phi', alphaS: number): [number, number, number][] => {
    const pb = settings.GeV2pb
    if (proc === 'phi')
      return [[gluonPlace, gluonPlace, (pb * alphaS ** 2) / (576 * Math.PI * settings.phi.v2)]]
    const { up, down } = settings.V.couplings_cq
    return partonIds.slice(0, 10).map((id, k) => {
      const c = Math.abs(id) % 2 === 0 ? up : down
      return [k, antiplace(k), (pb * Math.PI * c) / (3 * settings.V.M ** 2)]
    })
  }

  /** dσ/dpT averaged over a bin with every density at pT [pb/GeV]. */
  function spectrum(proc: 'V' | 'phi', [low, high]: [number, number], mode: EmissionMode): number {
    const mass = massOf[proc]
    const pairs = bornPairs(proc, coupling.alphaS(settings.phi.m))
    const [n, m] = [24, 5]
    const atPt = (pt: number): number => {
      const mt = Math.hypot(mass, pt)
      const y0Max = Math.acosh((sqrtS * sqrtS + mass * mass) / (2 * sqrtS * mt))
      const atY0 = (y0: number): number => {
        const top = Math.log((sqrtS - mt * Math.exp(y0)) / pt)
        const bottom = -Math.log((sqrtS - mt * Math.exp(-y0)) / pt)
        const atY = (y: number): number => {
          let sum = 0
          for (const [leg1, leg2, factor] of pairs) {
            rates.evaluate(legsAt(mass, y0, leg1, leg2), pt, y, mode)
            sum += factor * rates.weights.reduce((a, b) => a + b, 0)
          }
          return sum
        }
        if (mode !== 'kernels') return integrate(atY, bottom, top, n)
        return integrate(atY, bottom, y0, n) + integrate(atY, y0, top, n)
      }
      return (2 / pt) * integrate(atY0, -y0Max, y0Max, n)
    }
    return integrate(atPt, low, high, m) / (high - low)
  }

  it.each(['V', 'phi'] as const)('spectra of %s at fixed order within 2e-3, exact and by kernels', (proc) => {
    for (const bin of fixedOrder[proc]) {
      expect(spectrum(proc, bin.bin, exactMode[proc])).toBeCloseToRel(bin.isr_exact_factors_pb_per_GeV, 2e-3)
      expect(spectrum(proc, bin.bin, 'kernels')).toBeCloseToRel(bin.isr_kernels_pb_per_GeV, 2e-3)
    }
  })

  it.each(Object.keys(sudakov.cases))('first emission by the veto algorithm, %s', (name) => {
    const match = /^sudakov_(?:phi|V)_(-?\d)_(-?\d)_y([\d.]+)_(exact|kernel)$/.exec(name)!
    const proc = name.includes('_V_') ? 'V' : 'phi'
    const { binsPt, prob } = sudakov.cases[name]
    const shower = new InitialStateShower(densities, coupling, sqrtS)
    const legs = legsAt(massOf[proc], Number(match[3]), placeOf(Number(match[1])), placeOf(Number(match[2])))
    const mode = match[4] === 'exact' ? exactMode[proc] : 'kernels'
    const rng = createRng(5, name)
    const events = 20_000
    const counts = new Float64Array(prob.length)
    for (let i = 0; i < events; i++) {
      shower.begin(legs, { start: sqrtS / 2, mode, damped: false })
      if (!shower.next(rng)) continue
      counts[binsPt.findIndex((edge) => edge > shower.emission.pt) - 1]++
    }
    // With no emission as the last bin; bins below ten events are put together.
    const expected = [...prob, 1 - prob.reduce((a, b) => a + b, 0)].map((p) => p * events)
    const seen = [...counts, events - counts.reduce((a, b) => a + b, 0)]
    let [chi2, bins, restExpected, restSeen] = [0, 0, 0, 0]
    expected.forEach((mean, k) => {
      if (mean < 10) {
        restExpected += mean
        restSeen += seen[k]
        return
      }
      chi2 += (seen[k] - mean) ** 2 / mean
      bins++
    })
    if (restExpected > 1) chi2 += (restSeen - restExpected) ** 2 / restExpected
    // 4 standard deviations of χ².
    expect(chi2).toBeLessThan(bins + 4 * Math.sqrt(2 * bins))
  })

  it.each(['V', 'phi'] as const)('whole shower of %s: median, jets and violations', (proc) => {
    const mass = massOf[proc]
    const yMax = Math.log(sqrtS / mass)
    const rng = createRng(8, proc)
    // Twice the usual bound, as the reference has it, so that violations can be compared.
    const shower = new InitialStateShower(densities, coupling, sqrtS, 2)
    const pairs = bornPairs(proc, 1)
    const weights = new Float64Array(pairs.length)
    const luminosity = (y0: number): number => {
      const { x1, x2 } = legsAt(mass, y0, 0, 0)
      densities.evaluate(x1, x2, mass * mass)
      pairs.forEach(([leg1, leg2, factor], k) => {
        weights[k] =
          factor * Math.max(0, densities.pair[leg1]) * Math.max(0, densities.pair[densityWidth + leg2])
      })
      return weights.reduce((a, b) => a + b, 0)
    }
    let most = 0
    for (let k = 0; k <= 200; k++) most = Math.max(most, luminosity((k / 100 - 1) * yMax))
    const events = 20_000
    const pts = new Float64Array(events)
    let [central, emissions] = [0, 0]
    const momenta = new Float64Array(4)
    const [from, to] = [new Float64Array(4), new Float64Array(4)]
    for (let i = 0; i < events; i++) {
      let y0: number
      do y0 = (2 * rng.uniform() - 1) * yMax
      while (luminosity(y0) < 1.02 * most * rng.uniform())
      let left = weights.reduce((a, b) => a + b, 0) * rng.uniform()
      const own = weights.findIndex((weight) => (left -= weight) < 0)
      const [leg1, leg2] = pairs[own]
      shower.begin(legsAt(mass, y0, leg1, leg2), { start: sqrtS / 2, mode: exactMode[proc], damped: false })
      momenta.set([mass * Math.cosh(y0), 0, 0, mass * Math.sinh(y0)])
      let jet = false
      while (shower.next(rng)) {
        const { pt, y, phi, mass: m, rapidity } = shower.emission
        emissions++
        if (pt > 25 && Math.abs(y) < 2.8) jet = true
        const mt = Math.hypot(m, pt)
        from.set([m * Math.cosh(rapidity), 0, 0, m * Math.sinh(rapidity)])
        to.set([mt * Math.cosh(rapidity), -pt * Math.cos(phi), -pt * Math.sin(phi), mt * Math.sinh(rapidity)])
        carryAlong(momenta, 0, 1, from, to)
      }
      if (jet) central++
      pts[i] = Math.hypot(momenta[1] + 1.3 * rng.normal(), momenta[2] + 1.3 * rng.normal())
      const [e, x, y, z] = momenta
      expect(Math.sqrt(e * e - x * x - y * y - z * z)).toBeCloseToRel(mass, 1e-6)
    }
    pts.sort()
    const [{ pT_boson_systemRecoil: pt, jet_gt25: jets, emissionsPerEvent, violations }] =
      reference.shower[proc]
    // The reference's error of 150,000 events, scaled to ours.
    const error = pt.medianErr * Math.sqrt(1 + 150_000 / events)
    expect(Math.abs(pts[events / 2] - pt.median)).toBeLessThan(3.5 * error)
    const share = central / events
    const shareError = Math.sqrt((share * (1 - share)) / events)
    expect(Math.abs(share - jets.absY28[0])).toBeLessThan(3.5 * shareError)
    expect(emissions / events).toBeCloseToRel(emissionsPerEvent, 0.01)
    const perTrial = (violations.lightLegs + violations.cbLegs) / violations.trials
    const tooMany = perTrial * shower.trials + 4 * Math.sqrt(perTrial * shower.trials)
    expect(shower.violations).toBeLessThan(tooMany)
  })
}
