import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { integrate as quadrature } from '../../numerics/quadrature.ts'
import { parseProcess } from '../../physics/amplitudes/process.ts'
import '../../testing/matchers.ts'
import { uniformGrid } from '../vegas.ts'
import { pairings } from './pairings.ts'
import { createPhaseSpace, type PhaseSpace } from './phase-space.ts'
import { masslessVolume } from './rambo.ts'
import { breakup, twoClusters } from './two-clusters.ts'

const gridFor = ({ dimensions }: PhaseSpace) => uniformGrid(dimensions, 8)

function volume(space: PhaseSpace, energy: number, points: number): { value: number; error: number } {
  const rng = createRng(3)
  const grid = gridFor(space)
  let [sum, sum2] = [0, 0]
  for (let i = 0; i < points; i++) {
    const w = space.draw(energy, grid, rng)
    sum += w
    sum2 += w * w
  }
  const value = sum / points
  return { value, error: Math.sqrt(Math.max(0, sum2 / points - value * value) / points) }
}

const pull = ({ value, error }: { value: number; error: number }, expected: number): number =>
  Math.abs(value - expected) / (error + 1e-9 * expected)

/** dΦ_2 integrated over its angles. */
const two = (mass: number, a: number, b: number): number => breakup(mass, a, b) / (4 * Math.PI * mass)

/** dΦ_3 = dM²/(2π) dΦ_2(E; M, c) dΦ_2(M; a, b); M = low + (high - low) sin²(θ) takes the square roots at both ends away. */
function three(energy: number, [a, b, c]: readonly number[]): number {
  const [low, high] = [a + b, energy - c]
  return quadrature(
    (angle) => {
      const mass = low + (high - low) * Math.sin(angle) ** 2
      const jacobian = (high - low) * Math.sin(2 * angle)
      return (jacobian * mass * two(energy, mass, c) * two(mass, a, b)) / Math.PI
    },
    0,
    Math.PI / 2,
    64,
  )
}

describe('the volume of phase space', () => {
  it.each([2, 3, 4])('of %i massless particles is that of the closed form, in every mixture', (n) => {
    const all = pairings(parseProcess(`g g >${' g'.repeat(n)}`).outgoing)
    for (const channels of n === 2 ? [all] : [all, all.slice(0, 1), []]) {
      const masses = Array.from({ length: n }, () => 0)
      const measured = volume(createPhaseSpace(masses, channels), 700, 20_000)
      expect(pull(measured, masslessVolume(700, n))).toBeLessThan(4)
      expect(measured.error).toBeLessThan(0.02 * measured.value)
    }
  })

  it('of t t~ Z is that of quadrature', () => {
    const masses = [172.5, 172.5, 91.188]
    for (const channels of [pairings(parseProcess('g g > t t~ Z').outgoing), []]) {
      const measured = volume(createPhaseSpace(masses, channels), 600, 20_000)
      expect(pull(measured, three(600, masses))).toBeLessThan(4)
      expect(measured.error).toBeLessThan(0.01 * measured.value)
    }
  })

  it('of four tops is that of quadrature over the masses of two pairs', () => {
    const m = 172.5
    const expected = quadrature(
      (angle) => {
        const mass = 2 * m + (1200 - 4 * m) * Math.sin(angle) ** 2
        const jacobian = (1200 - 4 * m) * Math.sin(2 * angle)
        return (jacobian * mass * three(1200, [m, m, mass]) * two(mass, m, m)) / Math.PI
      },
      0,
      Math.PI / 2,
      48,
    )
    for (const channels of [pairings(parseProcess('g g > t t~ t t~').outgoing), []]) {
      const measured = volume(createPhaseSpace([m, m, m, m], channels), 1200, 20_000)
      expect(pull(measured, expected)).toBeLessThan(4)
      expect(measured.error).toBeLessThan(0.01 * measured.value)
    }
  })

  it('of two particles in a window of pT', () => {
    const [energy, m] = [1000, 91.188]
    const p = breakup(energy, m, 0)
    const space = createPhaseSpace([m, 0], [[[0], [1]]], { min: 100, max: 300 })
    const expected = two(energy, m, 0) * (Math.sqrt(1 - (100 / p) ** 2) - Math.sqrt(1 - (300 / p) ** 2))
    expect(pull(volume(space, energy, 20_000), expected)).toBeLessThan(4)
    const rng = createRng(5)
    for (let i = 0; i < 200; i++) {
      expect(space.draw(energy, gridFor(space), rng)).toBeGreaterThan(0)
      const pt = Math.hypot(space.momenta[1], space.momenta[2])
      expect(pt).toBeGreaterThan(100 * (1 - 1e-9))
      expect(pt).toBeLessThan(300 * (1 + 1e-9))
    }
    expect(
      createPhaseSpace([m, 0], [[[0], [1]]], { min: 600, max: 700 }).draw(energy, uniformGrid(1), rng),
    ).toBe(0)
  })
})

it.each([
  ['g g > t t~ Z', [172.5, 172.5, 91.188]],
  ['g b > t t t~ W-', [172.5, 172.5, 172.5, 80.419]],
  ['u b > t t t~ d', [172.5, 172.5, 172.5, 0]],
])('momenta of %s are on shell, in balance, and found again by their channel', (name, masses) => {
  const energy = 1500
  const rng = createRng(9)
  for (const clusters of pairings(parseProcess(name).outgoing)) {
    const channel = twoClusters(masses, clusters)
    const momenta = new Float64Array(4 * masses.length)
    const found = new Float64Array(channel.dimensions)
    for (let i = 0; i < 50; i++) {
      const x = found.map(() => rng.uniform())
      const weight = channel.place(energy, x, 2 * Math.PI * rng.uniform(), momenta)
      expect(channel.locate(energy, momenta, found)).toBeCloseToRel(weight, 1e-8)
      found.forEach((value, d) => expect(Math.abs(value - x[d])).toBeLessThan(1e-7))
      const total = [0, 0, 0, 0]
      masses.forEach((m, leg) => {
        const [E, px, py, pz] = momenta.subarray(4 * leg)
        expect(E).toBeCloseToRel(Math.hypot(m, px, py, pz), 1e-11)
        ;[E, px, py, pz].forEach((value, c) => (total[c] += value))
      })
      ;[energy, 0, 0, 0].forEach((value, c) => expect(Math.abs(total[c] - value)).toBeLessThan(1e-9 * energy))
    }
  }
})

it('pairs of particle and antiparticle make the clusters', () => {
  const of = (name: string) => pairings(parseProcess(name).outgoing)
  expect(of('g g > t t~ t t~')).toEqual([
    [
      [0, 1],
      [2, 3],
    ],
    [
      [0, 3],
      [2, 1],
    ],
  ])
  expect(of('g b > t t t~ W-')).toEqual([
    [
      [0, 2],
      [1, 3],
    ],
    [
      [1, 2],
      [0, 3],
    ],
  ])
  expect(of('g g > t t~ H')).toEqual([[[0, 1], [2]]])
  expect(of('g b > t W- phi')).toHaveLength(3)
})
