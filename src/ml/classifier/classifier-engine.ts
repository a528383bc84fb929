import type { Kernels } from '../../kernels/create-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import type { AdamState } from '../adam.ts'
import { initialiseRatio, type RatioArchitecture } from '../ratio/ratio-parameters.ts'
import { headLoss, rowShares, type HeadSettings } from './heads.ts'

/** What an engine needs to go on exactly where another stopped. */
export interface ClassifierState {
  parameters: Float32Array // kernel and bias per layer (ratio-parameters.ts has the order)
  optimiser: AdamState
}

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
  /** A copy. */
  state(): ClassifierState
  restore(state: ClassifierState): void
}

/** Gradients longer than this are scaled to it: the first steps of a Dirichlet loss are steep. */
const clipNorm = 20

/** An engine on our SIMD kernels, with a WebAssembly instance of its own. */
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
  const nothing = new Float32Array(0)

  return {
    name: kernels.simd ? 'kernels-simd' : 'kernels-scalar',
    step(x, labels, settings, learningRate, wantLoss) {
      network.setInputs(x)
      const shares = rowShares(labels)
      const all = Int32Array.from(labels, (_, row) => row)
      const loss = network.headGradient(all, (logits, rows, gradient) => {
        const own = labels.subarray(rows[0], rows[0] + rows.length)
        return headLoss(settings, logits, own, outputs, gradient ?? nothing, wantLoss, shares)
      })
      return Number.isFinite(network.update({ learningRate, clipNorm })) ? loss : Number.NaN
    },
    state: () => ({ parameters: network.readParameters(), optimiser: network.readMoments() }),
    restore({ parameters, optimiser }) {
      network.writeParameters(parameters)
      network.writeMoments(optimiser)
    },
  }
}
