import { AppError } from '../errors.ts'
import { TransformerMemory, type TransformerSizes } from './transformer-memory.ts'

interface TransformerExports {
  memory: WebAssembly.Memory
  allocate(bytes: number): number
  configure(plan: number): void
  beginGradient(gradient: number, bytes: number): void
  learnReconstruction(events: number, values: number, filled: number, masked: number, share: number): void
  learnClasses(events: number, values: number, labels: number, weights: number, share: number): void
  predict(
    events: number,
    values: number,
    masked: number,
    logits: number,
    scalars: number,
    features: number,
    columns: number,
  ): void
  reconstructionSum: WebAssembly.Global
  classificationSum: WebAssembly.Global
}

/** Events as the kernel takes them, [events, tokens] and [events]. */
export interface KernelEvents {
  rows: number
  values: Float32Array
  filled: Uint8Array
  masked: Uint8Array
  labels: Uint8Array
  weights: Float32Array
}

/** What a parameter is called and its shape, in the order of the flat array. */
export interface KernelParameter {
  name: string
  rows: number
  columns: number
}

export interface KernelOutputs {
  logits: Float32Array // [events, classes]
  reconstruction: Float32Array // [events, tokens]
  /** [events, tokens × width] after the final layer norm; empty unless asked for */
  features: Float32Array
}

/** Events that are copied into the kernel's memory at a time. */
const chunk = 64

/**
 * A transformer in a WebAssembly memory of its own, which holds one event on its way and no more: below 10 MiB for the
 * sizes that are shipped. Everything is float32, losses are summed in float64. The same numbers on every machine.
 */
export class TransformerKernel {
  private readonly exports: TransformerExports
  private readonly base: number
  private readonly inputs: { values: number; filled: number; masked: number; labels: number; weights: number }
  private readonly outputs: number
  private readonly padded: number
  private readonly indices: Int32Array
  private readonly factors: Float32Array

