import { rambo } from '../generator/hard-process/rambo.ts'
import { createRng } from '../numerics/rng.ts'
import type { AmplitudeParameters } from '../physics/amplitudes/parameters.ts'
import { legsOf, type Process } from '../physics/amplitudes/process.ts'

/**
 * A random phase-space point in the partonic rest frame, beams along ±z.
 *
 * @returns [n, 4] row-major in GeV
 */
export function randomMomenta(
  process: Process,
  parameters: AmplitudeParameters,
  energy: number,
  seed: number,
): Float64Array {
  const rng = createRng(seed)
  const masses = legsOf(process).map(({ mass }) => (mass ? parameters[mass] : 0))
  const incoming = process.incoming.length
  const total = incoming === 1 ? masses[0] : energy
  const out = masses.slice(incoming)
  const final = new Float64Array(4 * out.length)
  rambo(total, out, rng, final)
  const half = total / 2
  const beams = incoming === 1 ? [total, 0, 0, 0] : [half, 0, 0, half, half, 0, 0, -half]
  return Float64Array.of(...beams, ...final)
}

/** All momenta turned by a rotation: first about y, then about z. */
export function rotated(momenta: Float64Array, aboutY: number, aboutZ: number): Float64Array {
  const out = momenta.slice()
  for (let at = 0; at < out.length; at += 4) {
    const [x, y, z] = out.subarray(at + 1, at + 4)
    const across = Math.cos(aboutY) * x + Math.sin(aboutY) * z
    out[at + 3] = Math.cos(aboutY) * z - Math.sin(aboutY) * x
    out[at + 1] = Math.cos(aboutZ) * across - Math.sin(aboutZ) * y
    out[at + 2] = Math.sin(aboutZ) * across + Math.cos(aboutZ) * y
  }
  return out
}
