import { expect, it } from 'vitest'
import { emptyTable, type EventTable } from '../../../../generator/event-table.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { predictRatios, type RatioDecoder, type RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'
import { recalibrateRatios } from './recalibrate-ratios.ts'

const rows = 10_000

/** x uniform between 0 and 2; r(td8) = linear(x), r(td8^2) = x² of which half the events have twice as much and half none. */
function eventsWith(linear: (x: number) => number): EventTable {
  const events = emptyTable(['td8'], ['m_tt'], rows)
  const rng = createRng(4)
  for (let i = 0; i < rows; i++) {
    const x = 2 * rng.uniform()
    events.columns.m_tt![i] = x
    events.weights.set([1, linear(x), i % 2 ? 2 * x * x : 0], 3 * i)
  }
  return events
}

/** ln ρ = ln|scale| + slope x. */
function learned(term: string, decoder: RatioDecoder, slope: number): RatioNetwork {
  const layer = {
    inputs: 1,
    outputs: 1,
    kernel: Float32Array.of(-slope),
    bias: Float32Array.of(0),
    activation: 'linear' as const,
  }
  return {
    features: ['m_tt'],
    terms: [term],
    scaler: { centre: [0], scale: [1] },
    mlp: { layers: [layer] },
    decoder,
  }
}

function finish<T>(run: Generator<unknown, T>): T {
  for (;;) {
    const next = run.next()
    if (next.done) return next.value
  }
}

/** Largest error of the recalibrated ratio between 0.1 and 1.9. */
function error(network: RatioNetwork, events: EventTable, exact: (x: number) => number): number {
  const after = finish(recalibrateRatios(network, events))
  const x = Float32Array.from({ length: 181 }, (_, k) => 0.1 + 0.01 * k)
  return predictRatios(after, x).reduce((most, r, k) => Math.max(most, Math.abs(r - exact(x[k]))), 0)
}

const classifier = (scale: number, trainingPoint: number | null): RatioDecoder => ({
  kind: 'classifier',
  scale,
  trainingPoint,
})

it('a destructive term keeps its sign', () => {
  const exact = (x: number): number => -(0.2 + x)
  expect(error(learned('td8', classifier(-0.7, null), 3), eventsWith(exact), exact)).toBeLessThan(0.02)
})

it('interference of both signs is corrected in the density that was learned', () => {
  const exact = (x: number): number => Math.sin(3 * x)
  // Of 1 + r/2 only the part that rises with the score is in the first stage; the features give the rest.
  expect(error(learned('td8', classifier(1, 0.5), 0.3), eventsWith(exact), exact)).toBeLessThan(0.25)
  const rising = (x: number): number => x - 1
  expect(error(learned('td8', classifier(1, -0.5), -2), eventsWith(rising), rising)).toBeLessThan(0.02)
})

it('a square about a training point becomes positive', () => {
  const events = eventsWith((x) => x)
  const network = learned('td8^2', classifier(0.5, 100), 2)
  expect(Math.min(...predictRatios(network, events.columns.m_tt!))).toBeLessThan(0)
  const after = finish(recalibrateRatios(network, events))
  const ratios = predictRatios(after, events.columns.m_tt!)
  expect(Math.min(...ratios)).toBeGreaterThan(0)
  // Half of the events say twice as much: about 10 % near the end, where r is 3.6.
  expect(error(network, events, (x) => x * x)).toBeLessThan(0.5)
  const mean = events.columns.m_tt!.reduce((sum, x) => sum + x * x, 0) / rows
  expect(Math.abs(ratios.reduce((sum, r) => sum + r, 0) / rows / mean - 1)).toBeLessThan(0.02)
})

it('other kinds of network, and a class without rate on these events, are left alone', () => {
  const events = eventsWith((x) => x)
  const joint = learned('td8', { kind: 'joint', bounds: [[0, 1]] }, 1)
  expect(finish(recalibrateRatios(joint, events))).toBe(joint)
  const opposite = learned('td8', classifier(-1, null), 1)
  expect(finish(recalibrateRatios(opposite, events))).toBe(opposite)
})
