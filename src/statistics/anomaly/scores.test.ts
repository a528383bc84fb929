import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import '../../testing/matchers.ts'
import { normalCdf } from '../special.ts'
import { latentScores } from './latent-scores.ts'
import { populationTest } from './population-test.ts'
import { empiricalPValue, rocSummary } from './roc.ts'

const normals = (count: number, seed: number, shift = 0) => {
  const rng = createRng(seed)
  return Float64Array.from({ length: count }, () => rng.normal() + shift)
}

describe('ROC', () => {
  it('of four scores, by hand', () => {
    // Pairs (signal, background): 2 > 1, 2 < 3, 4 > 1, 4 > 3.
    const { auroc, truePositives } = rocSummary([1, 3], [2, 4], [0.5])
    expect(auroc.value).toBe(0.75)
    expect(truePositives[0].rate.value).toBe(1) // one false alarm allowed: threshold 1
  })

  it('counts ties half', () => {
    expect(rocSummary([1, 1], [1, 1], []).auroc.value).toBe(0.5)
  })

  it('of two normals is the closed form, its error the spread over repetitions', () => {
    const shift = 1.2
    const expected = normalCdf(shift / Math.SQRT2)
    const values = Array.from({ length: 60 }, (_, s) =>
      rocSummary(normals(400, s), normals(300, s + 999, shift), [0.1]),
    )
    const pulls = values.map(({ auroc }) => (auroc.value - expected) / auroc.error)
    const mean = pulls.reduce((a, b) => a + b) / pulls.length
    const sd = Math.sqrt(pulls.reduce((a, b) => a + (b - mean) ** 2, 0) / (pulls.length - 1))
    expect(Math.abs(mean) * Math.sqrt(60)).toBeLessThan(4)
    expect(Math.abs(sd - 1) * Math.sqrt(120)).toBeLessThan(4)
    const power = normalCdf(shift - 1.2815515655)
    const rates = values.map((v) => v.truePositives[0].rate.value)
    const average = rates.reduce((a, b) => a + b) / rates.length
    expect(Math.abs(average - power)).toBeLessThan(0.02)
  })

  it('errors are the spread over repetitions, also where four scores in a row share a universe', () => {
    const [perUniverse, shift] = [4, 1.2]
    const clustered = (universes: number, seed: number, mean: number) => {
      const rng = createRng(seed)
      return Float64Array.from({ length: universes }, () => rng.normal()).reduce((scores: number[], own) => {
        for (let r = 0; r < perUniverse; r++) scores.push(mean + 0.9 * own + Math.sqrt(0.19) * rng.normal())
        return scores
      }, [])
    }
    const summaries = (together: number) =>
      Array.from({ length: 80 }, (_, s) =>
        rocSummary(clustered(100, s, 0), clustered(80, s + 999, shift), [0.1], together),
      )
    const width = (values: number[]) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length)
    const truth = normalCdf(shift / Math.SQRT2)
    const pulls = (together: number) =>
      width(summaries(together).map(({ auroc }) => (auroc.value - truth) / auroc.error))
    expect(Math.abs(pulls(perUniverse) - 1) * Math.sqrt(160)).toBeLessThan(4)
    expect(pulls(1)).toBeGreaterThan(1.4)
    // A design effect of 1 + 3 · 0.81 = 3.4 on the variance, less for what lies beyond a cut.
    const ratio = (pick: (s: ReturnType<typeof rocSummary>) => number) =>
      summaries(perUniverse).reduce((sum, s) => sum + pick(s), 0) /
      summaries(1).reduce((sum, s) => sum + pick(s), 0)
    expect(ratio(({ truePositives }) => truePositives[0].rate.error)).toBeGreaterThan(1.4)
    expect(ratio(({ truePositives }) => truePositives[0].rate.error)).toBeLessThan(1.85)
  })

  it('draws a curve from corner to corner that never falls', () => {
    const { curve } = rocSummary(normals(500, 1), normals(500, 2, 1), [])
    const last = curve.falseAlarms.length - 1
    expect([curve.falseAlarms[0], curve.truePositives[0]]).toEqual([0, 0])
    expect([curve.falseAlarms[last], curve.truePositives[last]]).toEqual([1, 1])
    for (let i = 1; i <= last; i++) {
      expect(curve.falseAlarms[i]).toBeGreaterThanOrEqual(curve.falseAlarms[i - 1])
      expect(curve.truePositives[i]).toBeGreaterThanOrEqual(curve.truePositives[i - 1])
    }
  })

  it('gives no p-value of zero', () => {
    const background = Float64Array.of(1, 2, 3)
    expect(empiricalPValue(background, 9)).toBe(0.25)
    expect(empiricalPValue(background, 2)).toBe(0.75)
    expect(empiricalPValue(background, 0)).toBe(1)
  })

  it('refuses a sample of one', () => {
    expect(() => rocSummary([1], [1, 2], [])).toThrow('at least 2')
  })
})

