import { AppError } from '../errors.ts'

/** y = activation(x kernel + bias). */
export interface MlpLayer {
  inputs: number
  outputs: number
  kernel: Float32Array // [inputs, outputs] row-major
  bias: Float32Array // [outputs]
  activation: 'relu' | 'linear'
}

/** A trained network as plain arrays: what inference needs, without any library. */
export interface Mlp {
  layers: MlpLayer[]
  /** A row is so many items side by side; their mean is taken after so many layers. Default: a row is one item */
  pool?: { layers: number; items: number }
}

/** Numbers of a row. */
export const mlpInputs = ({ layers, pool }: Mlp): number => layers[0].inputs * (pool?.items ?? 1)
export const mlpOutputs = (mlp: Mlp): number => mlp.layers[mlp.layers.length - 1].outputs

/** Rows of one block: its widest activations (64 x 128 doubles) stay in the L2 cache. */
const blockRows = 64

/**
 * Batched forward pass.
 *
 * @param x    [rows, inputs] row-major
 * @param out  [rows, outputs], made if absent
 * @throws     AppError 'model/mismatch' where x is not rows x inputs
 */
export function runMlp(
  mlp: Mlp,
  x: Float32Array,
  rows: number,
  out = new Float32Array(rows * mlpOutputs(mlp)),
): Float32Array {
  const { layers } = mlp
  const inputs = mlpInputs(mlp)
  if (x.length !== rows * inputs)
    throw new AppError(
      'model/mismatch',
      `The network takes ${inputs} features per row, ${rows} rows need ${rows * inputs} numbers, got ${x.length}. Choose a model trained on this dataset.`,
      { inputs, rows, length: x.length },
    )
  if (mlp.pool) {
    const [ofItems, ofSets] = unpooled(mlp, mlp.pool.layers)
    const { items } = mlp.pool
    return runMlp(ofSets, meanOfItems(runMlp(ofItems, x, rows * items), rows, items), rows, out)
  }
  // Doubles inside: V8 multiplies in double anyway, so the conversions are paid once instead of per product.
  const transposed = layers.map((layer) => transposeToDouble(layer))
  const widest = Math.max(inputs, ...layers.map((layer) => layer.outputs))
  let from = new Float64Array(blockRows * widest)
  let to = new Float64Array(blockRows * widest)
  const outputs = mlpOutputs(mlp)
  for (let start = 0; start < rows; start += blockRows) {
    const count = Math.min(blockRows, rows - start)
    from.set(x.subarray(start * inputs, (start + count) * inputs))
    layers.forEach((layer, i) => {
      denseBlock(from, count, layer, transposed[i], to)
      ;[from, to] = [to, from]
    })
    for (let i = 0; i < count * outputs; i++) out[start * outputs + i] = from[i]
  }
  return out
}

/** The networks before and behind the mean. */
export function unpooled({ layers }: Mlp, before: number): [ofItems: Mlp, ofSets: Mlp] {
  return [{ layers: layers.slice(0, before) }, { layers: layers.slice(before) }]
}

/** [rows, items, width] to [rows, width]. */
export function meanOfItems(values: Float32Array, rows: number, items: number): Float32Array {
  const width = values.length / (rows * items)
  const means = new Float32Array(rows * width)
  const sum = new Float64Array(width)
  for (let row = 0, at = 0; row < rows; row++) {
    sum.fill(0)
    for (let item = 0; item < items; item++) for (let j = 0; j < width; j++) sum[j] += values[at++]
    for (let j = 0; j < width; j++) means[row * width + j] = sum[j] / items
  }
  return means
}

function transposeToDouble({ inputs, outputs, kernel }: MlpLayer): Float64Array {
  const t = new Float64Array(kernel.length)
  for (let k = 0; k < inputs; k++)
    for (let j = 0; j < outputs; j++) t[j * inputs + k] = kernel[k * outputs + j]
  return t
}

