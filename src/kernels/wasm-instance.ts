import { AppError } from '../errors.ts'

/** Addresses are byte offsets into the instance's memory; see src/kernels/assembly for what each function does. */
export interface KernelExports {
  memory: WebAssembly.Memory
  allocate(bytes: number): number
  beginNetwork(layers: number): number
  addLayer(
    inputs: number,
    units: number,
    activation: number,
    hasBias: number,
    batchNorm: number,
    dropout: number,
  ): void
  buildNetwork(): number
  keepInputGradient(): void
  inputGradientAddress(): number
  reserveRows(rows: number): number
  kernelAddress(layer: number): number
  biasAddress(layer: number): number
  movingMeanAddress(layer: number): number
  parameterBytes(): number
  setBatchNormEpsilon(epsilon: number): void
  contrastiveGradient(
    kind: number,
    table: number,
    labels: number,
    rows: number,
    setting: number,
    key: number,
  ): number
  regressionGradient(
    kind: number,
    table: number,
    targets: number,
    weights: number,
    indices: number,
    rows: number,
    byRows: number,
    key: number,
  ): number
  regressionLoss(
    kind: number,
    table: number,
    targets: number,
    weights: number,
    indices: number,
    rows: number,
  ): number
  beginGradient(): void
  forwardRows(table: number, indices: number, from: number, rows: number, training: number, key: number): void
  backwardRows(rows: number): void
  outputAddress(): number
  outputGradientAddress(): number
  weightSum(weights: number, indices: number, from: number, rows: number): number
  predict(table: number, rows: number, units: number, to: number): void
  squaredGradientNorm(): number
  update(
    scale: number,
    rate: number,
    beta1: number,
    beta2: number,
    rest1: number,
    rest2: number,
    epsilon: number,
    keptKernels: number,
    keptRest: number,
    secondCorrection: number,
    share: number,
  ): void
  reserveColumns(terms: number, events: number): number
  logSums(points: number, count: number, out: number, states: number): void
  logSumGradient(point: number, out: number): void
  contract(point: number, out: number): void
  reserveTable(rows: number, columns: number): number
  tableWidth(): number
  finishTable(): void
  mapRows(x: number, count: number, from: number, panels: number, columns: number, to: number): void
  normaliseRows(at: number, count: number): number
  nearest(queries: number, count: number, k: number, outRows: number, outSquares: number): number
}

/**
 * An instance with a memory of its own, for one network or one table: nothing in it is freed by hand, all of it
 * goes with the instance. Views on its memory end with the next allocation, so they are made anew for each use.
 */
export class KernelInstance {
  readonly exports: KernelExports
  private readonly slots = new Map<string, { address: number; bytes: number }>()

  constructor(module: WebAssembly.Module) {
    // The compiled module's exports have no types of their own; KernelExports is checked by the tests' use of each.
    this.exports = new WebAssembly.Instance(module).exports as unknown as KernelExports
  }

  get bytes(): number {
    return this.exports.memory.buffer.byteLength
  }

  f32(address: number, length: number): Float32Array {
    return new Float32Array(this.exports.memory.buffer, address, length)
  }

  f64(address: number, length: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, address, length)
  }

  i32(address: number, length: number): Int32Array {
    return new Int32Array(this.exports.memory.buffer, address, length)
  }

  allocate(bytes: number, what: string): number {
    const address = bytes > 0xf0000000 ? 0 : this.exports.allocate(bytes) >>> 0
    if (address === 0) throw this.outOfMemory(bytes, what)
    return address
  }

  /** A buffer that is kept under a name and replaced, at twice its size, when it no longer suffices. */
  slot(name: string, bytes: number): number {
    const held = this.slots.get(name)
    if (held && held.bytes >= bytes) return held.address
    const size = held ? Math.max(bytes, 2 * held.bytes) : Math.max(bytes, 64)
    const address = this.allocate(size, name)
    this.slots.set(name, { address, bytes: size })
    return address
  }

  put(name: string, values: Float32Array | Int32Array | Float64Array): number {
    const address = this.slot(name, values.byteLength)
    if (values instanceof Float32Array) this.f32(address, values.length).set(values)
    else if (values instanceof Int32Array) this.i32(address, values.length).set(values)
    else this.f64(address, values.length).set(values)
    return address
  }

  outOfMemory(bytes: number, what: string): AppError {
    const mib = (n: number): string => (n / 2 ** 20).toFixed(0)
    return new AppError(
      'input/invalid',
      `No memory for ${what}: ${mib(bytes)} MiB on top of ${mib(this.bytes)} MiB, WebAssembly ends at 4096 MiB. Use smaller batches or fewer rows.`,
      { what, bytes, used: this.bytes },
    )
  }
}
