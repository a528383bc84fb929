import { AppError } from '../errors.ts'
import { chunkRows, type NetworkMemory } from './network-memory.ts'
import { unitColumns } from './parameter-layout.ts'

/**
 * A loss of one's own on outputs (before any activation of the last layer), [rows, outputs], of these rows of the table.
 * Fills `gradient`, unless it is null, and returns the loss.
 */
export type OutputLoss = (outputs: Float32Array, rows: Int32Array, gradient: Float32Array | null) => number

/**
 * Runs rows of the table through the network in pieces, and for a gradient the head's slopes back.
 *
 * @param training  null for a loss alone, without dropout
 * @returns the sum of what the head returns for the pieces
 */
export function passHead(
  { instance, layers, outputs, hasBatchNorm }: NetworkMemory,
  indices: Int32Array,
  head: OutputLoss,
  training: { dropoutKey: number } | null,
): number {
  if (hasBatchNorm)
    throw new AppError('input/invalid', 'A head of its own needs a network without batch norm. Remove it.')
  const { exports } = instance
  const table = instance.slot('table', 0)
  const at = instance.put('indices', indices)
  const columns = unitColumns(layers[layers.length - 1])
  const compact = new Float32Array(chunkRows * outputs)
  const slopes = new Float32Array(chunkRows * outputs)
  let loss = 0
  for (let from = 0; from < indices.length; from += chunkRows) {
    const rows = Math.min(chunkRows, indices.length - from)
    exports.forwardRows(table, at, from, rows, Number(training !== null), training?.dropoutKey ?? 0)
    const padded = instance.f32(exports.outputAddress(), rows * columns)
    for (let i = 0; i < rows; i++)
      for (let q = 0; q < outputs; q++) compact[i * outputs + q] = padded[i * columns + q]
    const values = compact.subarray(0, rows * outputs)
    const gradient = training ? slopes.subarray(0, rows * outputs) : null
    loss += head(values, indices.subarray(from, from + rows), gradient)
    if (!training) continue
    const to = instance.f32(exports.outputGradientAddress(), Math.ceil(rows / 4) * 4 * columns).fill(0)
    for (let i = 0; i < rows; i++)
      for (let q = 0; q < outputs; q++) to[i * columns + q] = slopes[i * outputs + q]
    exports.backwardRows(rows)
  }
  return loss
}
