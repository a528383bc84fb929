import * as tf from '@tensorflow/tfjs-core'
import { whileDeviceLasts } from '../device-loss.ts'
import { backwardOnTensors, forwardOnTensors, tensorsOf, type TensorPass } from './transformer-tensors.ts'
import type { TransformerBackend, TransformerGradient } from './transformer-backend.ts'
import {
  huberDelta,
  learnsClasses,
  learnsReconstruction,
  partOf,
  sharesOf,
  type BatchShares,
  type TransformerLosses,
  type TransformerTask,
} from './transformer-loss.ts'
import type { TokenBatch } from './token-source.ts'
import type { TransformerLayout } from './transformer-parameters.ts'

/** Events at a time: their attention alone is 10 MB at 100 tokens and five heads of two blocks. */
const chunk = 32

/**
 * Gradients as tensor operations on the TensorFlow.js backend that initBackend() made current. No tensor outlives a
 * call.
 */
export function createTfjsBackend(layout: TransformerLayout): TransformerBackend {
  const chunks = (batch: TokenBatch): TokenBatch[] =>
    Array.from({ length: Math.ceil(batch.rows / chunk) }, (_, i) =>
      partOf(batch, chunk * i, Math.min(chunk * (i + 1), batch.rows)),
    )

  function lossesFrom(numbers: Float32Array, task: TransformerTask, batch: TokenBatch): TransformerLosses {
    const { scalar, weight } = sharesOf(batch)
    return {
      reconstruction: numbers[0],
      scalars: learnsReconstruction(task) && scalar > 0 ? Math.round(1 / scalar) : 0,
      classification: numbers[1],
      weight: learnsClasses(task) && weight > 0 ? 1 / weight : 0,
    }
  }

  /** Sums of losses, then the gradient where there are shares. */
  async function summed(
    parameters: Float32Array,
    task: TransformerTask,
    batch: TokenBatch,
    shares: BatchShares | null,
  ): Promise<Float32Array> {
    const sum = new Float32Array(2 + (shares ? layout.total : 0))
    for (const part of chunks(batch)) {
      const numbers = await readBack(() =>
        tf.tidy(() => lossesAndGradient(layout, parameters, task, part, shares)),
      )
      for (let i = 0; i < sum.length; i++) sum[i] += numbers[i]
    }
    return sum
  }

  async function forwardInChunks(
    parameters: Float32Array,
    values: Float32Array,
    masked: Uint8Array | null,
    rows: number,
    pick: (pass: TensorPass) => tf.Tensor[],
    take: (from: number, count: number, numbers: Float32Array) => void,
  ): Promise<void> {
    const { tokens } = layout.spec
    for (let from = 0; from < rows; from += chunk) {
      const count = Math.min(chunk, rows - from)
      const cut = <T extends Float32Array | Uint8Array>(a: T): T =>
        a.subarray(from * tokens, (from + count) * tokens) as T
      const numbers = await readBack(() =>
        tf.tidy(() => {
          const weights = tensorsOf(layout, parameters)
          const pass = forwardOnTensors(layout.spec, weights, cut(values), masked && cut(masked), count)
          return tf.concat1d(pick(pass).map((tensor) => tf.reshape(tensor, [tensor.size])))
        }),
      )
      take(from, count, numbers)
    }
  }

  return {
    name: `tfjs-${tf.getBackend()}`,
    async gradients(parameters, task, parts, shares) {
      const results: TransformerGradient[] = []
      for (const part of parts) {
        const numbers = await summed(parameters, task, part, shares)
        results.push({ losses: lossesFrom(numbers, task, part), gradient: numbers.subarray(2) })
      }
      return results
    },
    async losses(parameters, parts) {
      const results: TransformerLosses[] = []
      for (const part of parts)
        results.push(lossesFrom(await summed(parameters, 'multi-task', part, null), 'multi-task', part))
      return results
    },
    async outputs(parameters, values, rows, masked) {
      const { tokens, classes } = layout.spec
      const logits = new Float32Array(rows * classes)
      const reconstruction = new Float32Array(rows * tokens)
      await forwardInChunks(
        parameters,
        values,
        masked,
        rows,
        (pass) => [pass.logits, pass.reconstruction],
        (from, count, numbers) => {
          logits.set(numbers.subarray(0, count * classes), from * classes)
          reconstruction.set(numbers.subarray(count * classes), from * tokens)
        },
      )
      return { logits, reconstruction }
    },
    async features(parameters, values, rows) {
      const { tokens, width } = layout.spec
      const features = new Float32Array(rows * tokens * width)
      await forwardInChunks(
        parameters,
        values,
        null,
        rows,
        (pass) => [pass.norm.out],
        (from, _, numbers) => features.set(numbers, from * tokens * width),
      )
      return features
    },
    dispose() {},
  }
}