/** One layer on a block of rows, in register tiles of 2 rows x 4 outputs. */
function denseBlock(
  x: Float64Array,
  rows: number,
  layer: MlpLayer,
  kernelT: Float64Array, // [outputs, inputs]
  y: Float64Array,
): void {
  const { inputs, outputs, bias } = layer
  const relu = layer.activation === 'relu'
  for (let i = 0; i < rows; i += 2) {
    const second = i + 1 < rows ? i + 1 : i // an odd last row is computed twice, written once
    const x0 = i * inputs
    const x1 = second * inputs
    let j = 0
    for (; j + 3 < outputs; j += 4) {
      const w0 = j * inputs
      const w1 = w0 + inputs
      const w2 = w1 + inputs
      const w3 = w2 + inputs
      let a0 = bias[j]
      let a1 = bias[j + 1]
      let a2 = bias[j + 2]
      let a3 = bias[j + 3]
      let b0 = a0
      let b1 = a1
      let b2 = a2
      let b3 = a3
      for (let k = 0; k < inputs; k++) {
        const p = x[x0 + k]
        const q = x[x1 + k]
        const u0 = kernelT[w0 + k]
        const u1 = kernelT[w1 + k]
        const u2 = kernelT[w2 + k]
        const u3 = kernelT[w3 + k]
        a0 += p * u0
        a1 += p * u1
        a2 += p * u2
        a3 += p * u3
        b0 += q * u0
        b1 += q * u1
        b2 += q * u2
        b3 += q * u3
      }
      const at = i * outputs + j
      const bt = second * outputs + j
      y[at] = relu && a0 < 0 ? 0 : a0
      y[at + 1] = relu && a1 < 0 ? 0 : a1
      y[at + 2] = relu && a2 < 0 ? 0 : a2
      y[at + 3] = relu && a3 < 0 ? 0 : a3
      y[bt] = relu && b0 < 0 ? 0 : b0
      y[bt + 1] = relu && b1 < 0 ? 0 : b1
      y[bt + 2] = relu && b2 < 0 ? 0 : b2
      y[bt + 3] = relu && b3 < 0 ? 0 : b3
    }
    for (; j < outputs; j++) {
      let a = bias[j]
      let b = a
      for (let k = 0; k < inputs; k++) {
        a += x[x0 + k] * kernelT[j * inputs + k]
        b += x[x1 + k] * kernelT[j * inputs + k]
      }
      y[i * outputs + j] = relu && a < 0 ? 0 : a
      y[second * outputs + j] = relu && b < 0 ? 0 : b
    }
  }
}

/** A network with its working memory, for one row at a time. */
export interface MlpRunner {
  /** One row; allocates nothing. `out` [outputs]. */
  run(x: ArrayLike<number>, out: Float32Array | Float64Array): void
  /** d out / d x at x, [outputs, inputs] row-major: how the dot moves per unit of each (whitened) feature. */
  jacobian(x: ArrayLike<number>): Float64Array
}

/** @throws AppError 'model/mismatch' for a network of sets, which has no derivative here */
export function createMlpRunner(mlp: Mlp): MlpRunner {
  if (mlp.pool)
    throw new AppError(
      'model/mismatch',
      `This network reads sets of ${mlp.pool.items} items; only networks of single rows are run one by one. Choose another.`,
    )
  const { layers } = mlp
  const outputs = mlpOutputs(mlp)
  const activations = layers.map((layer) => new Float64Array(layer.outputs))

  function forward(x: ArrayLike<number>): Float64Array {
    let from: ArrayLike<number> = x
    for (let l = 0; l < layers.length; l++) {
      const layer = layers[l]
      const to = activations[l]
      const width = layer.outputs
      const { kernel } = layer
      to.set(layer.bias)
      // Row by row of the kernel: contiguous, and inputs silenced by ReLU cost nothing.
      for (let k = 0; k < layer.inputs; k++) {
        const value = from[k]
        if (value === 0) continue
        for (let j = 0, at = k * width; j < width; j++, at++) to[j] += value * kernel[at]
      }
      if (layer.activation === 'relu') for (let j = 0; j < width; j++) if (to[j] < 0) to[j] = 0
      from = to
    }
    return activations[layers.length - 1]
  }

  return {
    run(x, out) {
      const z = forward(x)
      for (let j = 0; j < outputs; j++) out[j] = z[j]
    },
    jacobian(x) {
      forward(x)
      let j = new Float64Array(outputs * outputs) // d out / d (pre-activation), [outputs, width]
      for (let o = 0; o < outputs; o++) j[o * outputs + o] = 1
      for (let l = layers.length - 1; l >= 0; l--) {
        const layer = layers[l]
        if (layer.activation === 'relu')
          for (let o = 0; o < outputs; o++)
            for (let i = 0; i < layer.outputs; i++) if (activations[l][i] <= 0) j[o * layer.outputs + i] = 0
        const next = new Float64Array(outputs * layer.inputs)
        for (let o = 0; o < outputs; o++)
          for (let k = 0; k < layer.inputs; k++) {
            let sum = 0
            for (let i = 0; i < layer.outputs; i++)
              sum += j[o * layer.outputs + i] * layer.kernel[k * layer.outputs + i]
            next[o * layer.inputs + k] = sum
          }
        j = next
      }
      return j
    },
  }
}
