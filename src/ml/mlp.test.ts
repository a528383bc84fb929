import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { createMlpRunner, runMlp, type Mlp } from './mlp.ts'

function randomMlp(sizes: number[]): Mlp {
  const rng = createRng(3)
  const normals = (count: number): Float32Array => Float32Array.from({ length: count }, () => rng.normal())
  return {
    layers: sizes.slice(1).map((outputs, i) => ({
      inputs: sizes[i],
      outputs,
      kernel: normals(sizes[i] * outputs),
      bias: normals(outputs),
      activation: i === sizes.length - 2 ? 'linear' : 'relu',
    })),
  }
}

/** The definition, one number at a time. */
function naive(mlp: Mlp, x: number[]): number[] {
  return mlp.layers.reduce(
    (from, { outputs, kernel, bias, activation }) =>
      Array.from({ length: outputs }, (_, j) => {
        const sum = from.reduce((total, value, k) => total + value * kernel[k * outputs + j], bias[j])
        return activation === 'relu' ? Math.max(0, sum) : sum
      }),
    x,
  )
}

describe('runMlp', () => {
  // 131 rows: two full blocks of 64 and an odd rest; widths that do not divide by the tile of 4.
  const mlp = randomMlp([7, 10, 5, 3])
  const rng = createRng(4)
  const rows = 131
  const x = Float32Array.from({ length: rows * 7 }, () => rng.normal())

  it('equals the definition for every row', () => {
    const z = runMlp(mlp, x, rows)
    for (let i = 0; i < rows; i++)
      naive(mlp, [...x.subarray(i * 7, i * 7 + 7)]).forEach((expected, k) =>
        expect(Math.abs(z[i * 3 + k] - expected)).toBeLessThan(1e-5 * (1 + Math.abs(expected))),
      )
  })

  it('gives the same row by row', () => {
    const z = runMlp(mlp, x, rows)
    const runner = createMlpRunner(mlp)
    const out = new Float32Array(3)
    for (let i = 0; i < rows; i += 13) {
      runner.run(x.subarray(i * 7, i * 7 + 7), out)
      out.forEach((value, k) => expect(value).toBeCloseTo(z[i * 3 + k], 4))
    }
  })

  it('names both sizes where the rows have another length', () => {
    expect(() => runMlp(mlp, x.subarray(1), rows)).toThrow(/7 features.*917.*916/)
  })

  it('has the Jacobian of central differences', () => {
    const point = [...x.subarray(0, 7)].map(Number)
    const jacobian = createMlpRunner(mlp).jacobian(point)
    const h = 1e-6
    for (let k = 0; k < 7; k++) {
      const shifted = (by: number): number[] =>
        naive(
          mlp,
          point.map((value, i) => (i === k ? value + by : value)),
        )
      const up = shifted(h)
      const down = shifted(-h)
      for (let o = 0; o < 3; o++) expect(jacobian[o * 7 + k]).toBeCloseTo((up[o] - down[o]) / (2 * h), 5)
    }
  })
})
