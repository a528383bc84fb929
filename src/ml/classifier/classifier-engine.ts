import type { Kernels } from '../../kernels/create-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { countRatioParameters, initialiseRatio, type RatioArchitecture } from '../ratio/ratio-parameters.ts'
import { headLoss, type HeadSettings } from './heads.ts'

/** One network in training. */
export interface ClassifierEngine {
  readonly name: string
  /**
   * One update on a batch.
   *
   * @param x       [rows, inputs]
   * @param labels  class of each row, or `outside`
   * @returns       loss before the update (0 unless `wantLoss`); NaN where nothing was updated
   */
  step(
    x: Float32Array,
    labels: Int32Array,
    settings: HeadSettings,
    learningRate: number,
    wantLoss: boolean,
  ): number
  /** Kernel and bias per layer, a copy (ratio-parameters.ts has the order). */
  parameters(): Float32Array
}

/** Gradients longer than this are scaled to it: the first steps of a Dirichlet loss are steep. */
const clipNorm = 20

/**
 * An engine on our SIMD kernels, which know sums of squares but none of these losses. A network without batch norm and
 * dropout gives the same logits z in `predict` and in training; with targets z - (rows * classes / 2) G the gradient
 * of the mean square is G by every logit, for whatever G the head wants. Costs one forward pass more.
 */
export function createClassifierEngine(
  kernels: Kernels,
  architecture: RatioArchitecture,
  seed: number,
): ClassifierEngine {
  const { inputs, widths, outputs } = architecture
  const network = kernels.createNetwork({
    inputs,
    layers: [
      ...widths.map((units) => ({ units, activation: 'relu' as const })),
      { units: outputs, activation: 'linear' },
    ],
  })
  network.writeParameters(initialiseRatio(architecture, createRng(seed).split('initialise')))
  const trained = countRatioParameters(architecture)
  let gradient = new Float32Array(0)
  let targets = new Float32Array(0)

  return {
    name: kernels.simd ? 'kernels-simd' : 'kernels-scalar',
    step(x, labels, settings, learningRate, wantLoss) {
      const rows = labels.length
      const size = rows * outputs
      if (gradient.length !== size) {
        gradient = new Float32Array(size)
        targets = new Float32Array(size)
      }
      const logits = network.predict(x, rows)
      const loss = headLoss(settings, logits, labels, outputs, gradient, wantLoss)
      if (!Number.isFinite(loss)) return Number.NaN
      for (let i = 0; i < size; i++) targets[i] = logits[i] - 0.5 * size * gradient[i]
      network.setTable({ inputs: x, targets })
      network.regressionGradient('squared', undefined, { divide: 'rows' })
      return Number.isFinite(network.update({ learningRate, clipNorm })) ? loss : Number.NaN
    },
    parameters: () => network.readParameters().slice(0, trained),
  }
}
