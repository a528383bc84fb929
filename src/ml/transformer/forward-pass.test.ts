import { expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { createForwardPass, referencePass } from './forward-pass.ts'
import { randomBatch } from './small-batches.ts'
import { initialiseTransformer, TransformerLayout } from './transformer-parameters.ts'

const layout = new TransformerLayout({ tokens: 7, width: 20, heads: 5, blocks: 2, classes: 3 })
const parameters = initialiseTransformer(layout, createRng(2))
const rows = 5

it('a machine without SIMD128 gets what the kernel gives: outputs with and without masks, features', async () => {
  const { values, masked } = randomBatch(layout, rows, createRng(1))
  const [kernel, reference] = [await createForwardPass(layout.spec), referencePass(layout)]
  const expectEqual = (a: Float32Array, b: Float32Array) => {
    expect(a.length).toBe(b.length)
    expect(Math.max(...a.map((x, i) => Math.abs(x - b[i])))).toBeLessThan(1e-5)
  }
  for (const mask of [masked, null]) {
    const one = await kernel.outputs(parameters, values, rows, mask)
    const other = await reference.outputs(parameters, values, rows, mask)
    expectEqual(one.logits, other.logits)
    expectEqual(one.reconstruction, other.reconstruction)
  }
  expectEqual(
    await kernel.features(parameters, values, rows),
    await reference.features(parameters, values, rows),
  )
})
