import { TransformerKernel } from '../../kernels/transformer-kernel.ts'
import type { TransformerBackend } from './transformer-backend.ts'
import { learnsClasses, learnsReconstruction, sharesOf, type TransformerLosses } from './transformer-loss.ts'
import type { TokenBatch } from './token-source.ts'
import type { TransformerLayout } from './transformer-parameters.ts'

/** Gradients on our own SIMD kernel, event by event: memory does not grow with the batch. */
export function createKernelBackend(
  module: WebAssembly.Module,
  layout: TransformerLayout,
): TransformerBackend {
  const kernel = new TransformerKernel(module, layout.spec, layout.regions)
  const withWeights = (
    batch: TokenBatch,
    sums: Pick<TransformerLosses, 'reconstruction' | 'classification'>,
    reconstructs: boolean,
    classifies: boolean,
  ): TransformerLosses => {
    const { scalar, weight } = sharesOf(batch)
    return {
      ...sums,
      scalars: reconstructs && scalar > 0 ? Math.round(1 / scalar) : 0,
      weight: classifies && weight > 0 ? 1 / weight : 0,
    }
  }
  return {
    name: 'kernels-simd',
    gradients(parameters, task, parts, shares) {
      const [reconstructs, classifies] = [learnsReconstruction(task), learnsClasses(task)]
      kernel.writeParameters(parameters)
      return parts.map((part) => {
        const sums = kernel.learn(
          part,
          reconstructs ? shares.scalar : null,
          classifies ? shares.weight : null,
        )
        return { losses: withWeights(part, sums, reconstructs, classifies), gradient: kernel.gradient() }
      })
    },
    losses(parameters, parts) {
      kernel.writeParameters(parameters)
      return parts.map((part) => withWeights(part, kernel.losses(part, true, true), true, true))
    },
    outputs(parameters, values, rows, masked) {
      kernel.writeParameters(parameters)
      const { logits, reconstruction } = kernel.predict(rows, values, masked, false)
      return { logits, reconstruction }
    },
    features(parameters, values, rows) {
      kernel.writeParameters(parameters)
      return kernel.predict(rows, values, null, true).features
    },
    dispose() {},
  }
}
