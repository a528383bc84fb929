import { expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { neutrinoAreas } from './neutrino-classifier.ts'

it('is the area of the counts’ distributions, by weight and for classes alike', () => {
  const rng = createRng(1)
  const events = Array.from({ length: 4000 }, (_, i) => {
    const label = i % 4 < 2 ? 0 : 1
    // Class 1 has a neutrino in three of four events, class 0 in one; half the events of class 1 weigh double.
    const count = rng.uniform() < (label === 1 ? 0.75 : 0.25) ? 1 : 0
    return { label, count, weight: label === 1 && count === 1 ? 2 : 1 }
  })
  const of = <K extends 'label' | 'count' | 'weight'>(key: K): number[] => events.map((own) => own[key])
  const areas = neutrinoAreas({ labels: of('label'), counts: of('count'), weights: of('weight') }, 2, 1)
  // With the weights 6/7 of class 1 have one: 6/7 · 3/4 + (6/7 · 1/4 + 1/7 · 3/4) / 2.
  const truth = (6 / 7) * 0.75 + ((6 / 7) * 0.25 + (1 / 7) * 0.75) / 2
  for (const { value, error } of [...areas.perClass, areas.mean])
    expect(Math.abs(value - truth)).toBeLessThan(4 * error)
})

it('tells nothing where all have as many', () => {
  const labels = Array.from({ length: 60 }, (_, i) => i % 3)
  const areas = neutrinoAreas({ labels, counts: labels.map(() => 2), weights: labels.map(() => 1) }, 3, 1)
  expect(areas.mean.value).toBe(0.5)
})
