import { expect, it } from 'vitest'
import { adamUpdate, createAdamState } from './adam.ts'

const decays = Uint8Array.of(1, 0)

it('moves by the learning rate against the sign of the first gradient, whatever its size', () => {
  const parameters = Float32Array.of(1, 1)
  const settings = { optimiser: 'adam', weightDecay: 0.5 } as const
  adamUpdate(createAdamState(2), parameters, Float32Array.of(3e4, -2e-3), 0.01, settings, decays)
  expect(parameters[0]).toBeCloseTo(0.99, 6)
  expect(parameters[1]).toBeCloseTo(1.01, 6)
})

it('follows algorithm 1 of Kingma and Ba for changing gradients', () => {
  const parameters = Float32Array.of(0, 0)
  const state = createAdamState(2)
  const settings = { optimiser: 'adam', weightDecay: 0 } as const
  for (const g of [1, 2]) adamUpdate(state, parameters, Float32Array.of(g, g), 0.1, settings, decays)
  // m = 0.09 + 0.2 over 1 - 0.81; v = 0.000999 + 0.004 over 1 - 0.998001
  const second = (0.1 * (0.29 / 0.19)) / Math.sqrt(0.004999 / 0.001999)
  expect(parameters[0]).toBeCloseTo(-0.1 - second, 5)
})

it('decays only what may decay, apart from the gradient', () => {
  const parameters = Float32Array.of(2, 2)
  const settings = { optimiser: 'adamw', weightDecay: 0.5 } as const
  adamUpdate(createAdamState(2), parameters, new Float32Array(2), 0.1, settings, decays)
  expect(parameters[0]).toBeCloseTo(2 - 0.1 * 0.5 * 2, 6)
  expect(parameters[1]).toBe(2)
})

it('hardly follows gradients far below ε', () => {
  const parameters = Float32Array.of(0, 0)
  const settings = { optimiser: 'adam', weightDecay: 0, epsilon: 1e-5 } as const
  adamUpdate(createAdamState(2), parameters, Float32Array.of(1e-8, 1e-2), 0.1, settings, decays)
  expect(parameters[0]).toBeCloseTo(-1e-4, 6)
  expect(parameters[1]).toBeCloseTo(-0.1, 3)
})
