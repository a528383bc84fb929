import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, it } from 'vitest'
import { loadKernels } from '../kernels/load-kernels.ts'
import { createRng } from '../numerics/rng.ts'

const widths = [5, 12, 9, 2]
const rows = 37
const rng = createRng(12)
const x = Float32Array.from({ length: rows * 5 }, () => rng.normal())
const targets = Float32Array.from({ length: rows * 2 }, () => rng.uniform())
const weights = Float32Array.from({ length: rows }, () => 0.2 + rng.uniform())

beforeAll(async () => void (await tf.setBackend('cpu')))

// The other road: TensorFlow.js with its own automatic gradients and its own Adam.
it.each(['cross-entropy', 'squared'] as const)(
  'a regression network trains 20 steps with %s as TensorFlow.js does',
  async (loss) => {
    const head = loss === 'squared' ? 'linear' : 'sigmoid'
    const network = (await loadKernels()).createNetwork({
      inputs: 5,
      layers: [
        { units: 12, activation: 'relu' },
        { units: 9, activation: 'relu' },
        { units: 2, activation: head },
      ],
    })
    const flat = network.readParameters().map(() => 0.4 * rng.normal())
    network.writeParameters(flat)
    network.setTable({ inputs: x, targets, weights })

    const variables: tf.Variable[] = []
    let at = 0
    for (let l = 1; l < widths.length; l++)
      for (const shape of [[widths[l - 1], widths[l]], [widths[l]]]) {
        const count = shape.reduce((a, b) => a * b)
        variables.push(tf.variable(tf.tensor(flat.subarray(at, (at += count)), shape)))
      }
    const [inputs, y, w] = [
      tf.tensor2d(x, [rows, 5]),
      tf.tensor2d(targets, [rows, 2]),
      tf.tensor2d(weights, [rows, 1]),
    ]
    const total = weights.reduce((a, b) => a + b)
    const forward = (): tf.Scalar => {
      let a: tf.Tensor = inputs
      for (let l = 0; l < 3; l++) {
        a = tf.add(tf.matMul(a as tf.Tensor2D, variables[2 * l] as tf.Tensor2D), variables[2 * l + 1])
        if (l < 2) a = tf.relu(a)
      }
      const each =
        loss === 'squared'
          ? tf.square(tf.sub(a, y))
          : tf.add(tf.sub(tf.relu(a), tf.mul(a, y)), tf.log1p(tf.exp(tf.neg(tf.abs(a)))))
      return tf.div(tf.sum(tf.mul(each, w)), 2 * total) as tf.Scalar
    }
    const adam = tf.train.adam(0.003, 0.9, 0.999, 1e-7)
    for (let step = 0; step < 20; step++) {
      const theirs = adam.minimize(forward, true)?.dataSync()[0] ?? Number.NaN
      const ours = network.regressionGradient(loss)
      network.update({ learningRate: 0.003 })
      expect(Math.abs(ours - theirs)).toBeLessThan(1e-5 * theirs)
    }
    const theirs = variables.flatMap((variable) => Array.from(variable.dataSync()))
    network.readParameters().forEach((value, i) => expect(Math.abs(value - theirs[i])).toBeLessThan(1e-5))
  },
)
