import { describe, expect, it } from 'vitest'
import { hasSimd } from '../../kernels/create-kernels.ts'
import { loadTsneKernel } from '../../kernels/load-kernels.ts'
import { TsneKernel } from '../../kernels/tsne-kernel.ts'
import { createRng } from '../../numerics/rng.ts'
import { tsneAffinities } from './affinities.ts'
import { embeddingMetrics, pairDistances } from './distances.ts'
import { leadingComponents } from './leading-components.ts'
import { bootstrapMean, neighbourPurity, purityGain } from './neighbour-purity.ts'
import { klDivergence, tsneGradient, upperTriangle } from './tsne-gradient.ts'
import { tsne, type TsneReport } from './tsne.ts'

const n = 90
const dimensions = 6

/** Three groups of thirty. */
function groups(distance: number, seed = 1) {
  const rng = createRng(seed)
  const labels = Uint8Array.from({ length: n }, (_, i) => i % 3)
  const values = Float64Array.from({ length: n * dimensions }, (_, at) => {
    const group = Math.floor(at / dimensions) % 3
    return rng.normal() + (at % dimensions === group ? distance : 0)
  })
  return { n, dimensions, values, labels }
}

describe('distances of pairs', () => {
  const pair = (a: number[], b: number[], metric: (typeof embeddingMetrics)[number]): number =>
    pairDistances({ n: 2, dimensions: a.length, values: [...a, ...b] }, metric)[1]

  it('are those of their metric', () => {
    expect(pair([0, 3], [4, 0], 'euclidean')).toBe(5)
    expect(pair([0, 3], [4, 0], 'manhattan')).toBe(7)
    expect(pair([2, 0], [3, 3], 'cosine')).toBeCloseTo(1 - Math.SQRT1_2, 12)
  })

  it('name what cannot be measured', () => {
    expect(() => pair([0, NaN], [1, 1], 'euclidean')).toThrow(/Point 0 has NaN in column 1/)
    expect(() => pair([1, 1], [0, 0], 'cosine')).toThrow(/Point 1 of 2 is zero/)
    expect(() => pairDistances({ n: 3, dimensions: 2, values: [1, 2] }, 'manhattan')).toThrow(/have 6, got 2/)
  })
})

describe('affinities', () => {
  it.each(embeddingMetrics)('meet the perplexity in every row (%s)', (metric) => {
    const { joint, perplexities } = tsneAffinities(pairDistances(groups(3), metric), n, 20)
    for (const perplexity of perplexities) expect(Math.abs(perplexity - 20)).toBeLessThan(1e-6)
    let sum = 0
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        sum += joint[i * n + j]
        if (joint[i * n + j] !== joint[j * n + i]) expect.fail(`p_${i},${j} is not symmetric`)
      }
    expect(sum).toBeCloseTo(1, 12)
    expect(joint[0]).toBe(0)
  })

  it('of a row with more twins than the perplexity say what it has', () => {
    const { perplexities } = tsneAffinities(new Float64Array(40 * 40), 40, 10)
    expect(perplexities[0]).toBeCloseTo(39, 6)
  })

  it('are refused for a perplexity that the points cannot have', () => {
    expect(() => tsneAffinities(new Float64Array(16), 4, 30)).toThrow(/takes 91 points, there are 4/)
  })
})

describe('the gradient', () => {
  it('is that of finite differences of KL', () => {
    const { joint } = tsneAffinities(pairDistances(groups(2), 'euclidean'), n, 10)
    const triangle = upperTriangle(joint, n)
    const rng = createRng(4)
    const y = Float64Array.from({ length: 2 * n }, () => 2 * rng.normal())
    const gradient = new Float64Array(2 * n)
    tsneGradient(triangle, 1, y, gradient, new Float64Array(2 * n))
    const step = 1e-4
    for (let k = 0; k < 2 * n; k += 7) {
      const at = (shift: number): number => klDivergence(triangle, y.with(k, y[k] + shift))
      const difference = (at(step) - at(-step)) / (2 * step)
      // p in float32 sum to 1 within 1e-7, of which KL makes as much.
      expect(Math.abs(gradient[k] - difference)).toBeLessThan(2e-7)
    }
    expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(1e-3)
  })

  it.skipIf(!hasSimd())(
    'of the kernel (SIMD128) is the same, for numbers of points that fill no vector too',
    async () => {
      const module = (await loadTsneKernel()) as WebAssembly.Module
      for (const points of [90, 61]) {
        const values = groups(2).values.subarray(0, points * dimensions)
        const { joint } = tsneAffinities(
          pairDistances({ n: points, dimensions, values }, 'cosine'),
          points,
          10,
        )
        const rng = createRng(4)
        const y = Float64Array.from({ length: 2 * points }, () => 20 * rng.normal())
        const [ours, theirs] = [new Float64Array(2 * points), new Float64Array(2 * points)]
        tsneGradient(upperTriangle(joint, points), 12, y, theirs, new Float64Array(2 * points))
        new TsneKernel(module, joint, points).gradient(12, y, ours)
        const scale = Math.max(...theirs.map(Math.abs))
        for (let k = 0; k < 2 * points; k++) expect(Math.abs(ours[k] - theirs[k]) / scale).toBeLessThan(2e-6)
      }
    },
  )
})