async function readBack(compute: () => tf.Tensor1D): Promise<Float32Array> {
  return await whileDeviceLasts(tf.backend(), async () => {
    const flat = compute()
    try {
      return await flat.data<'float32'>()
    } finally {
      flat.dispose()
    }
  })
}

function lossesAndGradient(
  layout: TransformerLayout,
  parameters: Float32Array,
  task: TransformerTask,
  batch: TokenBatch,
  shares: BatchShares | null,
): tf.Tensor1D {
  const { spec } = layout
  const { rows } = batch
  const weights = tensorsOf(layout, parameters)
  const losses: tf.Tensor[] = [tf.scalar(0), tf.scalar(0)]
  const gradients: ReadonlyMap<string, tf.Tensor>[] = []
  if (learnsReconstruction(task)) {
    const pass = forwardOnTensors(spec, weights, batch.values, batch.masked, rows)
    const used = tf.tensor2d(
      Float32Array.from(batch.masked, (m, i) => m & batch.filled[i]),
      [rows * spec.tokens, 1],
    )
    const x = tf.tensor2d(batch.values, [rows * spec.tokens, 1])
    const residual = tf.mul(tf.sub(pass.reconstruction, x), used)
    const size = tf.abs(residual)
    const bounded = tf.sub(size, tf.relu(tf.sub(size, huberDelta)))
    losses[0] = tf.sum(tf.mul(bounded, tf.sub(tf.mul(size, 2), bounded)))
    if (shares) {
      const above = tf.relu(tf.sub(residual, huberDelta))
      const below = tf.relu(tf.sub(tf.neg(residual), huberDelta))
      const byScalar = tf.mul(tf.add(tf.sub(residual, above), below), 2 * shares.scalar)
      gradients.push(backwardOnTensors(spec, weights, pass, { reconstruction: byScalar as tf.Tensor2D }))
    }
  }
  if (learnsClasses(task)) {
    const pass = forwardOnTensors(spec, weights, batch.values, null, rows)
    const truth = new Float32Array(rows * spec.classes)
    batch.labels.forEach((label, row) => (truth[row * spec.classes + label] = 1))
    const target = tf.tensor2d(truth, [rows, spec.classes])
    const weight = tf.tensor2d(batch.weights, [rows, 1])
    const top = tf.max(pass.logits, 1, true)
    const total = tf.add(tf.log(tf.sum(tf.exp(tf.sub(pass.logits, top)), 1, true)), top)
    const own = tf.sum(tf.mul(target, pass.logits), 1, true)
    losses[1] = tf.sum(tf.mul(weight, tf.sub(total, own)))
    if (shares) {
      const difference = tf.sub(tf.softmax(pass.logits), target)
      const byLogit = tf.mul(tf.mul(difference, weight), shares.weight)
      gradients.push(backwardOnTensors(spec, weights, pass, { logits: byLogit as tf.Tensor2D }))
    }
  }
  const flat = losses.map((loss) => tf.reshape(loss, [1]))
  if (shares)
    for (const { name, length } of layout.regions) {
      // A head that the task has no use for has no gradient.
      const parts = gradients.flatMap((of) => of.get(name) ?? [])
      const sum = parts.length > 0 ? parts.reduce((a, b) => tf.add(a, b)) : tf.fill([length], 0)
      flat.push(tf.reshape(sum, [length]))
    }
  return tf.concat1d(flat as tf.Tensor1D[])
}
