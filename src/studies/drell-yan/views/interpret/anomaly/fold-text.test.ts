import { describe, expect, it } from 'vitest'
import type { SpectrumScores } from '../../../analysis/anomaly/spectrum-scores.ts'
import { foldVerdict } from './fold-text.ts'

describe('the verdict', () => {
  const scores = (map: number, residual: number, folded: boolean) =>
    ({
      residual: { pValue: residual },
      empirical: { 'kth-neighbour': { pValue: map, value: 1 } },
      fold: { universe: 7, latentDistance: 0.1, noiseFree: 9, folded },
    }) as unknown as SpectrumScores

  it.each([
    [0.9, 1e-6, true, 'The map hides this: it is folded onto universe 7'],
    [0.01, 1e-6, false, 'Map and spectrum agree that this is unusual'],
    [0.01, 0.5, false, 'Unusual on the map, though some universe explains it'],
    [0.9, 0.5, false, 'No test notices anything'],
  ])('map p = %s, residual p = %s', (map, residual, folded, title) => {
    expect(foldVerdict(scores(map, residual, folded), 2).title).toBe(title)
  })
})
