import type { Rng } from '../../numerics/rng.ts'
import { breakup } from '../hard-process/two-clusters.ts'

// Momenta are E, px, py, pz in GeV at places of arrays; nothing is allocated.

/** Boosts a momentum from the rest frame of `mother` (of mass m) to the frame that the mother is given in. */
export function boostFrom(mother: Float64Array, at: number, m: number, p: Float64Array, to: number): void {
  const [E, x, y, z] = [mother[at], mother[at + 1], mother[at + 2], mother[at + 3]]
  const along = (x * p[to + 1] + y * p[to + 2] + z * p[to + 3]) / m
  const shift = (p[to] + along / (E / m + 1)) / m
  p[to] = (E * p[to]) / m + along
  p[to + 1] += x * shift
  p[to + 2] += y * shift
  p[to + 3] += z * shift
}

/** Isotropic decay of a mother of mass m into masses a and b, at `first` and `second` of `out`. */
export function twoBody(
  mother: Float64Array,
  at: number,
  m: number,
  a: number,
  b: number,
  rng: Rng,
  out: Float64Array,
  first: number,
  second: number,
): void {
  const p = breakup(m, a, b)
  const cos = 2 * rng.uniform() - 1
  const sin = Math.sqrt(1 - cos * cos)
  const phi = 2 * Math.PI * rng.uniform()
  out[first + 1] = p * sin * Math.cos(phi)
  out[first + 2] = p * sin * Math.sin(phi)
  out[first + 3] = p * cos
  for (let k = 1; k < 4; k++) out[second + k] = -out[first + k]
  out[first] = Math.sqrt(p * p + a * a)
  out[second] = m - out[first]
  boostFrom(mother, at, m, out, first)
  boostFrom(mother, at, m, out, second)
}

/** Breit-Wigner of fixed width in q², between two q² [GeV²]. */
export function drawResonance(mass: number, width: number, low: number, high: number, rng: Rng): number {
  const norm = mass * width
  const from = Math.atan((low - mass * mass) / norm)
  const to = Math.atan((high - mass * mass) / norm)
  return mass * mass + norm * Math.tan(from + (to - from) * rng.uniform())
}

const rest = new Float64Array(4)

/**
 * t → b f f̄′ averaged over its spin: q² of the W by its Breit-Wigner, the d-type fermion's energy
 * by |M|² ~ (t·ℓ)(b·ν) = m⁴ z (1 - z) / 4 with z = 2 E_ℓ / m (Jeżabek, Kühn NPB 320 (1989) 20, massless b).
 *
 * @param out  b at `place`, then W, the d-type fermion, the u-type fermion, four numbers each
 */
export function topThreeBody(
  mother: Float64Array,
  at: number,
  m: number,
  mW: number,
  widthW: number,
  rng: Rng,
  out: Float64Array,
  place: number,
): void {
  const m2 = m * m
  let q2: number
  let r: number
  do {
    q2 = drawResonance(mW, widthW, 0, m2, rng)
    r = q2 / m2
    // ∫ z (1 - z) dz from r to 1, over its value at r = 0.
  } while (rng.uniform() > 1 - 3 * r * r + 2 * r * r * r)
  let z: number
  do z = r + (1 - r) * rng.uniform()
  while (rng.uniform() > z * (1 - z) * 4)
  const q = Math.sqrt(q2)
  const [b, w, lower, upper] = [place, place + 4, place + 8, place + 12]
  rest[0] = m
  rest[1] = rest[2] = rest[3] = 0
  twoBody(rest, 0, m, 0, q, rng, out, b, w)
  // The fermion in the frame of the W, about its direction of flight.
  const cos = Math.max(-1, Math.min(1, (z * m - out[w]) / breakup(m, 0, q)))
  masslessAbout(out, w, cos, q / 2, rng, out, lower)
  boostFrom(out, w, q, out, lower)
  for (let k = 0; k < 4; k++) out[upper + k] = out[w + k] - out[lower + k]
  for (let to = place; to < place + 16; to += 4) boostFrom(mother, at, m, out, to)
}

/**
 * Two massless particles from a pair of this mass, the first at an angle to `other` as seen in the pair's frame, its
 * azimuth even.
 */
export function pairAbout(
  pair: Float64Array,
  at: number,
  mass: number,
  other: Float64Array,
  otherAt: number,
  cos: number,
  rng: Rng,
  out: Float64Array,
  first: number,
  second: number,
): void {
  // In the frame of the pair `other` flies along its own momentum boosted back.
  axis.set(other.subarray(otherAt, otherAt + 4))
  back[0] = pair[at]
  for (let k = 1; k < 4; k++) back[k] = -pair[at + k]
  boostFrom(back, 0, mass, axis, 0)
  masslessAbout(axis, 0, cos, mass / 2, rng, out, first)
  out[second] = mass / 2
  for (let k = 1; k < 4; k++) out[second + k] = -out[first + k]
  boostFrom(pair, at, mass, out, first)
  boostFrom(pair, at, mass, out, second)
}

const axis = new Float64Array(4)
const back = new Float64Array(4)

/** A massless momentum of this energy at an angle to the direction of another, its azimuth even. */
function masslessAbout(
  other: Float64Array,
  at: number,
  cos: number,
  E: number,
  rng: Rng,
  out: Float64Array,
  to: number,
): void {
  const size = Math.sqrt(other[at + 1] ** 2 + other[at + 2] ** 2 + other[at + 3] ** 2)
  const [nx, ny, nz] = [other[at + 1] / size, other[at + 2] / size, other[at + 3] / size]
  // Any two axes across n.
  const flat = Math.abs(nz) < 0.9
  const across = flat ? Math.sqrt(nx * nx + ny * ny) : Math.sqrt(ny * ny + nz * nz)
  const [ax, ay, az] = flat ? [-ny / across, nx / across, 0] : [0, -nz / across, ny / across]
  const [bx, by, bz] = [ny * az - nz * ay, nz * ax - nx * az, nx * ay - ny * ax]
  const sin = Math.sqrt(1 - cos * cos)
  const phi = 2 * Math.PI * rng.uniform()
  const [c, s] = [sin * Math.cos(phi), sin * Math.sin(phi)]
  out[to] = E
  out[to + 1] = E * (cos * nx + c * ax + s * bx)
  out[to + 2] = E * (cos * ny + c * ay + s * by)
  out[to + 3] = E * (cos * nz + c * az + s * bz)
}
