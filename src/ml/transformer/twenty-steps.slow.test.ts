import { expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { initBackend } from '../backends.ts'
import { createTransformerBackend } from './create-transformer-backend.ts'
import { randomBatch } from './small-batches.ts'
import { usualTransformerTraining } from './transformer-config.ts'
import { TransformerEngine } from './transformer-engine.ts'
import { totalLoss } from './transformer-loss.ts'

// Seconds on TensorFlow.js. Run by npm run test:slow.
const spec = { tokens: 5, width: 20, heads: 5, blocks: 2, classes: 5 }

it.each(['cpu', 'wasm'] as const)(
  'our kernel and tfjs-%s train alike for twenty steps',
  { timeout: 60_000 },
  async (name) => {
    await initBackend(name)
    const config = { ...usualTransformerTraining, spec, learningRate: 1e-3, weightDecay: 0.01 }
    const [kernel, engine] = await Promise.all(
      (['kernels', name] as const).map(
        async (of) => new TransformerEngine(config, await createTransformerBackend(of, spec)),
      ),
    )
    const engines = [kernel, engine]
    const { layout } = kernel
    const rng = createRng(4)
    for (let step = 0; step < 20; step++) {
      const batch = randomBatch(layout, 8, rng)
      const [ours, tensors] = await Promise.all(engines.map((engine) => engine.step(batch, 1e-3)))
      const loss = totalLoss('multi-task', ours)
      expect(Math.abs(totalLoss('multi-task', tensors) - loss)).toBeLessThan(1e-4 * loss)
    }
    const [ours, tensors] = engines.map((engine) => engine.state().parameters)
    // Biases of keys have gradients of rounding alone, which Adam makes steps of: they change no output.
    for (const { name, start, length } of layout.regions)
      if (!name.endsWith('keys/bias'))
        for (let i = start; i < start + length; i++)
          expect(Math.abs(ours[i] - tensors[i]), name).toBeLessThan(1e-4)
  },
)
