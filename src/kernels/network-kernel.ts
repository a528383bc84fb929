import { AppError } from '../errors.ts'
import { passHead, type OutputLoss } from './network-head.ts'
import { NetworkMemory } from './network-memory.ts'
import type { CompleteLayer, NetworkSpec } from './network-spec.ts'
import type { KernelInstance } from './wasm-instance.ts'

/** Which loss, and its one number: temperature, or margin of the pair loss. */
export interface ContrastiveSetting {
  loss: 'supcon-euclidean' | 'supcon-cosine' | 'pair'
  setting: number
}

const contrastiveKinds = ['supcon-euclidean', 'supcon-cosine', 'pair'] as const

/**
 * 'cross-entropy' needs a sigmoid at the end; 'squared' goes with any (joint-ratio regression is 'squared' on
 * bounded targets). Both are means over the outputs.
 */
export type RegressionLoss = 'cross-entropy' | 'squared'

/** Rows to learn from; kept in the kernel's memory until replaced. */
export interface RegressionTable {
  inputs: Float32Array // [rows, inputs]
  targets: Float32Array // [rows, outputs]
  weights?: Float32Array // [rows], default all 1
}

export interface UpdateSettings {
  learningRate: number
  /** Decoupled (AdamW), on kernels only; default 0: Adam. */
  weightDecay?: number
  /** Let weightDecay act on biases and batch norm too, as PyTorch does. */
  decayAll?: boolean
  beta1?: number
  beta2?: number
  epsilon?: number
  /** Gradients longer than this (Euclidean norm over all parameters) are scaled to it. */
  clipNorm?: number
  /** Part of the way the moving statistics of batch norm go to those of the batch; default 0.01. */
  statisticsShare?: number
}

export interface Moments {
  updates: number
  first: Float32Array
  second: Float32Array
}

/**
 * A network and its optimiser in a WebAssembly instance of their own. Everything is float32; losses are summed in
 * float64. Flat arrays of parameters hold per layer kernel [inputs, units] row-major, bias, gamma, beta (those
 * that exist), then per layer with batch norm moving mean and variance.
 *
 * NaN and infinity: a gradient call returns NaN or an infinity where the loss is not finite, and update() then
 * changes nothing. Denormal inputs, gradients and moments count as zero. No rows: loss 0, gradient 0.
 */
export class NetworkKernel {
  /** Updates done so far. */
  updates = 0
  private readonly memory: NetworkMemory
  private readonly instance: KernelInstance
  private tableRows = 0
  private hasWeights = false
  private lastLoss = 0

  /** @throws AppError 'input/invalid' where the spec asks for what a network cannot have */
  constructor(module: WebAssembly.Module, spec: NetworkSpec) {
    this.memory = new NetworkMemory(module, spec)
    this.instance = this.memory.instance
  }

  get layers(): readonly CompleteLayer[] {
    return this.memory.layers
  }

  /** Trained numbers: the first part of the flat array. */
  get trained(): number {
    return this.memory.trained
  }

  /** All numbers, moving statistics included. */
  get total(): number {
    return this.memory.total
  }

  /** Bytes of WebAssembly memory in use. */
  get bytes(): number {
    return this.instance.bytes
  }

  /** All parameters and moving statistics, a copy. */
  readParameters(): Float32Array {
    return this.memory.read('parameters')
  }

  /** @throws AppError 'model/mismatch' where the count is wrong */
  writeParameters(flat: Float32Array): void {
    this.memory.write('parameters', flat)
  }

  /** Gradient of the last gradient call, [trained]. */
  readGradient(): Float32Array {
    return this.memory.read('gradient')
  }

  /** Of a network with `inputGradient`: gradient by the inputs of the last contrastiveGradient(), [rows, inputs]. */
  readInputGradient(rows: number): Float32Array {
    const { inputs } = this.memory
    const columns = Math.ceil(inputs / 8) * 8
    const padded = this.instance.f32(this.instance.exports.inputGradientAddress(), rows * columns)
    const out = new Float32Array(rows * inputs)
    for (let i = 0; i < rows; i++) out.set(padded.subarray(i * columns, i * columns + inputs), i * inputs)
    return out
  }

