import { beforeAll, describe, expect, it } from 'vitest'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { createHelicityAmplitudes } from '../../physics/amplitudes/create-process.ts'
import { DecayContraction, decayWeight, topSpinVector } from '../../physics/amplitudes/decays.ts'
import { amplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import { parseProcess } from '../../physics/amplitudes/process.ts'
import { squaredTensor } from '../../physics/amplitudes/tensor.ts'
import '../../testing/matchers.ts'
import { randomMomenta } from '../../testing/random-momenta.ts'
import { breakup } from '../hard-process/two-clusters.ts'
import { widthW } from './branching.ts'
import { createDecayChain } from './decay-chain.ts'
import { EventRows } from './event-rows.ts'

const parameters = amplitudeParameters({}, { mGluino: 1000 })

/** Rows of a process at these momenta, without colour. */
function rowsOf(ids: readonly number[], momenta: Float64Array): EventRows {
  const rows = new EventRows()
  ids.forEach((id, leg) => rows.add(id, leg < 2 ? -1 : 1, -1, 0, 0, momenta, 4 * leg))
  return rows
}

const momentumOf = (rows: EventRows, row: number) => rows.momenta.subarray(4 * row, 4 * row + 4)

const children = (rows: EventRows, mother: number): number[] =>
  Array.from({ length: rows.count }, (_, row) => row).filter((row) => rows.mother[row] === mother)

/** b, and the d-type and u-type fermions of a top's W. */
function topProducts(rows: EventRows, top: number) {
  const [bottom, w] = children(rows, top)
  const [upper, lower] = children(rows, w)
  return { bottom, w, upper, lower }
}

const mass = ([E, x, y, z]: Float64Array): number => Math.sqrt(Math.max(0, E * E - x * x - y * y - z * z))

describe('g g > t t~', () => {
  const process = parseProcess('g g > t t~')
  const momenta = randomMomenta(process, parameters, 420, 1)
  const legs = [0, 1, 2, 3]
  let kernel: WebAssembly.Module | undefined
  beforeAll(async () => {
    kernel = await loadAmplitudeKernel()
  })

  it('correlations of the leptons are those of uncorrelated decays weighed by all amplitudes', () => {
    const tensor = createHelicityAmplitudes(process, parameters, kernel).amplitudes(momenta)
    const production = squaredTensor(tensor)
    const chain = createDecayChain({ parameters, mChi: 50 })
    const rng = createRng(2)
    const spins = [undefined, undefined, new Float64Array(4), new Float64Array(4)]
    const contraction = new DecayContraction(spins)
    /** Mass of both d-type fermions [GeV]: a function of their angle. */
    const observable = (rows: EventRows): number => {
      const [a, b] = [2, 3].map((top) => momentumOf(rows, topProducts(rows, top).lower))
      return mass(a.map((value, k) => value + b[k]))
    }
    const n = 20_000
    let [sum, sum2, plain, weights, weighted, weighted2] = [0, 0, 0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const rows = rowsOf([21, 21, 6, -6], momenta)
      chain.decay(rows, legs, tensor, rng)
      const value = observable(rows)
      sum += value
      sum2 += value * value
    }
    for (let i = 0; i < n; i++) {
      const rows = rowsOf([21, 21, 6, -6], momenta)
      chain.decay(rows, legs, undefined, rng)
      for (const top of [2, 3]) {
        const { bottom, upper, lower } = topProducts(rows, top)
        const [t, b, l, u] = [top, bottom, lower, upper].map((row) => momentumOf(rows, row))
        const decay = { top: t, bottom: b, lower: l, upper: u }
        topSpinVector(decay, top === 3, { ...parameters, widthW }, spins[top]!)
      }
      const weight = 4 * decayWeight(contraction, tensor, spins, production)
      const value = observable(rows)
      plain += value
      weights += weight
      weighted += weight * value
      weighted2 += (weight * value) ** 2
    }
    const mean = sum / n
    const error = Math.sqrt((sum2 / n - mean * mean) / n)
    const expected = weighted / n
    const expectedError = Math.sqrt((weighted2 / n - expected * expected) / n)
    expect(Math.abs(weights / n - 1)).toBeLessThan(0.02)
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.hypot(error, expectedError))
    // Without correlations it would be seen.
    expect(Math.abs(mean - plain / n)).toBeGreaterThan(6 * error)
  })

  it('products balance, the W has its line shape and its nine channels', () => {
    const chain = createDecayChain({ parameters, mChi: 50 })
    const rng = createRng(4)
    let [near, leptons, energy] = [0, 0, 0]
    const n = 5000
    for (let i = 0; i < n; i++) {
      const rows = rowsOf([21, 21, 6, -6], momenta)
      chain.decay(rows, legs, undefined, rng)
      const { bottom, w, upper, lower } = topProducts(rows, 2)
      const total = [bottom, upper, lower].map((row) => momentumOf(rows, row))
      for (let k = 0; k < 4; k++)
        expect(total.reduce((sum, p) => sum + p[k], 0)).toBeCloseTo(momenta[8 + k], 8)
      expect(rows.ids[upper] + rows.ids[lower]).toBe(1)
      if (Math.abs(mass(momentumOf(rows, w)) - parameters.mW) < widthW) near++
      if (rows.ids[upper] > 10) leptons++
      // p_t · p_ℓ = m_t E_ℓ in the top's frame.
      const [E, ...p] = momentumOf(rows, lower)
      const dot = momenta[8] * E - p.reduce((sum, x, k) => sum + x * momenta[9 + k], 0)
      energy += dot / parameters.mTop / n
    }
    // Within one width on either side of a Breit-Wigner: 2 arctan(2) / π = .705, and .72 as the top ends its tails.
    expect(near / n).toBeGreaterThan(0.69)
    expect(near / n).toBeLessThan(0.75)
    expect(Math.abs(leptons / n - 1 / 3)).toBeLessThan(0.03)
    // <z> = ∫ z² (1 - z) / ∫ z (1 - z) from r = m_W²/m_t² on.
    const r = (parameters.mW / parameters.mTop) ** 2
    const z = (1 / 12 - r ** 3 / 3 + r ** 4 / 4) / (1 / 6 - r ** 2 / 2 + r ** 3 / 3)
    expect(energy).toBeCloseToRel((z * parameters.mTop) / 2, 0.01)
  })
})

