import type { TransformerBackend, TransformerGradient, TransformerOutputs } from './transformer-backend.ts'
import type { BatchShares, TransformerLosses, TransformerTask } from './transformer-loss.ts'
import type { TokenBatch } from './token-source.ts'

/** What a worker is asked for. */
export type TransformerWork =
  | {
      kind: 'gradient'
      parameters: Float32Array
      task: TransformerTask
      part: TokenBatch
      shares: BatchShares
    }
  | { kind: 'losses'; parameters: Float32Array; part: TokenBatch }
  | {
      kind: 'outputs'
      parameters: Float32Array
      values: Float32Array
      rows: number
      masked: Uint8Array | null
    }
  | { kind: 'features'; parameters: Float32Array; values: Float32Array; rows: number }

export type TransformerAnswer = TransformerGradient | TransformerLosses | TransformerOutputs | Float32Array

/** What a worker does with its own backend. */
export async function answerWork(
  backend: TransformerBackend,
  work: TransformerWork,
): Promise<TransformerAnswer> {
  if (work.kind === 'gradient')
    return (await backend.gradients(work.parameters, work.task, [work.part], work.shares))[0]
  if (work.kind === 'losses') return (await backend.losses(work.parameters, [work.part]))[0]
  if (work.kind === 'features') return await backend.features(work.parameters, work.values, work.rows)
  return await backend.outputs(work.parameters, work.values, work.rows, work.masked)
}

/**
 * Several workers with a backend each. Answers come in any order and are given in that of the parts, so that sums do
 * not depend on who was first.
 *
 * @param run  gives the work to the next worker that is free
 */
export function createSharedBackend(
  name: string,
  run: (work: TransformerWork) => Promise<TransformerAnswer>,
): TransformerBackend {
  return {
    name,
    gradients: (parameters, task, parts, shares) =>
      Promise.all(parts.map((part) => run({ kind: 'gradient', parameters, task, part, shares }))) as Promise<
        TransformerGradient[]
      >,
    losses: (parameters, parts) =>
      Promise.all(parts.map((part) => run({ kind: 'losses', parameters, part }))) as Promise<
        TransformerLosses[]
      >,
    outputs: (parameters, values, rows, masked) =>
      run({ kind: 'outputs', parameters, values, rows, masked }) as Promise<TransformerOutputs>,
    features: (parameters, values, rows) =>
      run({ kind: 'features', parameters, values, rows }) as Promise<Float32Array>,
    dispose() {},
  }
}
