import { expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { gaussLegendre } from '../../numerics/quadrature.ts'
import reference from '../reference/pdf-ct14lo-start.json'
import type { StartDistributions } from './evolution-basis.ts'
import { lesHouchesToyStart } from './les-houches-toy.ts'
import { ct14loStart } from './start-distributions.ts'

/** int_0^1 dx x^(power - 1) times each x f, with x = t^8 to tame x^-0.2 at the origin. */
function moments(start: StartDistributions, power: 0 | 1): number[] {
  const { nodes, weights } = gaussLegendre(200)
  const sums = new Array<number>(8).fill(0)
  const values = new Float64Array(8)
  for (let k = 0; k < nodes.length; k++) {
    const t = 0.5 * (1 + nodes[k])
    const x = t ** 8
    start.fill(x, values)
    const measure = 0.5 * weights[k] * 8 * t ** 7 * x ** (power - 1)
    values.forEach((v, p) => (sums[p] += v * measure))
  }
  return sums
}

const momentum = ([d, u, dbar, ubar, s, c, b, g]: number[]) => d + u + dbar + ubar + 2 * (s + c + b) + g

it('CT14lo start functions hold two up, one down and all of the momentum', () => {
  const [d, u, dbar, ubar] = moments(ct14loStart, 0)
  expect(u - ubar).toBeCloseToRel(2, 1e-8)
  expect(d - dbar).toBeCloseToRel(1, 1e-8)
  expect(momentum(moments(ct14loStart, 1))).toBeCloseToRel(1, 1e-8)
})

it('CT14lo start functions share the momentum as their fit did', () => {
  // Momentum fractions of the same parametrisation from Beta functions, 6 digits.
  const [d, u, dbar, ubar, s, , , g] = moments(ct14loStart, 1)
  const shares = { uv: u - ubar, dv: d - dbar, ubar: 2 * ubar, dbar: 2 * dbar, s: 2 * s, g }
  const expected = { uv: 0.290982, dv: 0.108938, ubar: 0.06141, dbar: 0.077929, s: 0.019589, g: 0.441153 }
  for (const [key, value] of Object.entries(expected))
    expect(shares[key as keyof typeof shares]).toBeCloseToRel(value, 3e-5)
})

it('CT14lo start functions equal the reference values at Q0', () => {
  const values = new Float64Array(8)
  const rows = reference.values.filter((row) => row.q === ct14loStart.q0)
  expect(rows.length).toBe(8)
  for (const { x, xf } of rows) {
    ct14loStart.fill(x, values)
    values.forEach((value, p) => expect(value).toBeCloseToRel(xf[p], 1e-7))
  }
})

it('CT14lo start functions are positive down to x = 1e-7 and vanish at x = 1', () => {
  const values = new Float64Array(8)
  for (let x = 1e-7; x < 0.97; x *= 1.1) {
    ct14loStart.fill(x, values)
    for (const p of [0, 1, 2, 3, 4, 7]) expect(values[p]).toBeGreaterThan(0)
    expect(values[1]).toBeGreaterThan(values[3])
  }
  ct14loStart.fill(1, values)
  expect([...values]).toEqual(new Array(8).fill(0))
})

it('Les Houches toy input obeys the sum rules', () => {
  const [d, u, dbar, ubar] = moments(lesHouchesToyStart, 0)
  // Its normalisations are printed with seven digits.
  expect(u - ubar).toBeCloseToRel(2, 1e-6)
  expect(d - dbar).toBeCloseToRel(1, 1e-6)
  expect(momentum(moments(lesHouchesToyStart, 1))).toBeCloseToRel(1, 1e-6)
})
