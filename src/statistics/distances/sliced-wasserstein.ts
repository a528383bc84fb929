import { createRng } from '../../numerics/rng.ts'
import type { Estimate } from '../gaussian-limit.ts'
import { variance } from './energy-distance.ts'

/** Lines that samples are projected on. */
export const slices = 64

/**
 * Mean of the 1-Wasserstein distances between projections of two samples on lines: in the plane 64 lines at equal angles,
 * in more dimensions 64 directions drawn from the seed, in one dimension the distance itself. Each is exact, the area
 * between both cumulative distributions; it is above zero also for samples of one distribution, by about their errors.
 *
 * The error is that of the dual potentials, whose means' difference the distance is.
 *
 * @param a, b  [n, d] and [m, d] row-major, not empty
 * Source: J. Rabin, G. Peyré, J. Delon, M. Bernot, SSVM 2011, sec. 2.3; in one dimension S. S. Vallender, Theory
 * Probab. Appl. 18 (1974) 784.
 */
export function slicedWasserstein(a: ArrayLike<number>, b: ArrayLike<number>, d: number, seed = 1): Estimate {
  const lines = directions(d, seed)
  const count = lines.length / d
  const [n, m] = [a.length / d, b.length / d]
  const potentials = [new Float64Array(n), new Float64Array(m)]
  let value = 0
  for (let line = 0; line < count; line++) {
    const along = lines.subarray(line * d, (line + 1) * d)
    value += addSlice(projected(a, along), projected(b, along), potentials) / count
  }
  const [ofA, ofB] = potentials.map((own) => variance(own) / own.length)
  return { value, error: Math.sqrt(ofA + ofB) / count }
}

/** [lines, d] of length 1 */
function directions(d: number, seed: number): Float64Array {
  if (d === 1) return Float64Array.of(1)
  const out = new Float64Array(slices * d)
  const rng = createRng(seed, 'slices')
  for (let line = 0; line < slices; line++) {
    const own = out.subarray(line * d, (line + 1) * d)
    if (d === 2) own.set([Math.cos((Math.PI * line) / slices), Math.sin((Math.PI * line) / slices)])
    else {
      for (let k = 0; k < d; k++) own[k] = rng.normal()
      const length = Math.hypot(...own)
      for (let k = 0; k < d; k++) own[k] /= length
    }
  }
  return out
}

function projected(rows: ArrayLike<number>, along: Float64Array): Float64Array {
  const d = along.length
  const out = new Float64Array(rows.length / d)
  for (let i = 0; i < out.length; i++) for (let k = 0; k < d; k++) out[i] += rows[i * d + k] * along[k]
  return out
}

/** ∫ |F − G|; adds to each point's potential φ(x) = ∫ sign(G − F) up to x, so that E_a φ − E_b φ is the distance. */
function addSlice(a: Float64Array, b: Float64Array, [ofA, ofB]: Float64Array[]): number {
  const order = (values: Float64Array) =>
    Uint32Array.from(values.keys()).sort((i, j) => values[i] - values[j])
  const [first, second] = [order(a), order(b)]
  let [i, j, distance, potential] = [0, 0, 0, 0]
  let at = Math.min(a[first[0]], b[second[0]])
  while (i < a.length || j < b.length) {
    const takesA = j === b.length || (i < a.length && a[first[i]] <= b[second[j]])
    const next = takesA ? a[first[i]] : b[second[j]]
    const difference = i / a.length - j / b.length
    distance += Math.abs(difference) * (next - at)
    potential -= Math.sign(difference) * (next - at)
    at = next
    if (takesA) ofA[first[i++]] += potential
    else ofB[second[j++]] += potential
  }
  return distance
}