  /** @param parameters  all of them, in the order of the flat arrays */
  constructor(
    module: WebAssembly.Module,
    private readonly sizes: TransformerSizes,
    parameters: readonly KernelParameter[],
  ) {
    // The compiled module's exports have no types of their own.
    this.exports = new WebAssembly.Instance(module).exports as unknown as TransformerExports
    const { tokens, width, classes } = sizes
    const map = new TransformerMemory(sizes)
    this.padded = map.padded
    this.base = this.allocate(map.bytes)
    const values = this.allocate(4 * chunk * tokens)
    this.inputs = {
      values,
      filled: this.allocate(chunk * tokens),
      masked: this.allocate(chunk * tokens),
      labels: this.allocate(chunk),
      weights: this.allocate(4 * chunk),
    }
    this.outputs = this.allocate(4 * chunk * (classes + tokens + tokens * width))
    const words = map.plan(this.base)
    const plan = this.allocate(words.byteLength)
    new Uint32Array(this.exports.memory.buffer, plan, words.length).set(words)
    this.f32(map.columnMaskAt(this.base), width).fill(1)
    this.exports.configure(plan)
    const total = parameters.reduce((sum, { rows, columns }) => sum + rows * columns, 0)
    this.indices = new Int32Array(total)
    this.factors = new Float32Array(total)
    let i = 0
    for (const { name, rows, columns } of parameters)
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++, i++) {
          const { index, factor } = map.place(name, row, column)
          this.indices[i] = index
          this.factors[i] = factor
        }
  }

  /** Bytes of WebAssembly memory in use. */
  get bytes(): number {
    return this.exports.memory.buffer.byteLength
  }

  writeParameters(flat: Float32Array): void {
    const memory = this.f32(this.base, this.padded)
    for (let i = 0; i < flat.length; i++) memory[this.indices[i]] = flat[i] * this.factors[i]
  }

  /**
   * Sums of losses of the events and, where shares are given, the gradient of `share × sum`, added up over both tasks;
   * gradient() reads it.
   *
   * @param scalarShare  of each masked filled scalar, or null: no reconstruction is learned
   * @param weightShare  of each unit of weight, or null: no classes are learned
   */
  learn(events: KernelEvents, scalarShare: number | null, weightShare: number | null) {
    return this.pass(events, scalarShare, weightShare)
  }

  /** The same sums without a gradient. */
  losses(events: KernelEvents, reconstruction: boolean, classification: boolean) {
    return this.pass(events, reconstruction ? -1 : null, classification ? -1 : null)
  }

  private pass(events: KernelEvents, scalarShare: number | null, weightShare: number | null) {
    const { exports, inputs } = this
    exports.beginGradient(this.base + 4 * this.padded, 4 * this.padded)
    this.inChunks(events, (count) => {
      const { values, filled, masked, labels, weights } = inputs
      if (scalarShare !== null) exports.learnReconstruction(count, values, filled, masked, scalarShare)
      if (weightShare !== null) exports.learnClasses(count, values, labels, weights, weightShare)
    })
    return {
      reconstruction: exports.reconstructionSum.value as number,
      classification: exports.classificationSum.value as number,
    }
  }

  /** Of the last learn(), in the order of the flat array. */
  gradient(): Float32Array {
    const memory = this.f32(this.base + 4 * this.padded, this.padded)
    return Float32Array.from(this.indices, (index, i) => memory[index] * this.factors[i])
  }

  /**
   * Outputs of events.
   *
   * @param masked  [rows, tokens], or null: all are seen
   */
  predict(
    rows: number,
    values: Float32Array,
    masked: Uint8Array | null,
    withFeatures: boolean,
  ): KernelOutputs {
    const { tokens, width, classes } = this.sizes
    const out: KernelOutputs = {
      logits: new Float32Array(rows * classes),
      reconstruction: new Float32Array(rows * tokens),
      features: new Float32Array(withFeatures ? rows * tokens * width : 0),
    }
    const scalarsAt = this.outputs + 4 * chunk * classes
    const featuresAt = scalarsAt + 4 * chunk * tokens
    for (let from = 0; from < rows; from += chunk) {
      const count = Math.min(chunk, rows - from)
      this.put(this.inputs.values, values, from * tokens, count * tokens)
      if (masked) this.put(this.inputs.masked, masked, from * tokens, count * tokens)
      const hidden = masked ? this.inputs.masked : 0
      const features = withFeatures ? featuresAt : 0
      this.exports.predict(count, this.inputs.values, hidden, this.outputs, scalarsAt, features, width)
      out.logits.set(this.f32(this.outputs, count * classes), from * classes)
      out.reconstruction.set(this.f32(scalarsAt, count * tokens), from * tokens)
      if (withFeatures) out.features.set(this.f32(featuresAt, count * tokens * width), from * tokens * width)
    }
    return out
  }

  private inChunks(
    { rows, values, filled, masked, labels, weights }: KernelEvents,
    work: (count: number) => void,
  ): void {
    const { tokens } = this.sizes
    for (let from = 0; from < rows; from += chunk) {
      const count = Math.min(chunk, rows - from)
      this.put(this.inputs.values, values, from * tokens, count * tokens)
      this.put(this.inputs.filled, filled, from * tokens, count * tokens)
      this.put(this.inputs.masked, masked, from * tokens, count * tokens)
      this.put(this.inputs.labels, labels, from, count)
      this.put(this.inputs.weights, weights, from, count)
      work(count)
    }
  }

  private put(address: number, from: Float32Array | Uint8Array, start: number, length: number): void {
    const part = from.subarray(start, start + length)
    if (part instanceof Float32Array) this.f32(address, length).set(part)
    else new Uint8Array(this.exports.memory.buffer, address, length).set(part)
  }

  private f32(address: number, length: number): Float32Array {
    return new Float32Array(this.exports.memory.buffer, address, length)
  }

  private allocate(bytes: number): number {
    const address = this.exports.allocate(bytes) >>> 0
    if (address === 0)
      throw new AppError(
        'input/invalid',
        `No memory for a transformer: ${(bytes / 2 ** 20).toFixed(1)} MiB more. Close other work, or choose a smaller size.`,
        { bytes },
      )
    return address
  }
}
