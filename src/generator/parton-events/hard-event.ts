import type { Rng } from '../../numerics/rng.ts'
import { closedFormFlows } from '../../physics/amplitudes/closed-forms/closed-form-flows.ts'
import { colourFlows, flowWeights, type ColourFlow } from '../../physics/amplitudes/colour-flow.ts'
import { createHelicityAmplitudes } from '../../physics/amplitudes/create-process.ts'
import type { AmplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import { legsOf, type Process } from '../../physics/amplitudes/process.ts'
import type { AmplitudeTensor } from '../../physics/amplitudes/squared-matrix-element.ts'
import { AppError } from '../../errors.ts'
import { pdgId } from './pdg-ids.ts'

/** What an accepted point of one partonic process becomes; works in buffers of its own. */
export interface HardEvent {
  /** [legs] PDG */
  readonly ids: Int32Array
  /** [legs, 4] in the order of the process, in the partons' rest frame */
  readonly momenta: Float64Array
  /** Leg of each row of the event where the first incoming leg comes along +z, and where the second does. */
  readonly forward: readonly number[]
  readonly backward: readonly number[]
  /** Amplitudes at the momenta; undefined where there are none beside a closed form. */
  readonly tensor: AmplitudeTensor | undefined
  /** Draws a flow of colour at the momenta, in proportion to its weight. */
  flow(rng: Rng): ColourFlow
}

/**
 * @param needsTensor  whether decays are to follow, which need the spins of t, W and Z; colour alone needs amplitudes
 *                     only where there is a choice
 * @throws AppError 'input/invalid' for a process whose flows are not known
 */
export function createHardEvent(
  process: Process,
  parameters: AmplitudeParameters,
  needsTensor: boolean,
  kernel?: WebAssembly.Module,
): HardEvent {
  const ids = Int32Array.from(legsOf(process), pdgId)
  const momenta = new Float64Array(4 * ids.length)
  const forward = [...ids.keys()]
  const backward = [1, 0, ...forward.slice(2)]
  const known = flowsOf(process, parameters)
  if (!known) {
    const flows = closedFormFlows(process, parameters)
    const weights = new Float64Array(flows.length)
    const draw = (rng: Rng): ColourFlow => {
      const s = invariant(momenta, 0, 1, 1)
      const [m3, m4] = [invariant(momenta, 2, 2, 0), invariant(momenta, 3, 3, 0)]
      const [t1, u1] = [invariant(momenta, 0, 2, -1) - m3, invariant(momenta, 0, 3, -1) - m4]
      flows.forEach(({ weight }, f) => (weights[f] = weight(s, t1, u1)))
      return flows[choose(weights, rng)].flow
    }
    return { ids, momenta, forward, backward, tensor: undefined, flow: draw }
  }
  const { flows } = known
  const weights = new Float64Array(flows.length)
  const spins = needsTensor && process.outgoing.some(({ field }) => ['t', 'W', 'Z'].includes(field))
  const amplitudes =
    spins || flows.length > 1 ? createHelicityAmplitudes(process, parameters, kernel) : undefined
  let tensor: AmplitudeTensor | undefined
  return {
    ...{ ids, momenta, forward, backward },
    get tensor() {
      return tensor
    },
    flow(rng) {
      tensor = amplitudes?.amplitudes(momenta)
      if (!tensor || flows.length === 1) return flows[0]
      flowWeights(known, tensor, weights)
      return flows[choose(weights, rng)]
    },
  }
}

/** Undefined for what only closed forms know. */
function flowsOf(process: Process, parameters: AmplitudeParameters) {
  try {
    return colourFlows(process, parameters)
  } catch (thrown) {
    if (AppError.from(thrown).code !== 'input/invalid') throw thrown
    return undefined
  }
}

/** A place in proportion to its weight. */
export function choose(weights: Float64Array, rng: Rng): number {
  let sum = 0
  for (const weight of weights) sum += weight
  let left = sum * rng.uniform()
  for (let k = 0; k < weights.length - 1; k++) {
    left -= weights[k]
    if (left < 0) return k
  }
  return weights.length - 1
}

/** (p_i + sign p_j)²; p_i² for sign 0. */
function invariant(p: Float64Array, i: number, j: number, sign: number): number {
  let sum = (p[4 * i] + sign * p[4 * j]) ** 2
  for (let k = 1; k < 4; k++) sum -= (p[4 * i + k] + sign * p[4 * j + k]) ** 2
  return sum
}
