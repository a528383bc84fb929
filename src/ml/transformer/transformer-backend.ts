import type { TokenBatch } from './token-source.ts'
import type { BatchShares, TransformerLosses, TransformerTask } from './transformer-loss.ts'

export interface TransformerGradient {
  losses: TransformerLosses
  gradient: Float32Array // [layout.total]
}

export interface TransformerOutputs {
  logits: Float32Array // [rows, classes]
  reconstruction: Float32Array // [rows, tokens]
}

/** What computes gradients and outputs: our kernel, TensorFlow.js, or several workers with a kernel each. */
export interface TransformerBackend {
  /** As shown in the page, 'kernels-simd' for example. */
  readonly name: string
  /**
   * One gradient a part, each of this part's share of the batch's mean loss: their sum is the batch's.
   *
   * @param shares  of the whole batch
   */
  gradients(
    parameters: Float32Array,
    task: TransformerTask,
    parts: readonly TokenBatch[],
    shares: BatchShares,
  ): TransformerGradient[] | Promise<TransformerGradient[]>
  /** Sums of both losses, one a part. */
  losses(
    parameters: Float32Array,
    parts: readonly TokenBatch[],
  ): TransformerLosses[] | Promise<TransformerLosses[]>
  /** @param masked  [rows, tokens], or null: all are seen */
  outputs(
    parameters: Float32Array,
    values: Float32Array,
    rows: number,
    masked: Uint8Array | null,
  ): TransformerOutputs | Promise<TransformerOutputs>
  /** Tokens of events after the final layer norm, nothing masked: [rows, tokens × width]. */
  features(parameters: Float32Array, values: Float32Array, rows: number): Float32Array | Promise<Float32Array>
  dispose(): void
}