  /** Euclidean norm of the gradient of the last gradient call; not a finite number where update() would change nothing. */
  gradientNorm(): number {
    return Number.isFinite(this.lastLoss)
      ? Math.sqrt(this.instance.exports.squaredGradientNorm())
      : Number.NaN
  }

  /** Adam's state, a copy. */
  readMoments(): Moments {
    return {
      updates: this.updates,
      first: this.memory.read('first moments'),
      second: this.memory.read('second moments'),
    }
  }

  writeMoments({ updates, first, second }: Moments): void {
    this.memory.write('first moments', first)
    this.memory.write('second moments', second)
    this.updates = updates
  }

  /**
   * Mean loss of a batch and, for update(), its gradient.
   *
   * @param x           [rows, inputs]
   * @param labels      [rows], any integers: rows with one label belong together
   * @param dropoutKey  of this step (dropout.ts); without dropout any number
   */
  contrastiveGradient(
    { loss, setting }: ContrastiveSetting,
    x: Float32Array,
    labels: Int32Array,
    rows: number,
    dropoutKey = 0,
  ): number {
    this.memory.checkLength(`inputs of ${rows} rows`, x.length, rows * this.memory.inputs)
    this.memory.checkLength(`labels of ${rows} rows`, labels.length, rows)
    if (!(setting > 0))
      throw new AppError(
        'input/invalid',
        `The ${loss} loss needs a positive temperature or margin, got ${setting}.`,
        {
          loss,
          setting,
        },
      )
    this.memory.reserveRows(rows)
    const table = this.instance.put('batch', x)
    const at = this.instance.put('labels', labels)
    const kind = contrastiveKinds.indexOf(loss)
    this.lastLoss = this.instance.exports.contrastiveGradient(kind, table, at, rows, setting, dropoutKey)
    return this.lastLoss
  }

  /** Rows for regressionGradient and regressionLoss, copied. */
  setTable({ inputs, targets, weights }: RegressionTable): void {
    const rows = inputs.length / this.memory.inputs
    this.memory.checkLength(
      'inputs (a multiple of the features)',
      inputs.length,
      Math.floor(rows) * this.memory.inputs,
    )
    this.memory.checkLength(`targets of ${rows} rows`, targets.length, rows * this.memory.outputs)
    if (weights) this.memory.checkLength(`weights of ${rows} rows`, weights.length, rows)
    this.instance.put('table', inputs)
    this.instance.put('targets', targets)
    if (weights) this.instance.put('weights', weights)
    this.hasWeights = weights !== undefined
    this.tableRows = rows
  }

  /**
   * Weighted mean loss of the given rows of the table and, for update(), its gradient.
   *
   * @param indices  rows of the table, in any order; default all
   * @param divide   'weights': by the sum of this batch's weights; 'rows': by their number
   */
  regressionGradient(
    loss: RegressionLoss,
    indices?: Int32Array,
    { divide = 'weights', dropoutKey = 0 }: { divide?: 'weights' | 'rows'; dropoutKey?: number } = {},
  ): number {
    const rows = indices ? indices.length : this.tableRows
    if (this.memory.hasBatchNorm) this.memory.reserveRows(rows)
    const { exports } = this.instance
    const [kind, table, targets, weights, at] = this.tableAddresses(loss, indices)
    const byRows = Number(divide === 'rows')
    this.lastLoss = exports.regressionGradient(kind, table, targets, weights, at, rows, byRows, dropoutKey)
    return this.lastLoss
  }

  /** Weighted mean loss with moving statistics and without dropout: for validation. */
  regressionLoss(loss: RegressionLoss, indices?: Int32Array): number {
    const rows = indices ? indices.length : this.tableRows
    const [kind, table, targets, weights, at] = this.tableAddresses(loss, indices)
    const sum = this.instance.exports.regressionLoss(kind, table, targets, weights, at, rows)
    const weight = this.instance.exports.weightSum(weights, at, 0, rows)
    return weight === 0 ? 0 : sum / weight
  }

