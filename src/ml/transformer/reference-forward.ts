import type { TransformerLayout } from './transformer-parameters.ts'
import { layerNormEpsilon } from './transformer-spec.ts'

type Numbers = Float32Array | Float64Array

export interface NormTape {
  normalised: Float64Array // [tokens, width]
  inverseDeviation: Float64Array // [tokens]
  out: Float64Array // [tokens, width]
}

export interface BlockTape {
  norm1: NormTape
  queries: Float64Array // [tokens, width], the heads side by side
  keys: Float64Array
  values: Float64Array
  /** [heads, tokens, tokens]: row i is what token i looks at; rows sum to 1. */
  attention: Float64Array
  mixed: Float64Array // [tokens, width] attention × values
  norm2: NormTape
  hidden: Float64Array // [tokens, 4 width] before the GELU
  activated: Float64Array
}

/** Everything of one event on its way through, in float64. */
export interface ForwardTape {
  blocks: BlockTape[]
  norm: NormTape
  logits: Float64Array // [classes]
  reconstruction: Float64Array // [tokens]
}

/**
 * The plain form that the fast engines are held against, and what is looked at in a single event: attention, tokens,
 * outputs. About 10 ms for an event of 100 tokens.
 *
 * @param x       [tokens] standardised scalars of one event
 * @param masked  [tokens] 1 where hidden, or null for none
 */
export function forwardEvent(
  layout: TransformerLayout,
  parameters: Numbers,
  x: ArrayLike<number>,
  masked: ArrayLike<number> | null,
): ForwardTape {
  const { tokens, width, classes } = layout.spec
  const at = (name: string): Numbers => layout.view(parameters as Float64Array, name)
  const [directions, biases, mask] = [at('embedding'), at('embedding/bias'), at('mask')]
  let stream = new Float64Array(tokens * width)
  for (let j = 0; j < tokens; j++)
    for (let c = 0; c < width; c++) {
      const i = j * width + c
      stream[i] = (masked?.[j] ? mask[c] : x[j] * directions[i]) + biases[i]
    }
  const blocks: BlockTape[] = []
  for (let b = 0; b < layout.spec.blocks; b++) {
    const of = (name: string): Numbers => at(`block-${b}/${name}`)
    const norm1 = layerNorm(stream, of('norm-1/gain'), of('norm-1/bias'))
    const [queries, keys, values] = ['queries', 'keys', 'values'].map((name) =>
      dense(norm1.out, of(name), of(`${name}/bias`), tokens),
    )
    const attention = attentionOf(queries, keys, layout.spec)
    const mixed = mix(attention, values, layout.spec)
    stream = sum(stream, dense(mixed, of('output'), of('output/bias'), tokens))
    const norm2 = layerNorm(stream, of('norm-2/gain'), of('norm-2/bias'))
    const hidden = dense(norm2.out, of('hidden'), of('hidden/bias'), tokens)
    const activated = hidden.map(gelu)
    stream = sum(stream, dense(activated, of('project'), of('project/bias'), tokens))
    blocks.push({ norm1, queries, keys, values, attention, mixed, norm2, hidden, activated })
  }
  const norm = layerNorm(stream, at('norm/gain'), at('norm/bias'))
  return {
    blocks,
    norm,
    logits: dense(norm.out, at('classes'), at('classes/bias'), 1, tokens * width, classes),
    reconstruction: dense(norm.out, at('reconstruction'), at('reconstruction/bias'), tokens),
  }
}

const sum = (a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> => a.map((value, i) => value + b[i])

/** [rows, inputs] × [inputs, outputs] + bias. */
function dense(
  a: Float64Array,
  kernel: Numbers,
  bias: Numbers,
  rows: number,
  inputs = a.length / rows,
  outputs = bias.length,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(rows * outputs)
  for (let i = 0; i < rows; i++)
    for (let c = 0; c < outputs; c++) {
      let s = bias[c]
      for (let k = 0; k < inputs; k++) s += a[i * inputs + k] * kernel[k * outputs + c]
      out[i * outputs + c] = s
    }
  return out
}

function layerNorm(x: Float64Array, gain: Numbers, bias: Numbers): NormTape {
  const width = gain.length
  const tokens = x.length / width
  const [normalised, out] = [new Float64Array(x.length), new Float64Array(x.length)]
  const inverseDeviation = new Float64Array(tokens)
  for (let j = 0; j < tokens; j++) {
    const row = x.subarray(j * width, (j + 1) * width)
    const mean = row.reduce((s, value) => s + value, 0) / width
    const variance = row.reduce((s, value) => s + (value - mean) ** 2, 0) / width
    inverseDeviation[j] = 1 / Math.sqrt(variance + layerNormEpsilon)
    for (let c = 0; c < width; c++) {
      const i = j * width + c
      normalised[i] = (row[c] - mean) * inverseDeviation[j]
      out[i] = normalised[i] * gain[c] + bias[c]
    }
  }
  return { normalised, inverseDeviation, out }
}

/** Softmax over the keys of q·k / √(head dimension). */
function attentionOf(
  queries: Float64Array,
  keys: Float64Array,
  { tokens, width, heads }: TransformerLayout['spec'],
): Float64Array {
  const size = width / heads
  const attention = new Float64Array(heads * tokens * tokens)
  for (let h = 0; h < heads; h++)
    for (let i = 0; i < tokens; i++) {
      const row = attention.subarray((h * tokens + i) * tokens, (h * tokens + i + 1) * tokens)
      for (let j = 0; j < tokens; j++)
        for (let c = h * size; c < (h + 1) * size; c++)
          row[j] += (queries[i * width + c] * keys[j * width + c]) / Math.sqrt(size)
      const highest = row.reduce((a, b) => Math.max(a, b))
      let total = 0
      for (let j = 0; j < tokens; j++) total += row[j] = Math.exp(row[j] - highest)
      for (let j = 0; j < tokens; j++) row[j] /= total
    }
  return attention
}

function mix(
  attention: Float64Array,
  values: Float64Array,
  { tokens, width, heads }: TransformerLayout['spec'],
): Float64Array {
  const size = width / heads
  const out = new Float64Array(tokens * width)
  for (let h = 0; h < heads; h++)
    for (let i = 0; i < tokens; i++)
      for (let j = 0; j < tokens; j++) {
        const p = attention[(h * tokens + i) * tokens + j]
        for (let c = h * size; c < (h + 1) * size; c++) out[i * width + c] += p * values[j * width + c]
      }
  return out
}

const steepness = 2 * Math.sqrt(2 / Math.PI)
const cubic = 0.044715

/** x σ(2 √(2/π) (x + 0.044715 x³)): the tanh form of the GELU (Hendrycks, Gimpel 1606.08415), |error| < 5e-4. */
export function gelu(x: number): number {
  return x / (1 + Math.exp(-steepness * (x + cubic * x ** 3)))
}

export function geluSlope(x: number): number {
  const s = 1 / (1 + Math.exp(-steepness * (x + cubic * x ** 3)))
  return s + x * s * (1 - s) * steepness * (1 + 3 * cubic * x * x)
}
