import { AmplitudeKernel } from '../../kernels/amplitude-kernel.ts'
import { selectHelicities } from './helicity-selection.ts'
import { kernelProgram, type KernelProgram } from './kernel-program.ts'
import type { AmplitudeParameters } from './parameters.ts'
import { averagingFactor, legsOf, spinStates, type Process } from './process.ts'
import type { AmplitudeTensor, HelicityAmplitudes, SquaredMatrixElement } from './squared-matrix-element.ts'
import { squaredTensor } from './tensor.ts'

/**
 * |M|² by the WebAssembly kernel: the recursion's currents with two helicities at a time, those only that contribute
 * and, where parity holds, half of them.
 *
 * @param module  from loadAmplitudeKernel
 * @throws AppError 'input/invalid' for a process that the recursion has not
 */
export function kernelProcess(
  module: WebAssembly.Module,
  process: Process,
  parameters: AmplitudeParameters,
): SquaredMatrixElement {
  const { indices, factor } = selectHelicities(process, parameters, true)
  const { program, strongPower } = kernelProgram(process, parameters, indices)
  const kernel = new AmplitudeKernel(module, program)
  const scale = factor * averagingFactor(process)
  return {
    process,
    method: 'kernel',
    strongPower,
    squaredMatrixElement: (momenta) => scale * kernel.squared(momenta),
  }
}

/** The same with all amplitudes, for decays: spins as in the recursion, number for number. */
export function kernelAmplitudes(
  module: WebAssembly.Module,
  process: Process,
  parameters: AmplitudeParameters,
): HelicityAmplitudes {
  const { indices } = selectHelicities(process, parameters, false)
  const built = kernelProgram(process, parameters, indices)
  const kernel = new AmplitudeKernel(module, built.program)
  const helicities = legsOf(process).map((leg) => spinStates(leg))
  const { structures, colourMatrix } = built.program
  const tensor: AmplitudeTensor = {
    ...{ helicities, structures, colourMatrix },
    normalisation: averagingFactor(process),
    values: new Float64Array(2 * structures * helicities.reduce((a, b) => a * b, 1)),
  }
  const places = tensorPlaces(built, helicities)
  const lanes = built.lane < 0 ? 1 : 2

  function amplitudes(momenta: Float64Array): AmplitudeTensor {
    const pairs = kernel.evaluate(momenta)
    const { values } = tensor
    // Pairs are [configuration][structure][re, im][lane]; helicities that never contribute stay zero.
    for (let i = 0; i < places.length; i++) {
      const from = 4 * structures * Math.floor(i / lanes) + (i % lanes)
      const to = 2 * structures * places[i]
      for (let k = 0; k < 2 * structures; k++) values[to + k] = pairs[from + 2 * k]
    }
    return tensor
  }

  return {
    process,
    method: 'kernel',
    strongPower: built.strongPower,
    amplitudes,
    squaredMatrixElement: (momenta) => squaredTensor(amplitudes(momenta)),
  }
}

/** For each configuration and lane of the program, the tensor's configuration. */
function tensorPlaces({ program, lane, helicities }: KernelProgram, counts: readonly number[]): Int32Array {
  const lanes = lane < 0 ? 1 : 2
  const places = new Int32Array(program.configurations * lanes)
  for (let i = 0; i < places.length; i++) {
    let rest = Math.floor(i / lanes)
    let stride = 1
    counts.forEach((count, leg) => {
      let index = helicities[leg][i % lanes]
      if (leg !== lane) {
        index = helicities[leg][rest % helicities[leg].length]
        rest = Math.floor(rest / helicities[leg].length)
      }
      places[i] += stride * index
      stride *= count
    })
  }
  return places
}
