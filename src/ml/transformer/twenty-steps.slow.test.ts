import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { loadTransformerKernel } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { createKernelBackend } from './kernel-backend.ts'
import { randomBatch } from './small-batches.ts'
import { createTfjsBackend } from './tfjs-backend.ts'
import { usualTransformerTraining } from './transformer-config.ts'
import { TransformerEngine } from './transformer-engine.ts'
import { totalLoss } from './transformer-loss.ts'
import { TransformerLayout } from './transformer-parameters.ts'

// Seconds on TensorFlow.js's cpu backend. Run by npm run test:slow.
const spec = { tokens: 9, width: 20, heads: 5, blocks: 2, classes: 5 }
const layout = new TransformerLayout(spec)

it('our kernel and TensorFlow.js train alike for twenty steps', async () => {
  await tf.setBackend('cpu')
  const config = { ...usualTransformerTraining, spec, weightDecay: 0.01 }
  const module = (await loadTransformerKernel())!
  const engines = [createKernelBackend(module, layout), createTfjsBackend(layout)].map(
    (backend) => new TransformerEngine(config, backend),
  )
  const rng = createRng(4)
  for (let step = 0; step < 20; step++) {
    const batch = randomBatch(layout, 16, rng)
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
})
