import { loadTransformerKernel } from '../../kernels/load-kernels.ts'
import { createKernelBackend } from './kernel-backend.ts'
import { forwardEvent } from './reference-forward.ts'
import type { TransformerBackend } from './transformer-backend.ts'
import { TransformerLayout } from './transformer-parameters.ts'
import type { TransformerSpec } from './transformer-spec.ts'

/** Of a backend what asks a trained transformer and does not teach it. */
export type ForwardPass = Pick<TransformerBackend, 'outputs' | 'features'>

/** Our kernel; on a machine without SIMD128 the same in double precision, slower. */
export async function createForwardPass(spec: TransformerSpec): Promise<ForwardPass> {
  const layout = new TransformerLayout(spec)
  const module = await loadTransformerKernel()
  return module ? createKernelBackend(module, layout) : referencePass(layout)
}

/** Event by event by forwardEvent(). */
export function referencePass(layout: TransformerLayout): ForwardPass {
  const { tokens, width, classes } = layout.spec
  const passOf = (parameters: Float32Array, values: Float32Array, r: number, masked: Uint8Array | null) =>
    forwardEvent(
      layout,
      parameters,
      values.subarray(r * tokens, (r + 1) * tokens),
      masked && masked.subarray(r * tokens, (r + 1) * tokens),
    )
  return {
    outputs(parameters, values, rows, masked) {
      const logits = new Float32Array(rows * classes)
      const reconstruction = new Float32Array(rows * tokens)
      for (let r = 0; r < rows; r++) {
        const pass = passOf(parameters, values, r, masked)
        logits.set(pass.logits, r * classes)
        reconstruction.set(pass.reconstruction, r * tokens)
      }
      return { logits, reconstruction }
    },
    features(parameters, values, rows) {
      const out = new Float32Array(rows * tokens * width)
      for (let r = 0; r < rows; r++) out.set(passOf(parameters, values, r, null).norm.out, r * tokens * width)
      return out
    },
  }
}
