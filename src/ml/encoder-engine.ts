import type { AdamState } from './adam.ts'
import type { EncoderParameters } from './encoder-parameters.ts'

/** What an engine needs to go on exactly where another stopped. */
export interface EngineState {
  /** Steps done; also the index of the next step's dropout masks. */
  steps: number
  parameters: Float32Array // EncoderParameters.flat
  optimiser: AdamState
}

/**
 * Holds an encoder and improves it batch by batch. TensorFlow.js implements it (tfjs-engine.ts); any other
 * engine may stand in its place.
 */
export interface EncoderEngine {
  /** As shown in the page, 'tfjs-wasm' for example. */
  readonly name: string
  /**
   * Forward, loss, backward and one update.
   *
   * @param x  [rows, features] whitened inputs, not kept
   * @returns  loss of this batch before the update; where it is not finite nothing was updated
   */
  step(x: Float32Array, labels: Int32Array, rows: number, learningRate: number): number | Promise<number>
  /** A copy. */
  parameters(): EncoderParameters | Promise<EncoderParameters>
  /** A copy. */
  state(): EngineState | Promise<EngineState>
  restore(state: EngineState): void | Promise<void>
  dispose(): void
}
