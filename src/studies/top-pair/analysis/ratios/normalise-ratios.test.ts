import { expect, it } from 'vitest'
import { emptyTable } from '../../../../generator/event-table.ts'
import { predictRatios, type RatioDecoder, type RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'
import { normaliseRatios } from './normalise-ratios.ts'

// Three events with r(td8) = 1, 2, 3 and r(td8^2) = r^2.
const events = emptyTable(['td8'], ['m_tt'], 3)
events.columns.m_tt!.set([1, 2, 3])
events.weights.set([2, 2, 2, 1, 2, 4, 1, 3, 9])
const x = events.columns.m_tt!

function network(decoder: RatioDecoder, terms: string[], outputs: number, bias: number[]): RatioNetwork {
  const layer = { inputs: 1, outputs, kernel: new Float32Array(outputs), activation: 'linear' as const }
  layer.kernel[outputs - 1] = -0.3
  return {
    features: ['m_tt'],
    terms,
    scaler: { centre: [0], scale: [1] },
    mlp: { layers: [{ ...layer, bias: Float32Array.from(bias) }] },
    decoder,
  }
}

const meanRatio = (net: RatioNetwork, t: number): number => {
  const r = predictRatios(net, x)
  const n = net.terms.length
  return (2 * r[t] + r[n + t] + r[2 * n + t]) / 4
}

it('a classifier gets the rate of its term', () => {
  const learned = network({ kind: 'classifier', scale: 1, trainingPoint: null }, ['td8'], 1, [-0.05])
  expect(meanRatio(learned, 0)).not.toBeCloseTo(7 / 4, 2)
  const { network: after, factors } = normaliseRatios(learned, events)
  expect(meanRatio(after, 0)).toBeCloseTo(7 / 4, 6)
  expect(factors[0]).toBeCloseTo(7 / 4 / meanRatio(learned, 0), 6)
})

it('about a training point no factor acts on the part that is the SM', () => {
  const learned = network({ kind: 'classifier', scale: 1, trainingPoint: 2 }, ['td8'], 1, [-1])
  const { network: after, factors } = normaliseRatios(learned, events)
  expect(factors).toEqual([1])
  expect(predictRatios(after, x)).toEqual(predictRatios(learned, x))
})

it('a classifier whose odds explode on one event is held to what the events bear out', () => {
  const rows = 1000
  const many = emptyTable(['td8'], ['m_tt'], rows)
  for (let i = 0; i < rows; i++) {
    many.columns.m_tt![i] = i === 0 ? 40 : i / rows
    many.weights.set([1, 1 + i / rows, 2], 3 * i)
  }
  // exp(0.3 x + 0.22): about 1.4 everywhere, e^12 on the first event.
  const learned = network({ kind: 'classifier', scale: 1, trainingPoint: null }, ['td8'], 1, [-0.22])
  const { network: after, factors } = normaliseRatios(learned, many)
  const ratios = predictRatios(after, many.columns.m_tt!)
  expect(predictRatios(learned, many.columns.m_tt!)[0]).toBeGreaterThan(1e5)
  expect(ratios[0]).toBeLessThan(6)
  expect(ratios.reduce((sum, r) => sum + r, 0) / rows).toBeCloseTo(1.4995, 5)
  expect(factors[0]).toBeGreaterThan(1)
})

it('of a joint network each term, but not one that changes sign on most of its size', () => {
  const decoder = (low: number) => ({
    kind: 'joint' as const,
    bounds: [
      [0, 1],
      [low, 4],
      [0, 4],
    ] as [number, number][],
  })
  const learned = network(decoder(-2.2), ['td8', 'td8^2'], 3, [0, 0, 0.5])
  const { network: after, factors } = normaliseRatios(learned, events)
  factors.forEach((factor) => expect(Math.abs(factor - 1)).toBeGreaterThan(0.01))
  expect(meanRatio(after, 0)).toBeCloseTo(7 / 4, 6)
  expect(meanRatio(after, 1)).toBeCloseTo(15 / 4, 6)
  const bounds: [number, number][] = [
    [0, 1],
    [-4, 4],
  ]
  const swinging = network({ kind: 'joint', bounds }, ['td8'], 2, [0, 0.6])
  expect(normaliseRatios(swinging, events).factors[0]).toBe(1)
})

it('a positive ratio gets the rates of linear term and square, and stays a square', () => {
  const learned = network({ kind: 'positive', units: [1.5] }, ['td8', 'td8^2'], 2, [0.09, 0.8])
  const { network: after, factors } = normaliseRatios(learned, events)
  expect(meanRatio(after, 0)).toBeCloseTo(7 / 4, 6)
  expect(meanRatio(after, 1)).toBeCloseTo(15 / 4, 6)
  expect(meanRatio(learned, 0)).not.toBeCloseTo(7 / 4, 2)
  expect(factors[0]).not.toBe(1)
  const r = predictRatios(after, x)
  for (let i = 0; i < 3; i++) expect(r[2 * i + 1]).toBeGreaterThanOrEqual(r[2 * i] ** 2 / 4)
})

it('a network that is far off is left as it is', () => {
  const learned = network({ kind: 'classifier', scale: 9, trainingPoint: null }, ['td8'], 1, [0])
  expect(normaliseRatios(learned, events).factors).toEqual([1])
})
