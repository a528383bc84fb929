import type { Kernels } from '../../kernels/create-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { createPositiveLoss } from './positive-head.ts'
import type { RatioTrainingConfig } from './ratio-config.ts'
import { architectureOf, checkRatioTable, type RatioEngine, type RatioTable } from './ratio-engine.ts'
import { initialiseRatio, ratioNetworkSpec } from './ratio-parameters.ts'

/**
 * An engine on our own SIMD kernels, with a WebAssembly instance and a copy of the table of its own. Start, update
 * and state are those of createRatioTfjsEngine.
 */
export function createRatioKernelEngine(
  kernels: Kernels,
  config: RatioTrainingConfig,
  table: RatioTable,
): RatioEngine {
  checkRatioTable(table)
  const architecture = architectureOf(config, table)
  const { head } = table
  const network = kernels.createNetwork(ratioNetworkSpec(architecture, head ? 'linear' : 'sigmoid'))
  network.writeParameters(initialiseRatio(architecture, createRng(config.seed).split('initialise')))
  if (head) network.setInputs(table.inputs)
  else network.setTable(table)
  const headLoss = head && createPositiveLoss(head, table.targets, table.weights)
  const weightDecay = config.optimiser === 'adamw' ? config.weightDecay : 0

  function gradient(indices: Int32Array): number {
    if (!headLoss) return network.regressionGradient(config.loss, indices, { divide: 'rows' })
    const scale = 1 / indices.length
    return (
      scale * network.headGradient(indices, (values, rows, slopes) => headLoss(values, rows, slopes, scale))
    )
  }

  return {
    name: kernels.simd ? 'kernels-simd' : 'kernels-scalar',
    step(indices, learningRate) {
      const value = gradient(indices)
      const norm = network.update({ learningRate, weightDecay, decayAll: true })
      return Number.isFinite(norm) ? value : Number.NaN
    },
    loss(indices) {
      if (!headLoss) return network.regressionLoss(config.loss, indices)
      const sum = network.headLoss(indices, (values, rows) => headLoss(values, rows, null, 0))
      return sum / indices.reduce((total, row) => total + table.weights[row], 0)
    },
    state: () => ({ parameters: network.readParameters(), optimiser: network.readMoments() }),
    restore({ parameters, optimiser }) {
      network.writeParameters(parameters)
      network.writeMoments(optimiser)
    },
    dispose() {},
  }
}
