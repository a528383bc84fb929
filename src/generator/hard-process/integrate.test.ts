import { integrate as quadrature } from '../../numerics/quadrature.ts'
import { describe, expect, it } from 'vitest'
import {
  gluonsToHeavyQuarks,
  quarksToHeavyQuarks,
} from '../../physics/amplitudes/closed-forms/coloured-pairs.ts'
import { partonIndex } from '../../physics/pdf/pdf-set.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { runBlock } from './block.ts'
import { type HardProcess } from './hard-process.ts'
import { integrate, type IntegrationState } from './integrate.ts'
import { collision, hardProcess, integrated, pull } from '../../testing/hard-processes.ts'

/** σ(p p → t t̄) by Gauss-Legendre in ln τ, y and cos θ, from the closed forms alone. */
function topPairs(ptMin = 0, ptMax = Infinity): number {
  const { pdf, sqrtS } = collision
  const g = Math.sqrt(4 * Math.PI * 0.11)
  const m = 172.5
  const least = 4 * (m * m + ptMin * ptMin)
  const densities = [new Float64Array(11), new Float64Array(11)]
  const gluon = partonIndex(21)
  return quadrature(
    (logTau) => {
      const s = Math.exp(logTau) * sqrtS ** 2
      const beta = Math.sqrt(1 - (4 * m * m) / s)
      const p = (beta * Math.sqrt(s)) / 2
      const [low, high] = [ptMax, ptMin].map((pt) => (pt >= p ? 0 : Math.sqrt(1 - (pt / p) ** 2)))
      let [gluons, quarks] = [0, 0]
      const reach = -logTau / 2
      quadratureInto(-reach, reach, (y, weight) => {
        const [x1, x2] = [Math.exp(logTau / 2 + y), Math.exp(logTau / 2 - y)]
        pdf.xfxQ2All(Math.min(1, x1), m * m, densities[0])
        pdf.xfxQ2All(Math.min(1, x2), m * m, densities[1])
        gluons += weight * densities[0][gluon] * densities[1][gluon]
        for (let k = 0; k < 10; k++) quarks += weight * densities[0][k] * densities[1][9 - k]
      })
      const rate = quadrature(
        (cos) => {
          const [t1, u1] = [-0.5 * s * (1 - beta * cos), -0.5 * s * (1 + beta * cos)]
          return gluons * gluonsToHeavyQuarks(g, m, s, t1, u1) + quarks * quarksToHeavyQuarks(g, m, s, t1, u1)
        },
        low,
        high,
        24,
      )
      return (2 * rate * beta * 3.8937937e8) / (32 * Math.PI * s)
    },
    Math.log(least / sqrtS ** 2),
    0,
    64,
  )
}

function quadratureInto(a: number, b: number, add: (x: number, weight: number) => void): void {
  const steps = 64
  for (let i = 0; i <= steps; i++)
    add(a + ((b - a) * i) / steps, (((b - a) / steps) * (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2)) / 3)
}

describe('Monte Carlo and quadrature agree on p p > t t~', () => {
  it('in all and in bins of pT, at the error asked for', () => {
    const bins = [
      [0, Infinity],
      [0, 100],
      [100, 250],
      [250, 600],
    ]
    const windows = bins.map(([min, max]) => ({ min, max }))
    const results = integrated(hardProcess('p p > t t~', { windows }), 0.004)
    results.forEach((result, i) => {
      expect(result.error / result.value).toBeLessThanOrEqual(0.004)
      expect(pull(result, topPairs(...(bins[i] as [number, number]))), `${bins[i]}`).toBeLessThan(4)
    })
  })

  it('with errors that are honest over seeds', () => {
    const hard = hardProcess('g g > t t~')
    const pulls = Array.from({ length: 12 }, (_, seed) => integrated(hard, 0.02, seed)[0])
    const mean = pulls.reduce((sum, { value }) => sum + value, 0) / 12
    const spread = pulls.reduce((sum, { value, error }) => sum + ((value - mean) / error) ** 2, 0) / 11
    expect(spread).toBeGreaterThan(0.3)
    expect(spread).toBeLessThan(2.4)
  })
})