it.each([
  ['a Higgs boson', 25, parameters.mHiggs],
  ['a gluino', 1_000_021, parameters.mGluino],
  ['a Z boson', 23, parameters.mZ],
  ['a mediator', 54, 300],
])('%s: its products balance, whatever they are', (_, id, m) => {
  const chain = createDecayChain({ parameters, mChi: 50 })
  const rng = createRng(6)
  const ids = new Set<number>()
  for (let i = 0; i < 2000; i++) {
    const p = [0, 1, 2].map(() => 200 * rng.normal())
    const momenta = Float64Array.from([0, 0, 0, 0, 0, 0, 0, 0, Math.hypot(m, ...p), ...p])
    const rows = rowsOf([21, 21, id], momenta)
    chain.decay(rows, [0, 1, 2], undefined, rng)
    const total = [0, 0, 0, 0]
    for (let row = 3; row < rows.count; row++) {
      if (rows.mother[row] === 2) ids.add(Math.abs(rows.ids[row]))
      if (rows.status[row] !== 1) continue
      momentumOf(rows, row).forEach((value, k) => (total[k] += value))
      expect(momentumOf(rows, row)[0]).toBeGreaterThan(0)
    }
    total.forEach((value, k) => expect(Math.abs(value - momenta[8 + k])).toBeLessThan(1e-8 * momenta[8]))
  }
  const expected: Record<number, number[]> = {
    25: [5, 15, 21, 24],
    23: [1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 16],
    54: [52],
    1_000_021: [1, 2, 3, 4, 1_000_022],
  }
  expect([...ids].sort((a, b) => a - b)).toEqual(expected[id])
})

it('H → W W* has the masses of its double line shape', () => {
  // Mean mass of the W⁺ by a sum over the plane of both masses.
  const [m, M, width] = [parameters.mHiggs, parameters.mW, widthW]
  let [weight, mean] = [0, 0]
  for (let x = 0.1; x < m; x += 0.2)
    for (let y = 0.1; y < m - x; y += 0.2) {
      const line = (q: number) => q / ((q * q - M * M) ** 2 + (M * width) ** 2)
      const shape = (m * m - x * x - y * y) ** 2 + 8 * x * x * y * y
      const rate = line(x) * line(y) * breakup(m, x, y) * shape
      weight += rate
      mean += rate * x
    }
  const chain = createDecayChain({ parameters, mChi: 50 })
  const rng = createRng(9)
  const momenta = Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0, m, 0, 0, 0)
  let [n, sum, sum2] = [0, 0, 0]
  for (let i = 0; i < 20_000; i++) {
    const rows = rowsOf([21, 21, 25], momenta)
    chain.decay(rows, [0, 1, 2], undefined, rng)
    if (rows.ids[3] !== 24) continue
    const q = mass(momentumOf(rows, 3))
    n++
    sum += q
    sum2 += q * q
  }
  const error = Math.sqrt((sum2 / n - (sum / n) ** 2) / n)
  expect(Math.abs(sum / n - mean / weight)).toBeLessThan(4 * error)
})

it('gluinos fill their Dalitz plot as their closed form does', () => {
  // Mean of (q + q̄)² by quadrature of gluinoDecay over the plot, m = 1000, m_χ = 50.
  const chain = createDecayChain({ parameters, mChi: 50 })
  const rng = createRng(8)
  const momenta = Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1000, 0, 0, 0)
  let [sum, sum2] = [0, 0]
  const n = 20_000
  for (let i = 0; i < n; i++) {
    const rows = rowsOf([21, 21, 1_000_021], momenta)
    chain.decay(rows, [0, 1, 2], undefined, rng)
    const [q, qbar] = [3, 4].map((row) => momentumOf(rows, row))
    const S = mass(q.map((value, k) => value + qbar[k])) ** 2
    sum += S
    sum2 += S * S
  }
  const expected = dalitzMean(1000, 50)
  const error = Math.sqrt((sum2 / n - (sum / n) ** 2) / n)
  expect(Math.abs(sum / n - expected)).toBeLessThan(4 * error)
})

function dalitzMean(m: number, x: number): number {
  const [m2, x2, steps] = [m * m, x * x, 400]
  let [weight, mean] = [0, 0]
  for (let i = 0; i < steps; i++) {
    const S = ((m - x) ** 2 * (i + 0.5)) / steps
    const half = Math.sqrt(Math.max(0, ((m2 + x2 - S) / 2) ** 2 - m2 * x2))
    for (let k = 0; k < steps; k++) {
      const T = (m2 + x2 - S) / 2 + half * ((2 * (k + 0.5)) / steps - 1)
      const U = m2 + x2 - S - T
      const rate = half * ((m2 - T) * (T - x2) + (m2 - U) * (U - x2) + 2 * m * x * S)
      weight += rate
      mean += rate * S
    }
  }
  return mean / weight
}
