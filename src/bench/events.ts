import { createRng } from '../numerics/rng.ts'
import { loadAmplitudeKernel } from '../kernels/load-kernels.ts'
import { createHelicityAmplitudes, createProcess } from '../physics/amplitudes/create-process.ts'
import { amplitudeParameters } from '../physics/amplitudes/parameters.ts'
import { legsOf } from '../physics/amplitudes/process.ts'
import { eventChainRows } from './event-chain.ts'
import { measureShort } from './measure.ts'
import { partonEventRows } from './parton-events.ts'
import { below, type BenchRow } from './report.ts'

/** Full |M|², all helicities and colours, and what it may take [µs]; all in one run beside the first. */
const processes: readonly (readonly [name: string, limit?: number])[] = [
  ['g g > t t~', 1],
  ['g g > t t~ H', 2],
  ['g g > t t~ Z', 6],
  ['g b > t t t~ W-', 10],
  ['u u~ > t t~ t t~', 8],
  ['g g > t t~ t t~', 25],
  ['u u~ > t t~ Z'],
  ['u d~ > t t~ W+'],
  ['u b > t t t~ d'],
  ['g b > t W- phi'],
]

/**
 * Exact amplitudes by the WebAssembly kernel, each on one phase-space point (the time does not depend on the point); then
 * unweighted events, alone and through the whole chain.
 */
export async function* eventsSuite(): AsyncGenerator<BenchRow, void> {
  const kernel = await loadAmplitudeKernel()
  if (!kernel) {
    yield { name: 'amplitudes', value: { skipped: 'this machine has no SIMD128' } }
    return
  }
  const parameters = amplitudeParameters({}, { mPhi: 300 })
  const options = { seconds: 1, least: 100 }
  for (const [name, limit] of processes) {
    const matrixElement = createProcess(name, parameters, { kernel, method: 'kernel' })
    const momenta = momentaOnShell(
      legsOf(matrixElement.process).map(({ mass }) => (mass ? parameters[mass] : 0)),
    )
    const first = matrixElement.squaredMatrixElement(momenta)
    if (!(first > 0)) throw new Error(`${name}: |M|² is ${first}`)
    const timing = await measureShort(() => void matrixElement.squaredMatrixElement(momenta), options)
    yield {
      name: `squared amplitude of ${name}`,
      unit: 'µs',
      value: inMicroseconds(timing),
      target: limit === undefined ? undefined : below(limit),
    }
  }
  for (const name of ['g g > t t~', 'g g > t t~ t t~']) {
    const amplitudes = createHelicityAmplitudes(name, parameters, kernel)
    const momenta = momentaOnShell(
      legsOf(amplitudes.process).map(({ mass }) => (mass ? parameters[mass] : 0)),
    )
    const timing = await measureShort(() => void amplitudes.amplitudes(momenta), options)
    yield { name: `all amplitudes of ${name}, for decays`, unit: 'µs', value: inMicroseconds(timing) }
  }
  yield* partonEventRows(kernel)
  yield* eventChainRows(kernel)
}

function inMicroseconds(timing: Awaited<ReturnType<typeof measureShort>>) {
  const { median, min, spread, cpu, repetitions } = timing
  return {
    ...{ median: 1e3 * median, min: 1e3 * min, spread: 1e3 * spread, repetitions },
    cpu: cpu === undefined ? undefined : 1e3 * cpu,
  }
}

/** On shell but not in balance: no arithmetic depends on that. */
function momentaOnShell(masses: readonly number[]): Float64Array {
  const rng = createRng(1, 'bench')
  return Float64Array.from(
    masses.flatMap((mass) => {
      const p = [0, 1, 2].map(() => 300 * rng.normal())
      return [Math.hypot(mass, ...p), ...p]
    }),
  )
}
