import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { randomMomenta, rotated } from '../../testing/random-momenta.ts'
import { gluonVectors, gluonFactors } from '../top-pair/amplitudes.ts'
import { contract, decayMatrix } from '../top-pair/decay-matrix.ts'
import { createHelicityAmplitudes } from './create-process.ts'
import {
  DecayContraction,
  decayWeight,
  spinNorm,
  TopSpin,
  topSpinVector,
  vectorSpinVector,
  type SpinVector,
} from './decays.ts'
import { topDecay } from './closed-forms/electroweak.ts'
import { amplitudeParameters, electroweakCouplings } from './parameters.ts'
import { parseProcess } from './process.ts'
import { recursion } from './recursion.ts'
import { squaredTensor } from './tensor.ts'
import { vectorCoupling } from './vertices.ts'

const parameters = amplitudeParameters({}, { widthW: 2.1 })
const { e, sin } = electroweakCouplings(parameters)

/** Momenta of t → b lower upper in the rest frame, boosted so that the top has `top`. */
function topDecayMomenta(top: ArrayLike<number>, seed: number) {
  const rest = randomMomenta(parseProcess('t > b mu+ vmu'), parameters, 0, seed)
  const m = parameters.mTop
  const boosted = [1, 2, 3].map((leg) => {
    const [E, x, y, z] = rest.subarray(4 * leg)
    const along = (top[1] * x + top[2] * y + top[3] * z) / m
    const shift = (E + along / (top[0] / m + 1)) / m
    return [(top[0] * E) / m + along, x + top[1] * shift, y + top[2] * shift, z + top[3] * shift]
  })
  return { top, bottom: boosted[0], lower: boosted[1], upper: boosted[2] }
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3]

describe('top decay', () => {
  it.each([false, true])('antitop %s: the square of the spin vector is that of the closed form', (anti) => {
    const momenta = topDecayMomenta([300, 100, -50, Math.sqrt(300 ** 2 - 100 ** 2 - 50 ** 2 - 172.5 ** 2)], 3)
    const spin = new Float64Array(4)
    topSpinVector(momenta, anti, parameters, spin)
    const expected = topDecay(
      e / sin,
      dot(momenta.top, momenta.lower),
      dot(momenta.bottom, momenta.upper),
      2 * dot(momenta.lower, momenta.upper),
      parameters.mW,
      parameters.widthW,
    )
    expect(spinNorm(spin) / 2).toBeCloseToRel(expected, 1e-12)
  })

  it.each([false, true])('antitop %s: the short way is proportional to it', (anti) => {
    const top = Float64Array.of(300, 100, -50, Math.sqrt(300 ** 2 - 100 ** 2 - 50 ** 2 - 172.5 ** 2))
    const short = new TopSpin()
    short.setTop(top, 0, parameters.mTop, anti)
    const ratios = [3, 4, 5].map((seed) => {
      const momenta = topDecayMomenta(top, seed)
      const spin = new Float64Array(4)
      topSpinVector(momenta, anti, parameters, spin)
      const own = new Float64Array(4)
      short.spin(Float64Array.from(momenta.lower), 0, own)
      // c_0 / c_1 of the one and of the other, as a cross product.
      const re = spin[0] * own[2] - spin[1] * own[3] - (spin[2] * own[0] - spin[3] * own[1])
      const im = spin[0] * own[3] + spin[1] * own[2] - (spin[2] * own[1] + spin[3] * own[0])
      return Math.hypot(re, im) / Math.sqrt(spinNorm(spin) * spinNorm(own))
    })
    for (const ratio of ratios) expect(ratio).toBeLessThan(1e-12)
  })

  it('agrees with the spin density of g g > t t~ by the other room', () => {
    // Room physics/top-pair: helicity vectors of Bernreuther et al. and lepton directions in the tops' rest frames.
    const process = parseProcess('g g > t t~')
    const production = createHelicityAmplitudes(process, parameters)
    for (const seed of [1, 2, 3]) {
      const p = randomMomenta(process, parameters, 700, seed)
      // Scattering plane x-z, top towards +x: axes r, n, k of the other room without a rotation about the beam.
      const turned = rotated(p, 0, -Math.atan2(p[10], p[9]))
      const tensor = production.amplitudes(turned)
      const top = topDecayMomenta(turned.subarray(8, 12), 10 + seed)
      const antitop = topDecayMomenta(turned.subarray(12, 16), 20 + seed)
      const spins: (SpinVector | undefined)[] = [
        undefined,
        undefined,
        new Float64Array(4),
        new Float64Array(4),
      ]
      topSpinVector(top, false, parameters, spins[2]!)
      topSpinVector(antitop, true, parameters, spins[3]!)
      const weight = decayWeight(new DecayContraction(spins), tensor, spins, squaredTensor(tensor))

      const cos = turned[11] / Math.hypot(turned[9], turned[11])
      const direction = (decay: typeof top): number[] => {
        const rest = randomMomenta(
          parseProcess('t > b mu+ vmu'),
          parameters,
          0,
          decay === top ? 10 + seed : 20 + seed,
        )
        const [, x, y, z] = rest.subarray(8)
        const size = Math.hypot(x, y, z)
        const sine = Math.sqrt(1 - cos * cos)
        // k along the top, n along beam × top (+y), r = the beam's part across k.
        const k = (x * sine + z * cos) / size
        const r = (z - (x * sine + z * cos) * cos) / (size * sine)
        return [r, (-y * 1) / size, k]
      }
      const plus = direction(top)
      const minus = direction(antitop)
      const d = new Float64Array(16)
      decayMatrix(plus[0], plus[1], plus[2], minus[0], minus[1], minus[2], d)
      const sm = new Float64Array(32)
      gluonVectors(
        { mTop: parameters.mTop, mW: parameters.mW, vev: 246, alphaS: 0.118 },
        700 ** 2,
        cos,
        sm,
        new Float64Array(32),
      )
      let correlated = 0
      let production2 = 0
      for (let k = 0; k < 8; k++) {
        correlated += gluonFactors[k & 1] * contract(d, sm, 4 * k, sm, 4 * k)
        for (let i = 0; i < 4; i++) production2 += gluonFactors[k & 1] * sm[4 * k + i] ** 2
      }
      expect(weight).toBeCloseToRel(correlated / production2, 1e-9)
    }
  })

  it('averages to a quarter over the directions of both leptons', () => {
    const process = parseProcess('u u~ > t t~')
    const production = createHelicityAmplitudes(process, parameters)
    const p = randomMomenta(process, parameters, 600, 4)
    const tensor = production.amplitudes(p)
    let sum = 0
    let squares = 0
    let largest = 0
    const n = 800
    for (let seed = 0; seed < n; seed++) {
      const spins: (SpinVector | undefined)[] = [
        undefined,
        undefined,
        new Float64Array(4),
        new Float64Array(4),
      ]
      topSpinVector(topDecayMomenta(p.subarray(8, 12), 2 * seed), false, parameters, spins[2]!)
      topSpinVector(topDecayMomenta(p.subarray(12, 16), 2 * seed + 1), true, parameters, spins[3]!)
      const weight = decayWeight(new DecayContraction(spins), tensor, spins, squaredTensor(tensor))
      sum += weight
      squares += weight * weight
      largest = Math.max(largest, weight)
    }
    const mean = sum / n
    const error = Math.sqrt((squares / n - mean * mean) / n)
    expect(Math.abs(mean - 0.25)).toBeLessThan(4 * error)
    expect(largest).toBeLessThanOrEqual(1 + 1e-12)
  })
})

