import * as tf from '@tensorflow/tfjs-core'
import type { TransformerLayout } from './transformer-parameters.ts'
import { layerNormEpsilon, type TransformerSpec } from './transformer-spec.ts'

/** Every parameter as [rows, columns]. */
export type Weights = (name: string) => tf.Tensor2D

export function tensorsOf(layout: TransformerLayout, parameters: Float32Array): Weights {
  const made = new Map(
    layout.regions.map(({ name, rows, columns }) => [
      name,
      tf.tensor2d(layout.view(parameters, name), [rows, columns]),
    ]),
  )
  return (name) => made.get(layout.region(name).name)!
}

interface Norm {
  normalised: tf.Tensor2D
  inverseDeviation: tf.Tensor2D
  out: tf.Tensor2D
}

interface Block {
  norm1: Norm
  queries: tf.Tensor3D // [rows × heads, tokens, head dimension], already / √(head dimension)
  keys: tf.Tensor3D
  values: tf.Tensor3D
  attention: tf.Tensor3D // [rows × heads, tokens, tokens]
  mixed: tf.Tensor2D
  norm2: Norm
  hidden: tf.Tensor2D
  gate: tf.Tensor2D
  activated: tf.Tensor2D
}

export interface TensorPass {
  rows: number
  seen: tf.Tensor // [rows, tokens, 1]: the scalar where it is not masked, else 0
  hidden: tf.Tensor // [rows, tokens, 1]: 1 where masked
  blocks: Block[]
  norm: Norm
  logits: tf.Tensor2D // [rows, classes]
  reconstruction: tf.Tensor2D // [rows × tokens, 1]
}

const steepness = 2 * Math.sqrt(2 / Math.PI)
const cubic = 0.044715

/** What reference-forward.ts does to one event, for many: rows of matrices are tokens of all events. */
export function forwardOnTensors(
  spec: TransformerSpec,
  weights: Weights,
  values: Float32Array,
  masked: Uint8Array | null,
  rows: number,
): TensorPass {
  const { tokens, width } = spec
  const cells = rows * tokens
  const hidden = tf.tensor(
    Float32Array.from({ length: cells }, (_, i) => masked?.[i] ?? 0),
    [rows, tokens, 1],
  )
  const seen = tf.tensor(
    values.map((x, i) => (masked?.[i] ? 0 : x)),
    [rows, tokens, 1],
  )
  const ofToken = (name: string): tf.Tensor => tf.reshape(weights(name), [1, tokens, width])
  const mask = tf.reshape(weights('mask'), [1, 1, width])
  const embedded = tf.add(tf.mul(seen, ofToken('embedding')), tf.mul(hidden, mask))
  let stream = tf.reshape(tf.add(embedded, ofToken('embedding/bias')), [cells, width]) as tf.Tensor2D
  const blocks: Block[] = []
  for (let b = 0; b < spec.blocks; b++) {
    const of = (name: string): tf.Tensor2D => weights(`block-${b}/${name}`)
    const dense = (a: tf.Tensor2D, name: string): tf.Tensor2D =>
      tf.add(tf.matMul(a, of(name)), of(`${name}/bias`))
    const norm1 = layerNorm(stream, of('norm-1/gain'), of('norm-1/bias'))
    const scale = 1 / Math.sqrt(width / spec.heads)
    const queries = toHeads(tf.mul(dense(norm1.out, 'queries'), scale) as tf.Tensor2D, spec, rows)
    const keys = toHeads(dense(norm1.out, 'keys'), spec, rows)
    const valuesOf = toHeads(dense(norm1.out, 'values'), spec, rows)
    const attention = tf.softmax(tf.matMul(queries, keys, false, true)) as tf.Tensor3D
    const mixed = fromHeads(tf.matMul(attention, valuesOf) as tf.Tensor3D, spec, rows)
    stream = tf.add(stream, dense(mixed, 'output'))
    const norm2 = layerNorm(stream, of('norm-2/gain'), of('norm-2/bias'))
    const before = dense(norm2.out, 'hidden')
    const inner = tf.mul(before, tf.add(tf.mul(tf.square(before), cubic * steepness), steepness))
    const gate = tf.sigmoid(inner) as tf.Tensor2D
    const activated = tf.mul(before, gate) as tf.Tensor2D
    stream = tf.add(stream, dense(activated, 'project'))
    blocks.push({
      norm1,
      queries,
      keys,
      values: valuesOf,
      attention,
      mixed,
      norm2,
      hidden: before,
      gate,
      activated,
    })
  }
  const norm = layerNorm(stream, weights('norm/gain'), weights('norm/bias'))
  const flat = tf.reshape(norm.out, [rows, tokens * width]) as tf.Tensor2D
  return {
    ...{ rows, seen, hidden, blocks, norm },
    logits: tf.add(tf.matMul(flat, weights('classes')), weights('classes/bias')),
    reconstruction: tf.add(tf.matMul(norm.out, weights('reconstruction')), weights('reconstruction/bias')),
  }
}

