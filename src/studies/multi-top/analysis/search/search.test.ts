import { describe, expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { sampleOf } from '../../../../testing/small-multi-top.ts'
import { eventTokens } from '../tokens/event-tokens.ts'
import {
  entropies,
  fitClassGaussians,
  freeEnergies,
  mahalanobis,
  reconstructionErrors,
  softmaxDoubts,
} from './anomaly-scores.ts'
import { searchSelection, selectedCrossSection } from './search-selection.ts'
import { signalEfficiencies } from './signal-efficiency.ts'

describe('scores of a search', () => {
  it('are 1 and largest for even probabilities, 0 for a certain class', () => {
    const probabilities = [0.25, 0.25, 0.25, 0.25, 1, 0, 0, 0]
    expect([...entropies(probabilities, 4)].map((x) => x + 0)).toEqual([1, 0])
    expect([...softmaxDoubts(probabilities, 4)]).toEqual([0.75, 0])
  })

  it('are the free energy of logits, also where these are large', () => {
    const [small, large] = freeEnergies([0, 0, 1000, 1000], 2)
    expect(small).toBeCloseTo(-Math.LN2, 12)
    expect(large).toBeCloseTo(-1000 - Math.LN2, 9)
  })

  it('are squared distances in units of the spread within classes', () => {
    const rng = createRng(1)
    const rows = 4000
    const labels = Uint8Array.from({ length: rows }, (_, r) => r % 2)
    const features = Float64Array.from({ length: 2 * rows }, (_, at) => {
      const row = Math.floor(at / 2)
      return at % 2 === 0 ? 10 * labels[row] + 2 * rng.normal() : 0.5 * rng.normal()
    })
    const gaussians = fitClassGaussians(features, labels, new Float64Array(rows).fill(1), 2)
    const [near, far, up] = mahalanobis(gaussians, [10, 0, 16, 0, 0, 1.5])
    expect(near).toBeLessThan(0.05)
    expect(Math.abs(far - 9)).toBeLessThan(0.6)
    expect(Math.abs(up - 9)).toBeLessThan(0.6)
    // Of the classes themselves the mean is the number of dimensions, a little less where another class is nearer.
    const own = mahalanobis(gaussians, features)
    const mean = own.reduce((sum, x) => sum + x / rows, 0)
    expect(Math.abs(mean - 2)).toBeLessThan(0.15)
  })

  it('are errors of what is masked and filled', () => {
    const batch = {
      values: Float32Array.from([1, 2, 3, 4]),
      filled: Uint8Array.from([1, 1, 1, 0]),
      masked: Uint8Array.from([1, 0, 0, 1]),
    }
    expect([...reconstructionErrors(2, batch, Float32Array.from([3, 9, 9, 9]))]).toEqual([4, 0])
  })
})

describe('the selection', () => {
  it('asks for a b-jet and a lepton', () => {
    const raw = eventTokens(
      sampleOf([
        { objects: [[1, 50, 0, 0]] },
        { objects: [[1, 50, 0, 0], [3, 30, 0, 1]] }, // prettier-ignore
        { objects: [[0, 50, 0, 0], [4, 30, 0, 1]] }, // prettier-ignore
      ]),
    )
    expect([...searchSelection(raw, [0, 1, 2])]).toEqual([1])
  })

  it('of a sample leaves its cross-section', () => {
    const part = { options: '', sigmaErrorPb: 0 }
    const parts = [
      { ...part, sigmaPb: 10, generated: 100, selected: 50 },
      { ...part, sigmaPb: 2, generated: 10, selected: 10 },
    ]
    expect(selectedCrossSection({ parts })).toBe(7)
  })
})

describe('efficiencies', () => {
  const rng = createRng(5)
  const normal = (n: number, shift: number) => ({
    scores: Float64Array.from({ length: n }, () => rng.normal() + shift),
    weights: new Float64Array(n).fill(1),
  })
  const [background, signal] = [normal(8000, 0), normal(2000, 1)]

  it('are those of normals', () => {
    const { efficiencies, auc, effectiveEvents } = signalEfficiencies(background, signal, 1, [0.1, 0.01], 20)
    expect(effectiveEvents).toBeCloseTo(8000, 6)
    // 1 − Φ(1.2816 − 1) and 1 − Φ(2.3263 − 1); Φ(1/√2).
    const truth = [0.3891, 0.0924]
    efficiencies.forEach(({ efficiency: { value, error } }, k) => {
      expect(Math.abs(value - truth[k])).toBeLessThan(4 * error)
      expect(error).toBeLessThan(0.04)
    })
    expect(Math.abs(auc.value - 0.7602)).toBeLessThan(4 * auc.error)
  })

  it('of what looks like the Standard Model are its rates', () => {
    const { efficiencies, auc } = signalEfficiencies(background, normal(2000, 0), 1, [0.1, 0.001], 20)
    for (const { rate, efficiency } of efficiencies)
      expect(Math.abs(efficiency.value - rate)).toBeLessThan(4 * efficiency.error)
    expect(Math.abs(auc.value - 0.5)).toBeLessThan(4 * auc.error)
  })

  it('go by weight', () => {
    const scores = Float64Array.from({ length: 40 }, (_, k) => k)
    const weights = Float64Array.from(scores, (k) => (k >= 36 ? 9 : 1)) // the upper four weigh half
    const { efficiencies } = signalEfficiencies(
      { scores, weights },
      { scores, weights: new Float64Array(40).fill(1) },
      1,
      [0.5],
      5,
    )
    expect(efficiencies[0].cut).toBe(35)
    expect(efficiencies[0].efficiency.value).toBe(0.1)
  })

  it('are refused for a handful of events', () => {
    expect(() => signalEfficiencies(background, normal(19, 0), 1)).toThrow(/8000 .* tried on 19 .* is 20/)
  })
})
