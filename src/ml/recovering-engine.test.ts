import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { loadKernels } from '../kernels/load-kernels.ts'
import { createRng } from '../numerics/rng.ts'
import type { EncoderEngine } from './encoder-engine.ts'
import { createKernelEngine } from './kernel-engine.ts'
import { createRecoveringEngine } from './recovering-engine.ts'
import type { TrainingConfig } from './training-config.ts'

const kernels = await loadKernels()
const features = 5
const config: TrainingConfig = {
  ...{ seed: 1, loss: 'supcon-euclidean', temperature: 0.5, margin: 4, latentDim: 2, widths: [8] },
  ...{ dropout: 0.2, learningRate: 0.01, optimiser: 'adamw', weightDecay: 0.01, steps: 9, patience: 9 },
  ...{
    universesPerBatch: 4,
    replicasPerUniverse: 2,
    universes: 'fresh',
    fixedUniverses: 10,
    backend: 'auto',
  },
}
const plain = () => createKernelEngine(kernels, config, features)
const batch = (step: number): [Float32Array, Int32Array, number, number] => {
  const rng = createRng(step + 1)
  return [
    Float32Array.from({ length: 8 * features }, () => rng.normal()),
    Int32Array.from({ length: 8 }, (_, i) => i >> 1),
    8,
    0.01,
  ]
}

/** An engine whose card goes at these of its steps, as a graphics engine reports it: by a promise that rejects. */
function losing(at: number[], code: 'ml/device-lost' | 'ml/diverged' = 'ml/device-lost'): EncoderEngine {
  const engine = plain()
  let asked = 0
  return {
    ...engine,
    step: async (...of) => {
      if (at.includes(asked++)) throw new AppError(code, 'gone')
      return engine.step(...of)
    },
  }
}

async function train(engine: EncoderEngine): Promise<number[]> {
  const losses: number[] = []
  for (let step = 0; step < config.steps; step++) losses.push(await engine.step(...batch(step)))
  return losses
}

it('goes on after losses as if there had been none: same losses, parameters and moments to the bit', async () => {
  const straight = plain()
  const expected = await train(straight)
  const restarts: number[] = []
  const engine = createRecoveringEngine(losing([3]), async (count) => {
    restarts.push(count)
    // Lost again at once, then after two steps, then for good on the processor.
    return count === 1 ? losing([0]) : count === 2 ? losing([2]) : plain()
  })
  expect(await train(engine)).toEqual(expected)
  expect(await engine.state()).toEqual(await straight.state())
  expect(restarts).toEqual([1, 2, 3])
})

it('lets other failures through', async () => {
  const engine = createRecoveringEngine(losing([0], 'ml/diverged'), () => expect.unreachable('restarted'))
  await expect(engine.step(...batch(0))).rejects.toMatchObject({ code: 'ml/diverged' })
})

it('fails where no engine can be had', async () => {
  const engine = createRecoveringEngine(losing([0]), () =>
    Promise.reject(new AppError('ml/backend-unavailable', 'none')),
  )
  await expect(engine.step(...batch(0))).rejects.toMatchObject({ code: 'ml/backend-unavailable' })
})

it('tells a card that has no room for a step from one that is gone', async () => {
  const full = new AppError('ml/device-lost', 'no room', { memory: true })
  const asked: [number, boolean][] = []
  const first = { ...plain(), step: () => Promise.reject(full) }
  const engine = createRecoveringEngine(first, async (...how) => {
    asked.push(how)
    return plain()
  })
  expect(await engine.step(...batch(0))).toBe(await plain().step(...batch(0)))
  expect(asked).toEqual([[1, true]])
})

it('another engine takes over between two steps with the same numbers', async () => {
  const straight = plain()
  const engine = createRecoveringEngine(plain(), async () => plain())
  for (const step of [0, 1]) {
    if (step === 1) await engine.goOnWith(plain())
    expect(await engine.step(...batch(step))).toBe(await straight.step(...batch(step)))
  }
  expect((await engine.state()).parameters).toEqual((await straight.state()).parameters)
})
