import { AppError } from '../../errors.ts'
import type { AdamState } from '../adam.ts'
import { positiveOutputs, positiveTargets, type PositiveHead } from './positive-head.ts'
import type { RatioTrainingConfig } from './ratio-config.ts'
import type { RatioArchitecture } from './ratio-parameters.ts'

/** Rows to learn from and to validate on; an engine keeps them. */
export interface RatioTable {
  rows: number
  features: number
  outputs: number
  inputs: Float32Array // [rows, features], scaled
  targets: Float32Array // [rows, outputs], or what the head says
  weights: Float32Array // [rows], of mean 1: losses are divided by the number of rows of a batch
  /** A loss on all outputs together, in place of the loss of the training's settings. */
  head?: PositiveHead
}

/** What an engine needs to go on exactly where another stopped. */
export interface RatioEngineState {
  parameters: Float32Array // as in ratio-parameters.ts
  optimiser: AdamState
}

/** Holds one network and improves it batch by batch on the rows of one table. */
export interface RatioEngine {
  /** As shown in the page, 'tfjs-wasm' for example. */
  readonly name: string
  /**
   * Forward, loss, backward and one update.
   *
   * @param indices  rows of the batch
   * @returns        loss of the batch before the update; where it is not finite nothing was updated
   */
  step(indices: Int32Array, learningRate: number): number | Promise<number>
  /** Loss of rows divided by the sum of their weights. */
  loss(indices: Int32Array): number | Promise<number>
  /** A copy. */
  state(): RatioEngineState
  restore(state: RatioEngineState): void
  dispose(): void
}

export function architectureOf(config: RatioTrainingConfig, table: RatioTable): RatioArchitecture {
  return { inputs: table.features, widths: config.widths, outputs: table.outputs }
}

/** @throws AppError 'model/mismatch' where arrays are not of the sizes named, 'data/corrupt' for NaN and a total weight that is not positive */
export function checkRatioTable(table: RatioTable): void {
  const { rows, features, outputs, inputs, targets, weights, head } = table
  const columns = head ? positiveTargets(head.operators) : outputs
  if (inputs.length !== rows * features || targets.length !== rows * columns || weights.length !== rows)
    throw new AppError(
      'model/mismatch',
      `${rows} rows of ${features} features and ${columns} targets need ${rows * features}, ${rows * columns} and ${rows} numbers, got ${inputs.length}, ${targets.length} and ${weights.length}.`,
      { rows, features, outputs },
    )
  if (head && outputs !== positiveOutputs(head.operators))
    throw new AppError(
      'model/mismatch',
      `A positive ratio of ${head.operators} operators needs ${positiveOutputs(head.operators)} outputs, got ${outputs}.`,
      { outputs },
    )
  const named = { inputs, targets, weights }
  for (const [name, array] of Object.entries(named)) {
    const bad = array.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0)
      throw new AppError(
        'data/corrupt',
        `Number ${bad} of the ${name} is ${array[bad]}, must be finite. Repair or remove row ${Math.floor((bad * rows) / array.length) + 1}.`,
        { array: name, index: bad },
      )
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0))
    throw new AppError(
      'data/corrupt',
      `The rows have the total weight ${total}, must be positive. Check the sign of the event weights.`,
      { total },
    )
}
