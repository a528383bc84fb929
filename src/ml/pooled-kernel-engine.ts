import type { Kernels } from '../kernels/create-kernels.ts'
import type { ContrastiveSetting, NetworkKernel } from '../kernels/network-kernel.ts'
import type { LayerSpec } from '../kernels/network-spec.ts'
import { createRng } from '../numerics/rng.ts'
import type { EncoderEngine } from './encoder-engine.ts'
import { initialiseParameters, parametersFromFlat, type EncoderArchitecture } from './encoder-parameters.ts'
import { checkBatch } from './gradient-engine.ts'
import { meanOfItems } from './mlp.ts'
import type { TrainingConfig } from './training-config.ts'

type Pool = NonNullable<EncoderArchitecture['pool']>

const relu = (units: number): LayerSpec => ({ units, activation: 'relu' })

/**
 * An engine of deep sets on our kernels: one network for items, one for their means, whose gradient by its inputs goes on
 * through the mean into the first. The same start, update and state as every other engine.
 */
export function createPooledEngine(
  kernels: Kernels,
  { seed, optimiser, weightDecay, epsilon }: TrainingConfig,
  contrastive: ContrastiveSetting,
  architecture: EncoderArchitecture,
  { items, widths }: Pool,
): EncoderEngine {
  const { features, latentDim } = architecture
  const pooled = widths[widths.length - 1]
  const ofItems = kernels.createNetwork({ inputs: features / items, layers: widths.map(relu) })
  const ofSets = kernels.createNetwork({
    inputs: pooled,
    layers: [...architecture.widths.map(relu), { units: latentDim, activation: 'linear' }],
    inputGradient: true,
  })
  write(initialiseParameters(architecture, createRng(seed).split('initialise')).flat)
  let steps = 0

  function write(flat: Float32Array): void {
    ofItems.writeParameters(flat.subarray(0, ofItems.total))
    ofSets.writeParameters(flat.subarray(ofItems.total))
  }

  const joined = (of: (network: NetworkKernel) => Float32Array): Float32Array => {
    const flat = new Float32Array(ofItems.total + ofSets.total)
    flat.set(of(ofItems))
    flat.set(of(ofSets), ofItems.total)
    return flat
  }

  /** Loss and gradients of both networks. */
  function gradient(x: Float32Array, labels: Int32Array, rows: number): number {
    const of = ofItems.predict(x, rows * items)
    const loss = ofSets.contrastiveGradient(contrastive, meanOfItems(of, rows, items), labels, rows)
    const slopes = ofSets.readInputGradient(rows)
    ofItems.setInputs(x)
    const all = Int32Array.from({ length: rows * items }, (_, i) => i)
    ofItems.headGradient(all, (outputs, indices, into) => {
      if (into)
        indices.forEach((item, i) => {
          const set = Math.floor(item / items)
          for (let j = 0; j < pooled; j++)
            into[i * pooled + j] = outputs[i * pooled + j] > 0 ? slopes[set * pooled + j] / items : 0
        })
      return 0
    })
    return loss
  }

  return {
    name: kernels.simd ? 'kernels-simd' : 'kernels-scalar',
    step(x, labels, rows, learningRate) {
      checkBatch(x, labels, rows, features)
      const loss = gradient(x, labels, rows)
      // Both are updated, or none.
      if (!Number.isFinite(ofItems.gradientNorm() + ofSets.gradientNorm())) return Number.NaN
      const settings = { learningRate, weightDecay: optimiser === 'adamw' ? weightDecay : 0, epsilon }
      ofItems.update(settings)
      ofSets.update(settings)
      steps++
      return loss
    },
    parameters: () =>
      parametersFromFlat(
        architecture,
        joined((network) => network.readParameters()),
      ),
    state: () => ({
      steps,
      parameters: joined((network) => network.readParameters()),
      optimiser: {
        updates: ofSets.updates,
        first: joined((network) => network.readMoments().first),
        second: joined((network) => network.readMoments().second),
      },
    }),
    restore(state) {
      const { updates, first, second } = state.optimiser
      write(state.parameters)
      const end = ofItems.total
      ofItems.writeMoments({ updates, first: first.subarray(0, end), second: second.subarray(0, end) })
      ofSets.writeMoments({ updates, first: first.subarray(end), second: second.subarray(end) })
      steps = state.steps
    },
    dispose() {},
  }
}
