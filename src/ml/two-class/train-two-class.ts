import { AppError } from '../../errors.ts'
import type { Kernels } from '../../kernels/create-kernels.ts'
import { dropoutKey } from '../../kernels/dropout.ts'
import type { NetworkKernel } from '../../kernels/network-kernel.ts'
import { createRng, shuffle, type Rng } from '../../numerics/rng.ts'
import { learningRateAt } from '../learning-rate.ts'
import { initialiseRatio } from '../ratio/ratio-parameters.ts'

export interface TwoClassSettings {
  /** Hidden units of each layer, ReLU. */
  widths: readonly number[]
  dropout: number
  /** At its peak; it falls as a cosine over all epochs. */
  learningRate: number
  /** Rows of a step. */
  batch: number
  /** At most. */
  epochs: number
  /** Epochs without a lower validation loss after which it ends. */
  patience: number
  seed: number
}

export const twoClassDefaults: Omit<TwoClassSettings, 'seed'> = {
  ...{ widths: [128, 64, 32], dropout: 0.1, learningRate: 1e-3, batch: 256, epochs: 20, patience: 5 },
}

/** Rows of two classes. */
export interface TwoClassRows {
  a: Float32Array // [n, inputs] row-major
  b: Float32Array // [m, inputs]
}

export interface TwoClassRequest {
  kernels: Kernels
  inputs: number
  settings: TwoClassSettings
  /** Rows of an epoch, as many of one class as of the other. */
  draw: (epoch: number, rng: Rng) => TwoClassRows
  /** Rows to stop by; none of them is trained on. */
  validation: TwoClassRows
}

export interface TwoClassEpoch {
  epoch: number
  /** Mean cross-entropy of the validation rows [nat]; ln 2 is ignorance. */
  loss: number
}

/** Scores rows: the logit of class b, [rows]. */
export type TwoClassScore = (rows: Float32Array) => Float32Array

/**
 * A network that tells two classes apart, on our kernels: Adam on the cross-entropy of fresh rows in every epoch, dropout
 * after each hidden layer, the epoch of lowest validation loss kept. Equal requests give equal numbers.
 *
 * @throws AppError 'ml/diverged' where the loss is not finite
 */
export function* trainTwoClass(request: TwoClassRequest): Generator<TwoClassEpoch, TwoClassScore> {
  const { kernels, inputs, settings, draw } = request
  const rng = createRng(settings.seed, 'two-class')
  const network = create(kernels, inputs, settings, 'sigmoid')
  const widths = [...settings.widths]
  network.writeParameters(initialiseRatio({ inputs, widths, outputs: 1 }, rng.split('initialise')))
  const validation = table(request.validation, inputs)
  let best = { loss: Infinity, epoch: -1, parameters: network.readParameters() }
  let step = 0
  for (let epoch = 0; epoch < settings.epochs && epoch - best.epoch <= settings.patience; epoch++) {
    const { x, labels } = table(draw(epoch, rng.split(`epoch-${epoch}`)), inputs)
    network.setTable({ inputs: x, targets: labels })
    const order = shuffle(Int32Array.from(labels.keys()), rng.split(`order-${epoch}`))
    const perEpoch = Math.ceil(order.length / settings.batch)
    const schedule = { learningRate: settings.learningRate, steps: perEpoch * settings.epochs }
    for (let from = 0; from < order.length; from += settings.batch) {
      const rows = order.subarray(from, from + settings.batch)
      network.regressionGradient('cross-entropy', rows, { dropoutKey: dropoutKey(settings.seed, step) })
      network.update({ learningRate: learningRateAt(schedule, step++) })
    }
    network.setTable({ inputs: validation.x, targets: validation.labels })
    const loss = network.regressionLoss('cross-entropy')
    if (!Number.isFinite(loss))
      throw new AppError(
        'ml/diverged',
        `The loss of two classes is ${loss} after epoch ${epoch + 1} of ${settings.epochs}, at a learning rate of ${settings.learningRate}. Lower it.`,
      )
    if (loss < best.loss) best = { loss, epoch, parameters: network.readParameters() }
    yield { epoch, loss }
  }
  // Logits in place of probabilities: those of sure cases do not tie at 1.
  const scorer = create(kernels, inputs, settings, 'linear')
  scorer.writeParameters(best.parameters)
  return (rows) => scorer.predict(rows, rows.length / inputs)
}

function create(
  kernels: Kernels,
  inputs: number,
  { widths, dropout }: TwoClassSettings,
  activation: 'sigmoid' | 'linear',
): NetworkKernel {
  return kernels.createNetwork({
    inputs,
    layers: [
      ...widths.map((units) => ({ units, activation: 'relu' as const, dropout })),
      { units: 1, activation },
    ],
  })
}

/** Class a is 0, class b is 1. */
function table({ a, b }: TwoClassRows, inputs: number): { x: Float32Array; labels: Float32Array } {
  const x = new Float32Array(a.length + b.length)
  x.set(a)
  x.set(b, a.length)
  return { x, labels: new Float32Array(x.length / inputs).fill(1, a.length / inputs) }
}
