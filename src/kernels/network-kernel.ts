import { AppError } from '../errors.ts'
import { activationNames, completeLayers, type CompleteLayer, type NetworkSpec } from './network-spec.ts'
import { forEachParameter, trainedCount, unitColumns } from './parameter-layout.ts'
import { KernelInstance } from './wasm-instance.ts'

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

/**
 * A loss of one's own on outputs (before any activation of the last layer), [rows, outputs], of these rows of the table.
 * Fills `gradient`, unless it is null, and returns the loss.
 */
export type OutputLoss = (outputs: Float32Array, rows: Int32Array, gradient: Float32Array | null) => number

/** Rows of one pass through the layers: CHUNK in assembly/network.ts. */
const chunkRows = 96

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
  readonly layers: readonly CompleteLayer[]
  /** Trained numbers: the first part of the flat array. */
  readonly trained: number
  /** All numbers, moving statistics included. */
  readonly total: number
  /** Updates done so far. */
  updates = 0
  private readonly instance: KernelInstance
  private readonly inputs: number
  private readonly outputs: number
  private rowsReserved = 0
  private tableRows = 0
  private hasWeights = false
  private readonly hasBatchNorm: boolean
  private lastLoss = 0

  /** @throws AppError 'input/invalid' where the spec asks for what a network cannot have */
  constructor(module: WebAssembly.Module, spec: NetworkSpec) {
    this.layers = completeLayers(spec)
    this.instance = new KernelInstance(module)
    this.inputs = spec.inputs
    this.outputs = this.layers[this.layers.length - 1].units
    this.hasBatchNorm = this.layers.some((layer) => layer.batchNorm)
    this.trained = this.layers.reduce((sum, layer) => sum + trainedCount(layer), 0)
    this.total = this.layers.reduce(
      (sum, { batchNorm, units }) => sum + (batchNorm ? 2 * units : 0),
      this.trained,
    )
    const { exports } = this.instance
    let built = exports.beginNetwork(this.layers.length)
    for (const { inputs, units, activation, bias, batchNorm, dropout } of this.layers)
      exports.addLayer(
        inputs,
        units,
        activationNames.indexOf(activation),
        Number(bias),
        Number(batchNorm),
        dropout,
      )
    built &&= exports.buildNetwork()
    if (!built) throw this.instance.outOfMemory(16 * this.total, `a network of ${this.total} parameters`)
    exports.setBatchNormEpsilon(spec.batchNormEpsilon ?? 1e-3)
    this.layers.forEach((layer, i) => {
      if (!layer.batchNorm) return
      const columns = unitColumns(layer)
      this.instance.f32(exports.movingMeanAddress(i) + 4 * columns, layer.units).fill(1)
      this.instance.f32(exports.biasAddress(i) + 4 * columns, layer.units).fill(1)
    })
    this.reserveRows(96)
  }

  /** Bytes of WebAssembly memory in use. */
  get bytes(): number {
    return this.instance.bytes
  }

  /** All parameters and moving statistics, a copy. */
  readParameters(): Float32Array {
    const flat = new Float32Array(this.total)
    this.readBlock(0, flat)
    this.forEachStatistic((values, at) => flat.set(values, at))
    return flat
  }

  /** @throws AppError 'model/mismatch' where the count is wrong */
  writeParameters(flat: Float32Array): void {
    this.checkLength('parameters', flat.length, this.total)
    this.writeBlock(0, flat)
    this.forEachStatistic((values, at) => values.set(flat.subarray(at, at + values.length)))
  }

  /** Gradient of the last gradient call, [trained]. */
  readGradient(): Float32Array {
    const flat = new Float32Array(this.trained)
    this.readBlock(1, flat)
    return flat
  }

  /** Adam's state, a copy. */
  readMoments(): Moments {
    const first = new Float32Array(this.trained)
    const second = new Float32Array(this.trained)
    this.readBlock(2, first)
    this.readBlock(3, second)
    return { updates: this.updates, first, second }
  }

  writeMoments({ updates, first, second }: Moments): void {
    this.checkLength('first moments', first.length, this.trained)
    this.checkLength('second moments', second.length, this.trained)
    this.writeBlock(2, first)
    this.writeBlock(3, second)
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
    this.checkLength(`inputs of ${rows} rows`, x.length, rows * this.inputs)
    this.checkLength(`labels of ${rows} rows`, labels.length, rows)
    if (!(setting > 0))
      throw new AppError(
        'input/invalid',
        `The ${loss} loss needs a positive temperature or margin, got ${setting}.`,
        {
          loss,
          setting,
        },
      )
    this.reserveRows(rows)
    const table = this.instance.put('batch', x)
    const at = this.instance.put('labels', labels)
    const kind = contrastiveKinds.indexOf(loss)
    this.lastLoss = this.instance.exports.contrastiveGradient(kind, table, at, rows, setting, dropoutKey)
    return this.lastLoss
  }

  /** Rows for regressionGradient and regressionLoss, copied. */
  setTable({ inputs, targets, weights }: RegressionTable): void {
    const rows = inputs.length / this.inputs
    this.checkLength('inputs (a multiple of the features)', inputs.length, Math.floor(rows) * this.inputs)
    this.checkLength(`targets of ${rows} rows`, targets.length, rows * this.outputs)
    if (weights) this.checkLength(`weights of ${rows} rows`, weights.length, rows)
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
    if (this.hasBatchNorm) this.reserveRows(rows)
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
    const rows = inputs.length / this.inputs
    this.checkLength('inputs (a multiple of the features)', inputs.length, Math.floor(rows) * this.inputs)
    this.instance.put('table', inputs)
    this.tableRows = rows
  }

  /**
   * Gradient, for update(), of a loss of one's own on the outputs of the given rows of the table. Not with batch norm.
   *
   * @returns the sum of what the head returns for pieces of the rows
   */
  headGradient(indices: Int32Array, head: OutputLoss): number {
    this.instance.exports.beginGradient()
    this.lastLoss = this.passHead(indices, head, true)
    return this.lastLoss
  }

  /** The same without a gradient and without dropout. */
  headLoss(indices: Int32Array, head: OutputLoss): number {
    return this.passHead(indices, head, false)
  }

  private passHead(indices: Int32Array, head: OutputLoss, training: boolean): number {
    if (this.hasBatchNorm)
      throw new AppError('input/invalid', 'A head of its own needs a network without batch norm. Remove it.')
    this.checkRows(indices)
    const { exports } = this.instance
    const table = this.instance.slot('table', 0)
    const at = this.instance.put('indices', indices)
    const columns = unitColumns(this.layers[this.layers.length - 1])
    const compact = new Float32Array(chunkRows * this.outputs)
    const slopes = new Float32Array(chunkRows * this.outputs)
    let loss = 0
    for (let from = 0; from < indices.length; from += chunkRows) {
      const rows = Math.min(chunkRows, indices.length - from)
      exports.forwardRows(table, at, from, rows, Number(training), 0)
      const padded = this.instance.f32(exports.outputAddress(), rows * columns)
      for (let i = 0; i < rows; i++)
        for (let q = 0; q < this.outputs; q++) compact[i * this.outputs + q] = padded[i * columns + q]
      const values = compact.subarray(0, rows * this.outputs)
      const gradient = training ? slopes.subarray(0, rows * this.outputs) : null
      loss += head(values, indices.subarray(from, from + rows), gradient)
      if (!training) continue
      const to = this.instance.f32(exports.outputGradientAddress(), Math.ceil(rows / 4) * 4 * columns).fill(0)
      for (let i = 0; i < rows; i++)
        for (let q = 0; q < this.outputs; q++) to[i * columns + q] = slopes[i * this.outputs + q]
      exports.backwardRows(rows)
    }
    return loss
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
    if (!Number.isFinite(this.lastLoss)) return Number.NaN
    const norm = Math.sqrt(exports.squaredGradientNorm())
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
    this.checkLength(`inputs of ${rows} rows`, x.length, rows * this.inputs)
    // In pieces: a million rows need no copy of their own in the kernel's memory.
    const piece = 9600
    const out = new Float32Array(rows * this.outputs)
    for (let from = 0; from < rows; from += piece) {
      const count = Math.min(piece, rows - from)
      const table = this.instance.put('batch', x.subarray(from * this.inputs, (from + count) * this.inputs))
      const to = this.instance.slot('predictions', 4 * count * this.outputs)
      this.instance.exports.predict(table, count, this.outputs, to)
      out.set(this.instance.f32(to, count * this.outputs), from * this.outputs)
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
    if (indices) this.checkRows(indices)
    const { instance } = this
    return [
      loss === 'cross-entropy' ? 0 : 1,
      instance.slot('table', 0),
      instance.slot('targets', 0),
      this.hasWeights ? instance.slot('weights', 0) : 0,
      indices ? instance.put('indices', indices) : 0,
    ]
  }

  private checkRows(indices: Int32Array): void {
    for (const row of indices)
      if (row < 0 || row >= this.tableRows)
        throw new AppError(
          'input/invalid',
          `A batch names row ${row}; the table has ${this.tableRows} rows. Call setTable() with all rows first.`,
          { row, rows: this.tableRows },
        )
  }

  private reserveRows(rows: number): void {
    if (rows <= this.rowsReserved) return
    const size = Math.ceil(Math.max(rows, this.rowsReserved === 96 ? 0 : 2 * this.rowsReserved) / 4) * 4
    if (!this.instance.exports.reserveRows(size))
      throw this.instance.outOfMemory(size * 8 * this.total, `the activations of ${size} rows`)
    this.rowsReserved = size
  }

  private readBlock(block: number, flat: Float32Array): void {
    this.forEachBlock(block, (layer, memory, start) =>
      forEachParameter(layer, (i, at) => (flat[start + i] = memory[at])),
    )
  }

  private writeBlock(block: number, flat: Float32Array): void {
    this.forEachBlock(block, (layer, memory, start) =>
      forEachParameter(layer, (i, at) => (memory[at] = flat[start + i])),
    )
  }

  /** Parameters, gradients, first and second moments are four equal blocks, one after the other. */
  private forEachBlock(
    block: number,
    visit: (layer: CompleteLayer, memory: Float32Array, start: number) => void,
  ): void {
    const { exports } = this.instance
    let start = 0
    this.layers.forEach((layer, i) => {
      const address = exports.kernelAddress(i) + block * exports.parameterBytes()
      const length = (exports.biasAddress(i) - exports.kernelAddress(i)) / 4 + 3 * unitColumns(layer)
      visit(layer, this.instance.f32(address, length), start)
      start += trainedCount(layer)
    })
  }

  private forEachStatistic(visit: (values: Float32Array, at: number) => void): void {
    let at = this.trained
    this.layers.forEach((layer, i) => {
      if (!layer.batchNorm) return
      const mean = this.instance.exports.movingMeanAddress(i)
      visit(this.instance.f32(mean, layer.units), at)
      visit(this.instance.f32(mean + 4 * unitColumns(layer), layer.units), at + layer.units)
      at += 2 * layer.units
    })
  }

  private checkLength(what: string, actual: number, expected: number): void {
    if (actual === expected) return
    const shape = [this.inputs, ...this.layers.map((layer) => layer.units)].join(' → ')
    throw new AppError(
      'model/mismatch',
      `The network ${shape} expects ${expected} numbers as ${what}, got ${actual}. Choose data and model of one kind.`,
      { what, expected, actual },
    )
  }
}