  /** Inputs alone, for headGradient and headLoss, copied. */
  setInputs(inputs: Float32Array): void {
    const rows = inputs.length / this.memory.inputs
    this.memory.checkLength(
      'inputs (a multiple of the features)',
      inputs.length,
      Math.floor(rows) * this.memory.inputs,
    )
    this.instance.put('table', inputs)
    this.tableRows = rows
  }

  /**
   * Gradient, for update(), of a loss of one's own on the outputs of the given rows of the table. Not with batch norm.
   *
   * @param dropoutKey  of this step (dropout.ts); without dropout any number
   * @returns the sum of what the head returns for pieces of the rows
   */
  headGradient(indices: Int32Array, head: OutputLoss, dropoutKey = 0): number {
    this.instance.exports.beginGradient()
    this.lastLoss = passHead(this.memory, this.checkedRows(indices), head, { dropoutKey })
    return this.lastLoss
  }

  /** The same without a gradient and without dropout. */
  headLoss(indices: Int32Array, head: OutputLoss): number {
    return passHead(this.memory, this.checkedRows(indices), head, null)
  }

  /**
   * One step of Adam or AdamW along the gradient of the last gradient call.
   *
   * @returns the gradient's norm before clipping, NaN after a loss that is not finite; where the result is not
   *          finite nothing was changed
   */
  update({
    learningRate,
    weightDecay = 0,
    decayAll = false,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    clipNorm = Infinity,
    statisticsShare = 0.01,
  }: UpdateSettings): number {
    const { exports } = this.instance
    const norm = this.gradientNorm()
    if (!Number.isFinite(norm)) return norm
    this.updates++
    const kept = 1 - learningRate * weightDecay
    exports.update(
      norm > clipNorm ? clipNorm / norm : 1,
      learningRate / (1 - beta1 ** this.updates),
      beta1,
      beta2,
      1 - beta1,
      1 - beta2,
      epsilon,
      kept,
      decayAll ? kept : 1,
      1 / (1 - beta2 ** this.updates),
      statisticsShare,
    )
    return norm
  }

  /** Outputs [rows, outputs], activation applied, moving statistics, no dropout. */
  predict(x: Float32Array, rows: number): Float32Array {
    this.memory.checkLength(`inputs of ${rows} rows`, x.length, rows * this.memory.inputs)
    // In pieces: a million rows need no copy of their own in the kernel's memory.
    const piece = 9600
    const out = new Float32Array(rows * this.memory.outputs)
    for (let from = 0; from < rows; from += piece) {
      const count = Math.min(piece, rows - from)
      const table = this.instance.put(
        'batch',
        x.subarray(from * this.memory.inputs, (from + count) * this.memory.inputs),
      )
      const to = this.instance.slot('predictions', 4 * count * this.memory.outputs)
      this.instance.exports.predict(table, count, this.memory.outputs, to)
      out.set(this.instance.f32(to, count * this.memory.outputs), from * this.memory.outputs)
    }
    return out
  }

  private tableAddresses(
    loss: RegressionLoss,
    indices?: Int32Array,
  ): [number, number, number, number, number] {
    const { activation } = this.layers[this.layers.length - 1]
    if (loss === 'cross-entropy' && activation !== 'sigmoid')
      throw new AppError(
        'input/invalid',
        `Cross-entropy needs a sigmoid at the end of the network, which ends ${activation}. Choose 'squared' or another head.`,
        { activation },
      )
    if (indices) this.checkedRows(indices)
    const { instance } = this
    return [
      loss === 'cross-entropy' ? 0 : 1,
      instance.slot('table', 0),
      instance.slot('targets', 0),
      this.hasWeights ? instance.slot('weights', 0) : 0,
      indices ? instance.put('indices', indices) : 0,
    ]
  }

  private checkedRows(indices: Int32Array): Int32Array {
    for (const row of indices)
      if (row < 0 || row >= this.tableRows)
        throw new AppError(
          'input/invalid',
          `A batch names row ${row}; the table has ${this.tableRows} rows. Call setTable() with all rows first.`,
          { row, rows: this.tableRows },
        )
    return indices
  }
}