describe('decay of vector bosons', () => {
  // The boson's leg carries the virtuality of its leptons: 1 / (Q² - M²) is all that the full diagram has besides.
  it.each([
    ['u d~ > W+ g', 'u d~ > vmu mu+ g', 'W-'],
    ['u u~ > g g Z', 'u u~ > g g vmu vmu~', 'Z'],
  ] as const)('%s with the leptons of %s', (undecayed, decayed, boson) => {
    const full = recursion(parseProcess(decayed), parameters)
    const process = parseProcess(undecayed)
    const leptons = full.process.outgoing.findIndex(({ kind }) => kind === 'lepton') + 2
    const bosonLeg = process.outgoing.findIndex(({ kind }) => kind === 'vector') + 2
    const p = randomMomenta(full.process, { ...parameters }, 500, 6)
    const pair = [0, 1, 2, 3].map((k) => p[4 * leptons + k] + p[4 * (leptons + 1) + k])
    const q = Math.sqrt(dot(pair, pair))
    const rest = Array.from({ length: p.length / 4 }, (_, leg) => leg).filter(
      (leg) => leg > 1 && leg !== leptons && leg !== leptons + 1,
    )
    const momenta: number[] = [...p.subarray(0, 8)]
    for (let leg = 2, next = 0; leg < 2 + process.outgoing.length; leg++)
      momenta.push(...(leg === bosonLeg ? pair : p.subarray(4 * rest[next], 4 * rest[next++] + 4)))
    const atQ = { ...parameters, ...(boson === 'Z' ? { mZ: q } : { mW: q }) }
    const production = recursion(process, atQ)
    const spins = process.incoming
      .concat(process.outgoing)
      .map((_, leg) => (leg === bosonLeg ? new Float64Array(6) : undefined))
    const { left } = vectorCoupling(boson, 'vmu', parameters)
    vectorSpinVector(
      pair,
      p.subarray(4 * leptons, 4 * leptons + 4),
      p.subarray(4 * leptons + 4, 4 * leptons + 8),
      q,
      { left, right: 0 },
      spins[bosonLeg]!,
    )
    const mass = boson === 'Z' ? parameters.mZ : parameters.mW
    const decayWidth = boson === 'Z' ? parameters.widthZ : parameters.widthW
    const propagator = (q * q - mass * mass) ** 2 + (mass * decayWidth) ** 2
    const contracted = new DecayContraction(spins).squared(production.amplitudes(Float64Array.from(momenta)))
    expect(contracted / propagator).toBeCloseToRel(full.squaredMatrixElement(p), 1e-10)
  })
})