describe('latent scores', () => {
  const rng = createRng(3)
  const rows = 4000
  const classOf = Int32Array.from({ length: rows }, (_, r) => r % 2)
  const centres = Float64Array.of(-6, 0, 6, 0)
  // Noise of standard deviations 1 and 0.1 about two centres.
  const points = Float64Array.from({ length: rows * 2 }, (_, i) =>
    i % 2 ? 0.1 * rng.normal() : centres[2 * (((i - (i % 2)) / 2) % 2)] + rng.normal(),
  )
  const scores = latentScores({ dimensions: 2, centres, points, classOf }, 5)

  it('Mahalanobis measures from the nearest class in units of the noise within classes', () => {
    expect(scores.mahalanobis([6, 0.2])).toBeCloseToRel(4, 0.1)
    expect(scores.mahalanobis([-8, 0])).toBeCloseToRel(4, 0.1)
  })

  it('the k-th neighbour is the one found by sorting', () => {
    const z = [3, 0.05]
    const all = Array.from({ length: rows }, (_, r) =>
      Math.hypot(points[2 * r] - z[0], points[2 * r + 1] - z[1]),
    )
    expect(scores.kthNeighbour(z)).toBe(all.sort((a, b) => a - b)[4])
  })

  it('the density integrates to one and falls off without end', () => {
    let sum = 0
    const [dx, dy] = [0.2, 0.02]
    for (let x = -14; x <= 14; x += dx)
      for (let y = -1; y <= 1; y += dy) sum += Math.exp(-scores.density([x, y])) * dx * dy
    expect(sum).toBeCloseToRel(1, 1e-3)
    expect(scores.density([1e4, 0])).toBeGreaterThan(scores.density([1e3, 0]))
    expect(Number.isFinite(scores.density([1e4, 0]))).toBe(true)
  })

  it('copes with places that have collapsed to a point', () => {
    const same = latentScores({
      dimensions: 2,
      centres: new Float64Array(2),
      points: new Float64Array(20),
      classOf: new Int32Array(10),
    })
    expect(same.kthNeighbour([3, 4])).toBe(5)
    expect(Number.isFinite(same.density([0, 0]))).toBe(true)
  })
})

describe('test between two known populations', () => {
  it('of one universe each is the likelihood ratio of two normals', () => {
    const d = 3
    const shift = 1.5
    const zero = new Float64Array(3000 * d)
    const moved = zero.map((_, i) => (i % d ? 0 : shift))
    const { auroc, truePositives } = populationTest(zero, moved, d, 1, [0.1], createRng(8))
    expect(Math.abs(auroc.value - normalCdf(shift / Math.SQRT2)) / auroc.error).toBeLessThan(4)
    expect(Math.abs(truePositives[0].rate.value - normalCdf(shift - 1.2815515655))).toBeLessThan(0.04)
  })

  it('of equal means sees the wider population', () => {
    const rng = createRng(9)
    const narrow = Float64Array.from({ length: 8000 }, () => rng.normal())
    const wide = narrow.map((v) => 3 * v)
    const { auroc } = populationTest(narrow, wide, 1, 2, [], createRng(2))
    // |x| of variances 2 and 10: AUROC = 2/pi arctan(sqrt(10/2))
    expect(Math.abs(auroc.value - (2 / Math.PI) * Math.atan(Math.sqrt(5))) / auroc.error).toBeLessThan(4)
  })
})