describe('t-SNE', () => {
  function run(seed: number) {
    const steps: TsneReport[] = []
    const loop = tsne({ ...groups(6), metric: 'euclidean', perplexity: 10, iterations: 400, seed })
    for (;;) {
      const next = loop.next()
      if (next.done) return { steps, result: next.value }
      steps.push({ ...next.value })
    }
  }
  const { steps, result } = run(1)

  it('lowers KL and keeps groups together', () => {
    expect(steps).toHaveLength(401)
    const late = steps.filter(({ iteration }) => iteration >= 300 && iteration % 50 === 0)
    expect(late.map(({ kl }) => kl)).toEqual(late.map(({ kl }) => kl).toSorted((a, b) => b - a))
    expect(result.kl).toBeLessThan(0.5 * steps[0].kl)
    const { labels } = groups(6)
    const purity = neighbourPurity(
      pairDistances({ n, dimensions: 2, values: result.map }, 'euclidean'),
      labels,
    )
    expect(bootstrapMean(purity, 1).value).toBeGreaterThan(0.99)
  })

  it('is the same for the same seed', () => {
    expect(run(1).result.map.join()).toBe(result.map.join())
  })
})

describe('purity of neighbours', () => {
  it('is 1 for groups apart, by chance a third', () => {
    const chance = neighbourPurity(pairDistances(groups(0), 'euclidean'), groups(0).labels)
    const apart = neighbourPurity(pairDistances(groups(30), 'euclidean'), groups(30).labels)
    expect(bootstrapMean(apart, 1).value).toBeCloseTo(1, 12)
    expect(bootstrapMean(apart, 1).error).toBeLessThan(1e-12)
    const { value, error } = bootstrapMean(chance, 1)
    expect(Math.abs(value - 29 / 89)).toBeLessThan(4 * error)
    const gain = purityGain(chance, apart, 1)
    expect(gain.value).toBeCloseTo(1 - value, 10)
    expect(gain.error).toBeCloseTo(error, 10)
  })

  it('counts the nearest two of each', () => {
    const distances = pairDistances({ n: 4, dimensions: 1, values: [0, 1, 2, 3.5] }, 'euclidean')
    expect([...neighbourPurity(distances, [0, 1, 0, 0], 2)]).toEqual([0.5, 0, 0.5, 0.5])
    expect(() => neighbourPurity(distances, [0, 1, 0, 0], 4)).toThrow(/4 neighbours .* 3 others/)
  })
})

describe('leading components', () => {
  it('are the axes of largest spread, orthonormal', () => {
    const rng = createRng(2)
    const spreads = [5, 3, 1, 0.5, 0.2, 0.1]
    const values = Float64Array.from({ length: 400 * 6 }, (_, at) => spreads[at % 6] * rng.normal() + 7)
    const { axes, variance, coordinates, found } = leadingComponents(
      { n: 400, dimensions: 6, values },
      2,
      rng,
    )
    expect(found).toBe(2)
    expect(Math.abs(axes[0])).toBeGreaterThan(0.99)
    expect(Math.abs(axes[7])).toBeGreaterThan(0.99)
    let own = 0
    for (let i = 0; i < 400; i++) own += coordinates[2 * i] ** 2 / 400
    expect(own).toBeCloseTo(variance[0], 8)
    expect(axes.subarray(0, 6).reduce((sum, a, k) => sum + a * axes[6 + k], 0)).toBeCloseTo(0, 10)
  })
})
