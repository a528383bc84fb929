import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import '../../testing/matchers.ts'
import { dirichletKl } from './dirichlet.ts'
import { headLoss, outside, softmax, type HeadSettings } from './heads.ts'

const classes = 5
const labels = Int32Array.of(0, 3, outside, 1)
const rng = createRng(2)
const logits = Float32Array.from({ length: labels.length * classes }, () => 2 * rng.normal())
const base: HeadSettings = { method: 'dpn', betaIn: 100, outWeight: 1, annealing: 0.7 }
const loss = (settings: HeadSettings, z: Float32Array): number =>
  headLoss(settings, z, labels, classes, new Float32Array(z.length))

describe.each(['softmax', 'dpn', 'evidential'] as const)('%s', (method) => {
  const settings = { ...base, method }

  it('the gradient is the slope of the loss, logit by logit', () => {
    const gradient = new Float32Array(logits.length)
    headLoss(settings, logits, labels, classes, gradient)
    for (let i = 0; i < logits.length; i++) {
      const at = (shift: number): number => {
        const moved = logits.slice()
        moved[i] += shift
        return loss(settings, moved)
      }
      const step = 2 ** -7 // exact in float32
      const slope = (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step)
      expect(Math.abs(gradient[i] - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)))
    }
  })

  it('without a wish for the loss gives the same gradient', () => {
    const [a, b] = [new Float32Array(logits.length), new Float32Array(logits.length)]
    headLoss(settings, logits, labels, classes, a)
    expect(headLoss(settings, logits, labels, classes, b, false)).toBeLessThan(loss(settings, logits) + 1)
    expect(b).toEqual(a)
  })
})

describe('Dirichlet prior network', () => {
  it('is at its minimum where alpha = 1 + betaIn, 1 inside and 1 outside', () => {
    const z = new Float32Array(logits.length)
    labels.forEach((label, r) => {
      if (label !== outside) z[r * classes + label] = Math.log(101)
    })
    expect(loss(base, z)).toBeLessThan(1e-9)
    const gradient = new Float32Array(z.length)
    headLoss(base, z, labels, classes, gradient)
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-3)
  })

  // Two labels at one x with odds p : 1 - p. Reverse KL is linear in the target, so the mean of the targets is best.
  it('at a spectrum of two universes its evidence is betaIn times the posterior', () => {
    const p = 0.8
    const mixed = (a: [number, number]): number =>
      p * dirichletKl(a, [101, 1]) + (1 - p) * dirichletKl(a, [1, 101])
    const best: [number, number] = [1 + 100 * p, 1 + 100 * (1 - p)]
    const least = mixed(best)
    for (const [da, db] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
      [0.5, -0.5],
    ])
      expect(mixed([best[0] + da, best[1] + db])).toBeGreaterThan(least)
  })

  it('logits beyond 20 count as 20 and are pushed back, never further', () => {
    const z = Float32Array.of(60, 0, 0, 0, 0)
    const gradient = new Float32Array(classes)
    const value = headLoss(base, z, Int32Array.of(1), classes, gradient)
    expect(Number.isFinite(value)).toBe(true)
    expect(gradient[0]).toBeGreaterThan(0)
    expect(gradient[1]).toBeLessThan(0)
    headLoss({ ...base, betaIn: 1e10 }, z, Int32Array.of(0), classes, gradient)
    expect(Math.abs(gradient[0])).toBe(0)
  })
})

describe('KL of two Dirichlets', () => {
  it('of two beta distributions, by quadrature', () => {
    // KL = int p ln(p/q), p = Beta(3, 2), q = Beta(2, 4); densities 12 x^2 (1-x) and 20 x (1-x)^3
    let sum = 0
    const n = 20_000
    for (let i = 0; i < n; i++) {
      const x = (i + 0.5) / n
      const p = 12 * x * x * (1 - x)
      sum += (p * Math.log(p / (20 * x * (1 - x) ** 3))) / n
    }
    expect(dirichletKl([3, 2], [2, 4])).toBeCloseToRel(sum, 1e-6)
  })
})

it('softmax does not overflow', () => {
  expect([...softmax([1000, 1000, -1000], new Float64Array(3))]).toEqual([0.5, 0.5, 0])
})
