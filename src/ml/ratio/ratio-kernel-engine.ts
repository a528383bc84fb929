import type { Kernels } from '../../kernels/create-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
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
  const network = kernels.createNetwork(ratioNetworkSpec(architecture))
  network.writeParameters(initialiseRatio(architecture, createRng(config.seed).split('initialise')))
  network.setTable(table)
  const weightDecay = config.optimiser === 'adamw' ? config.weightDecay : 0

  return {
    name: kernels.simd ? 'kernels-simd' : 'kernels-scalar',
    step(indices, learningRate) {
      const value = network.regressionGradient(config.loss, indices, { divide: 'rows' })
      const norm = network.update({ learningRate, weightDecay, decayAll: true })
      return Number.isFinite(norm) ? value : Number.NaN
    },
    loss: (indices) => network.regressionLoss(config.loss, indices),
    state: () => ({ parameters: network.readParameters(), optimiser: network.readMoments() }),
    restore({ parameters, optimiser }) {
      network.writeParameters(parameters)
      network.writeMoments(optimiser)
    },
    dispose() {},
  }
}
