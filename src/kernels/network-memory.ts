import { AppError } from '../errors.ts'
import { activationNames, completeLayers, type CompleteLayer, type NetworkSpec } from './network-spec.ts'
import { forEachParameter, trainedCount, unitColumns } from './parameter-layout.ts'
import { KernelInstance } from './wasm-instance.ts'

/** What there is one number of per trained parameter, in the order of the kernel's memory. */
const blocks = ['parameters', 'gradient', 'first moments', 'second moments'] as const
type Block = (typeof blocks)[number]

/** Rows of one pass through the layers: CHUNK in assembly/network.ts. */
export const chunkRows = 96

/**
 * A network built in a WebAssembly instance of its own: its numbers, in and out as flat arrays. They hold per layer
 * kernel [inputs, units] row-major, bias, gamma, beta (those that exist), then per layer with batch norm moving mean
 * and variance.
 */
export class NetworkMemory {
  readonly instance: KernelInstance
  readonly layers: readonly CompleteLayer[]
  readonly inputs: number
  readonly outputs: number
  readonly hasBatchNorm: boolean
  /** Trained numbers: the first part of the flat array. */
  readonly trained: number
  /** All numbers, moving statistics included. */
  readonly total: number
  private rowsReserved = 0

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
    if (spec.inputGradient) exports.keepInputGradient()
    this.reserveRows(chunkRows)
  }

  read(block: Block): Float32Array {
    const flat = new Float32Array(block === 'parameters' ? this.total : this.trained)
    this.forEachLayer(block, (layer, memory, start) =>
      forEachParameter(layer, (i, at) => (flat[start + i] = memory[at])),
    )
    if (block === 'parameters') this.forEachStatistic((values, at) => flat.set(values, at))
    return flat
  }

  /** @throws AppError 'model/mismatch' where the count is wrong */
  write(block: Block, flat: Float32Array): void {
    this.checkLength(block, flat.length, block === 'parameters' ? this.total : this.trained)
    this.forEachLayer(block, (layer, memory, start) =>
      forEachParameter(layer, (i, at) => (memory[at] = flat[start + i])),
    )
    if (block === 'parameters')
      this.forEachStatistic((values, at) => values.set(flat.subarray(at, at + values.length)))
  }

  /** Room for the activations of as many rows at once. */
  reserveRows(rows: number): void {
    if (rows <= this.rowsReserved) return
    // Doubled when it grows, so that growing batches do not ask again and again.
    const wanted = this.rowsReserved <= chunkRows ? rows : Math.max(rows, 2 * this.rowsReserved)
    const size = Math.ceil(wanted / 4) * 4
    if (!this.instance.exports.reserveRows(size))
      throw this.instance.outOfMemory(size * 8 * this.total, `the activations of ${size} rows`)
    this.rowsReserved = size
  }

  /** @throws AppError 'model/mismatch' */
  checkLength(what: string, actual: number, expected: number): void {
    if (actual === expected) return
    const shape = [this.inputs, ...this.layers.map((layer) => layer.units)].join(' → ')
    throw new AppError(
      'model/mismatch',
      `The network ${shape} expects ${expected} numbers as ${what}, got ${actual}. Choose data and model of one kind.`,
      { what, expected, actual },
    )
  }

  private forEachLayer(
    block: Block,
    visit: (layer: CompleteLayer, memory: Float32Array, start: number) => void,
  ): void {
    const { exports } = this.instance
    let start = 0
    this.layers.forEach((layer, i) => {
      const address = exports.kernelAddress(i) + blocks.indexOf(block) * exports.parameterBytes()
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
}