/** Gradients by name, summed over the rows; of a head that has no gradient there are none. */
export function backwardOnTensors(
  spec: TransformerSpec,
  weights: Weights,
  pass: TensorPass,
  by: { logits?: tf.Tensor2D; reconstruction?: tf.Tensor2D },
): ReadonlyMap<string, tf.Tensor> {
  const { tokens, width } = spec
  const { rows, norm } = pass
  const gradients = new Map<string, tf.Tensor>()
  // Column sums as a product with a row of ones: a fast kernel on every backend.
  const sums = (a: tf.Tensor2D): tf.Tensor2D => tf.matMul(tf.fill([1, a.shape[0]], 1) as tf.Tensor2D, a)
  const denseBack = (name: string, a: tf.Tensor2D, d: tf.Tensor2D): tf.Tensor2D => {
    gradients.set(name, tf.matMul(a, d, true, false))
    gradients.set(`${name}/bias`, sums(d))
    return tf.matMul(d, weights(name), false, true)
  }
  const normBack = (name: string, { normalised, inverseDeviation }: Norm, d: tf.Tensor2D): tf.Tensor2D => {
    gradients.set(`${name}/gain`, sums(tf.mul(d, normalised)))
    gradients.set(`${name}/bias`, sums(d))
    const byNormalised = tf.mul(d, weights(`${name}/gain`))
    const mean = tf.mean(byNormalised, 1, true)
    const slope = tf.mean(tf.mul(byNormalised, normalised), 1, true)
    return tf.mul(tf.sub(tf.sub(byNormalised, mean), tf.mul(normalised, slope)), inverseDeviation)
  }
  const parts: tf.Tensor2D[] = []
  if (by.logits) {
    const flat = tf.reshape(norm.out, [rows, tokens * width]) as tf.Tensor2D
    parts.push(tf.reshape(denseBack('classes', flat, by.logits), [rows * tokens, width]))
  }
  if (by.reconstruction) parts.push(denseBack('reconstruction', norm.out, by.reconstruction))
  let d = normBack(
    'norm',
    norm,
    parts.reduce((a, b) => tf.add(a, b)),
  )
  for (let b = spec.blocks - 1; b >= 0; b--) {
    const block = pass.blocks[b]
    const name = (part: string): string => `block-${b}/${part}`
    const { hidden, gate, activated, queries, keys, values, attention } = block
    const rise = tf.add(tf.mul(tf.square(hidden), 3 * cubic * steepness), steepness)
    const slope = tf.add(gate, tf.mul(tf.mul(activated, tf.sub(1, gate)), rise))
    const byHidden = tf.mul(denseBack(name('project'), activated, d), slope) as tf.Tensor2D
    d = tf.add(d, normBack(name('norm-2'), block.norm2, denseBack(name('hidden'), block.norm2.out, byHidden)))

    const byMixed = toHeads(denseBack(name('output'), block.mixed, d), spec, rows)
    const byAttention = tf.matMul(byMixed, values, false, true)
    const mean = tf.sum(tf.mul(attention, byAttention), 2, true)
    const byScore = tf.mul(attention, tf.sub(byAttention, mean)) as tf.Tensor3D
    const scale = 1 / Math.sqrt(width / spec.heads)
    const byQueries = tf.mul(fromHeads(tf.matMul(byScore, keys) as tf.Tensor3D, spec, rows), scale)
    const byKeys = fromHeads(tf.matMul(byScore, queries, true, false) as tf.Tensor3D, spec, rows)
    const byValues = fromHeads(tf.matMul(attention, byMixed, true, false) as tf.Tensor3D, spec, rows)
    const entering = block.norm1.out
    const byNorm = tf.add(
      tf.add(
        denseBack(name('queries'), entering, byQueries as tf.Tensor2D),
        denseBack(name('keys'), entering, byKeys),
      ),
      denseBack(name('values'), entering, byValues),
    ) as tf.Tensor2D
    d = tf.add(d, normBack(name('norm-1'), block.norm1, byNorm))
  }
  const byToken = tf.reshape(d, [rows, tokens, width])
  gradients.set('embedding', tf.sum(tf.mul(byToken, pass.seen), 0))
  gradients.set('embedding/bias', tf.sum(byToken, 0))
  gradients.set('mask', sums(tf.reshape(tf.mul(byToken, pass.hidden), [rows * tokens, width]) as tf.Tensor2D))
  return gradients
}

function layerNorm(x: tf.Tensor2D, gain: tf.Tensor2D, bias: tf.Tensor2D): Norm {
  const centred = tf.sub(x, tf.mean(x, 1, true))
  const inverseDeviation = tf.rsqrt(
    tf.add(tf.mean(tf.square(centred), 1, true), layerNormEpsilon),
  ) as tf.Tensor2D
  const normalised = tf.mul(centred, inverseDeviation) as tf.Tensor2D
  return { normalised, inverseDeviation, out: tf.add(tf.mul(normalised, gain), bias) }
}

/** [rows × tokens, width] to [rows × heads, tokens, head dimension]. */
function toHeads(a: tf.Tensor2D, { tokens, width, heads }: TransformerSpec, rows: number): tf.Tensor3D {
  const apart = tf.transpose(tf.reshape(a, [rows, tokens, heads, width / heads]), [0, 2, 1, 3])
  return tf.reshape(apart, [rows * heads, tokens, width / heads])
}

function fromHeads(a: tf.Tensor3D, { tokens, width, heads }: TransformerSpec, rows: number): tf.Tensor2D {
  const together = tf.transpose(tf.reshape(a, [rows, heads, tokens, width / heads]), [0, 2, 1, 3])
  return tf.reshape(together, [rows * tokens, width])
}