/** σ of one two-particle process from either beam by quadrature in ln τ, y and cos θ, at the fixed scale and coupling. */
function quadratureOf(hard: HardProcess, m: number, ptMin: number, ptMax: number): number {
  const [{ matrixElement, partons }] = hard.groups
  const { pdf, sqrtS, parameters } = collision
  const running = ((4 * Math.PI * 0.11) / parameters.gs ** 2) ** (matrixElement.strongPower / 2)
  const densities = [new Float64Array(11), new Float64Array(11)]
  const least = Math.hypot(m, ptMin) + ptMin
  return quadrature(
    (logTau) => {
      const E = Math.exp(logTau / 2) * sqrtS
      const p = (E * E - m * m) / (2 * E)
      let luminosity = 0
      quadratureInto(logTau / 2, -logTau / 2, (y, weight) => {
        pdf.xfxQ2All(Math.min(1, Math.exp(logTau / 2 + y)), 172.5 ** 2, densities[0])
        pdf.xfxQ2All(Math.min(1, Math.exp(logTau / 2 - y)), 172.5 ** 2, densities[1])
        for (const [a, b] of partons) luminosity += weight * densities[0][a] * densities[1][b]
      })
      const [low, high] = [ptMax, ptMin].map((pt) => (pt >= p ? 0 : Math.sqrt(1 - (pt / p) ** 2)))
      const squared = (cos: number): number => {
        const [z, x] = [p * cos, p * Math.sqrt(1 - cos * cos)]
        const beams = [E / 2, 0, 0, E / 2, E / 2, 0, 0, -E / 2]
        return matrixElement.squaredMatrixElement(
          Float64Array.from([...beams, Math.hypot(m, p), x, 0, z, p, -x, 0, -z]),
        )
      }
      const both = quadrature((cos) => squared(cos) + squared(-cos), low, high, 24)
      return (luminosity * running * both * (2 * p) * 3.8937937e8) / (E * 32 * Math.PI * E * E)
    },
    2 * Math.log(least / sqrtS),
    0,
    96,
  )
}

it.each([
  ['u u~ > Z g', 91.188],
  ['g u > Z u', 91.188],
  ['g d > Zp d', 1000],
  ['g g > phi g', 125],
])('Monte Carlo and quadrature agree on %s in bins of pT', (process, m) => {
  const windows = [
    { min: 100, max: 150 },
    { min: 150, max: 400 },
    { min: 400, max: Infinity },
  ]
  const hard = hardProcess(process, { windows })
  integrated(hard, 0.005).forEach((result, i) => {
    const { min, max } = windows[i]
    expect(pull(result, quadratureOf(hard, m, min, max)), `${min} to ${max}`).toBeLessThan(4)
  })
})

it('p p is the sum of its subprocesses, from either beam', () => {
  const over = { windows: [{ min: 100, max: Infinity }] }
  const all = integrated(hardProcess('p p > W+ j', { ...over, flavours: 4 }), 0.01)[0]
  const parts = [
    'u d~ > W+ g',
    'c s~ > W+ g',
    'g u > W+ d',
    'g c > W+ s',
    'g d~ > W+ u~',
    'g s~ > W+ c~',
  ].map((name) => integrated(hardProcess(name, over), 0.01)[0])
  const sum = parts.reduce((total, { value }) => total + value, 0)
  const error = Math.hypot(all.error, ...parts.map((part) => part.error))
  expect(pull({ ...all, error }, sum)).toBeLessThan(4)
})

it('goes on from a stored state to the bit', () => {
  const hard = hardProcess('p p > t t~')
  const { dimensions, beamDimensions } = hard
  const plan = { dimensions, beamDimensions, windows: 1, error: 0.01, maxPoints: 1e7 }
  const whole = integrated(hard, 0.01)
  const interrupted = integrate(plan)
  let step = interrupted.next()
  let kept = ''
  for (let round = 0; !step.done; round++) {
    if (round === 5) kept = JSON.stringify(step.value.state)
    step = interrupted.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, 1)))
  }
  expect(integrated(hard, 0.01, 1, JSON.parse(kept) as IntegrationState)).toEqual(whole)
  expect(integrated(hard, 0.01, 2)).not.toEqual(whole)
})

it('gives up at the most points, and says so', () => {
  const hard = hardProcess('g g > t t~')
  const { dimensions, beamDimensions } = hard
  const integration = integrate({ dimensions, beamDimensions, windows: 1, error: 1e-4, maxPoints: 60_000 })
  let step = integration.next()
  while (!step.done)
    step = integration.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, 1)))
  expect(step.value.windows[0].converged).toBe(false)
})

it('negative densities: sums keep them, weights below zero count as 0 and are told', () => {
  const toy = toyPdf()
  const pdf = {
    ...toy,
    xfxQ2All(x: number, q2: number, out = new Float64Array(11)) {
      toy.xfxQ2All(x, q2, out)
      if (x > 0.1) out[10] *= -1
      return out
    },
  }
  const [result] = integrated(hardProcess('g g > t t~', {}, { pdf }), 0.02)
  expect(result.clippedShare).toBeGreaterThan(0.01)
  expect(integrated(hardProcess('g g > t t~'), 0.02)[0].clippedShare).toBe(0)
})
