import { AppError } from '../../../../errors.ts'
import type { Kernels } from '../../../../kernels/create-kernels.ts'
import { softmax } from '../../../../ml/classifier/heads.ts'
import { initialiseRatio } from '../../../../ml/ratio/ratio-parameters.ts'
import { meanLoss, softmaxRows, type LabelledRows } from '../../../../ml/trees/boosted-trees.ts'
import { createRng, shuffle } from '../../../../numerics/rng.ts'

export interface MlpSettings {
  widths: readonly number[]
  learningRate: number
  batch: number
  epochs: number
  /** Epochs without a lower loss on the validation rows after which it stops. */
  patience: number
  seed: number
}

/** Rows as a network takes them. */
export type NetworkRows = Pick<LabelledRows, 'labels' | 'weights'> & { inputs: Float32Array }

export interface MlpReport {
  epoch: number // done
  epochs: number
  validationLoss: number
}

/** Class probabilities of further rows. @param inputs [rows, features] @returns [rows, classes] */
export type Classifier = (inputs: Float32Array) => Float64Array

/**
 * A network of dense layers for several classes by weighted cross-entropy: Adam, rate halved along a cosine to nothing, stopped
 * early on the validation rows, the best epoch kept. Yields after every epoch.
 *
 * @throws AppError 'ml/diverged'
 */
export function* trainMlp(
  kernels: Kernels,
  training: NetworkRows,
  validation: NetworkRows,
  classes: number,
  settings: MlpSettings,
): Generator<MlpReport, Classifier> {
  const { widths, learningRate, batch, epochs, patience, seed } = settings
  const rows = training.labels.length
  const inputs = training.inputs.length / rows
  const network = kernels.createNetwork({
    inputs,
    layers: [
      ...widths.map((units) => ({ units, activation: 'relu' as const })),
      { units: classes, activation: 'linear' },
    ],
  })
  const architecture = { inputs, widths: [...widths], outputs: classes }
  network.writeParameters(initialiseRatio(architecture, createRng(seed).split('initialise')))
  network.setInputs(training.inputs)
  const order = Int32Array.from({ length: rows }, (_, r) => r)
  const probabilities = new Float64Array(classes)
  const predict: Classifier = (x) => softmaxRows(network.predict(x, x.length / inputs), classes)
  let best = { loss: Infinity, epoch: 0, parameters: network.readParameters() }
  const steps = Math.max(1, Math.floor(rows / batch))
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(order, createRng(seed, `order/${epoch}`))
    for (let step = 0; step < steps; step++) {
      const own = order.slice(step * batch, Math.min(rows, (step + 1) * batch))
      let total = 0
      for (const row of own) total += training.weights[row]
      network.headGradient(own, (logits, piece, gradient) => {
        let loss = 0
        piece.forEach((row, r) => {
          softmax(logits.subarray(r * classes, (r + 1) * classes), probabilities)
          const share = training.weights[row] / total
          loss -= share * Math.log(Math.max(probabilities[training.labels[row]], Number.MIN_VALUE))
          for (let c = 0; gradient && c < classes; c++)
            gradient[r * classes + c] = share * (probabilities[c] - (training.labels[row] === c ? 1 : 0))
        })
        return loss
      })
      const done = (epoch - 1 + step / steps) / epochs
      if (
        !Number.isFinite(
          network.update({ learningRate: 0.5 * learningRate * (1 + Math.cos(Math.PI * done)) }),
        )
      )
        throw new AppError(
          'ml/diverged',
          `The gradient stopped being a number in epoch ${epoch} at the learning rate ${learningRate}. Lower it.`,
        )
    }
    const validationLoss = meanLoss(predict(validation.inputs), validation, classes)
    if (validationLoss < best.loss)
      best = { loss: validationLoss, epoch, parameters: network.readParameters() }
    yield { epoch, epochs, validationLoss }
    if (epoch - best.epoch >= patience) break
  }
  network.writeParameters(best.parameters)
  return predict
}
